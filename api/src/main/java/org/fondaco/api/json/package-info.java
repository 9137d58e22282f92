/** Writes JSON into bytes; there is no reader, because no request is JSON. */
@NullMarked
package org.fondaco.api.json;

import org.jspecify.annotations.NullMarked;
