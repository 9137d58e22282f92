/** What is kept elsewhere, so that a lost machine loses neither coins nor whose they are. */
@NullMarked
package org.fondaco.custody.backup;

import org.jspecify.annotations.NullMarked;
