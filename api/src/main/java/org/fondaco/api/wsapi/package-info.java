/** The WebSocket API: REST's endpoints, sessions and user data on one connection. */
@NullMarked
package org.fondaco.api.wsapi;

import org.jspecify.annotations.NullMarked;
