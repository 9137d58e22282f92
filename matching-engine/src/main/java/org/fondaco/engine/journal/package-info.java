/** The durable log of commands and its snapshots: frames, segments, scan, and the disk beneath. */
@NullMarked
package org.fondaco.engine.journal;

import org.jspecify.annotations.NullMarked;
