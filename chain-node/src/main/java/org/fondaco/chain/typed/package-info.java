/** Messages that people sign off the chain: EIP-191's text and EIP-712's typed data. */
@NullMarked
package org.fondaco.chain.typed;

import org.jspecify.annotations.NullMarked;
