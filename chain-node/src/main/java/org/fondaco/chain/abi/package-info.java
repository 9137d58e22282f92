/** The contract ABI: values as calldata and back. */
@NullMarked
package org.fondaco.chain.abi;

import org.jspecify.annotations.NullMarked;
