/** Commands on disk: segments of checksummed frames, group fdatasync, snapshots, recovery scan. */
@NullMarked
package org.fondaco.engine.journal;

import org.jspecify.annotations.NullMarked;
