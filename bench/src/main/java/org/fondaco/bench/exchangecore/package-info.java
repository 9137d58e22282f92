/** exchange-core 0.5.3 as a peer: its order book in process, the whole of it in an older JVM. */
@NullMarked
package org.fondaco.bench.exchangecore;

import org.jspecify.annotations.NullMarked;
