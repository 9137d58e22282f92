/** The script interpreter of Bitcoin and Bitcoin Cash, its flags, errors and signature hashes. */
@NullMarked
package org.fondaco.chain.utxo.script;

import org.jspecify.annotations.NullMarked;
