/** How much gas the machine runs in a second: programs for the benchmark and its profile. */
@NullMarked
package org.fondaco.chain.speed;

import org.jspecify.annotations.NullMarked;
