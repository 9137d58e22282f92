/** WebSocket connections: frames, pings, limits and slow clients; knows nothing of what is said. */
@NullMarked
package org.fondaco.api.socket;

import org.jspecify.annotations.NullMarked;
