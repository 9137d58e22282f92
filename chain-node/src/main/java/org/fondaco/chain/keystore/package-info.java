/** Encrypted private keys in version 3 files, as geth reads and writes them. */
@NullMarked
package org.fondaco.chain.keystore;

import org.jspecify.annotations.NullMarked;
