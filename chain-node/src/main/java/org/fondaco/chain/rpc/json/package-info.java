/** How blocks, transactions, receipts and logs look in JSON, once for every method. */
@NullMarked
package org.fondaco.chain.rpc.json;

import org.jspecify.annotations.NullMarked;
