/** The curve alt_bn128 of EIP-196 and its pairing of EIP-197. */
@NullMarked
package org.fondaco.chain.bn128;

import org.jspecify.annotations.NullMarked;
