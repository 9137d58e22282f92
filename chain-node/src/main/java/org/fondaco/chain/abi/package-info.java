/** The contract ABI: values as calldata. */
@NullMarked
package org.fondaco.chain.abi;

import org.jspecify.annotations.NullMarked;
