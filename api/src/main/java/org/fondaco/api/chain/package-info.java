/** The nodes that run inside the venue: the account chain's, and those of the UTXO chains. */
@NullMarked
package org.fondaco.api.chain;

import org.jspecify.annotations.NullMarked;
