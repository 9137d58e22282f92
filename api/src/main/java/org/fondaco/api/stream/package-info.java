/** Market streams: what happens on the venue, told to everybody who subscribed to it. */
@NullMarked
package org.fondaco.api.stream;

import org.jspecify.annotations.NullMarked;
