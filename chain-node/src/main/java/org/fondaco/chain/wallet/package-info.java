/** What a node does with its own keys when asked over JSON-RPC: sign, fill in, send. */
@NullMarked
package org.fondaco.chain.wallet;

import org.jspecify.annotations.NullMarked;
