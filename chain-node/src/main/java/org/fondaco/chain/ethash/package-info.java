/** Ethash, the proof of work of the account chain: cache, dataset, verification and mining. */
@NullMarked
package org.fondaco.chain.ethash;

import org.jspecify.annotations.NullMarked;
