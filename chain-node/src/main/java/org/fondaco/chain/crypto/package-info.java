/** Keccak-256 and secp256k1, each behind one small class. */
@NullMarked
package org.fondaco.chain.crypto;

import org.jspecify.annotations.NullMarked;
