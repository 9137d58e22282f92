/** The Ethereum virtual machine: frames, the interpreter and the groups of its operations. */
@NullMarked
package org.fondaco.chain.evm;

import org.jspecify.annotations.NullMarked;
