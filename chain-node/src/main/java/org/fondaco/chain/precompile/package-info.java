/** The contracts that live at small addresses and run outside the machine. */
@NullMarked
package org.fondaco.chain.precompile;

import org.jspecify.annotations.NullMarked;
