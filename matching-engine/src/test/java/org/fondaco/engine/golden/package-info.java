/** Every case that Binance documents, as JSON, against both engines. */
@NullMarked
package org.fondaco.engine.golden;

import org.jspecify.annotations.NullMarked;
