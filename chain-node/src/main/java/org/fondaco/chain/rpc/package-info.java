/** JSON-RPC 2.0: what a method is, and how it is reached. */
@NullMarked
package org.fondaco.chain.rpc;

import org.jspecify.annotations.NullMarked;
