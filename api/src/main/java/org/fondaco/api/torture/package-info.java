/** Kills a venue's processes while money moves, and checks that none of it is lost or doubled. */
@NullMarked
package org.fondaco.api.torture;

import org.jspecify.annotations.NullMarked;
