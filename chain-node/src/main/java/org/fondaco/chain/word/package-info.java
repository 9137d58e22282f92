/** The machine's words: 256-bit integers, addresses, hashes and their hexadecimal form. */
@NullMarked
package org.fondaco.chain.word;

import org.jspecify.annotations.NullMarked;
