/**
 * Order entry over HTTP and WebSocket: a started venue, a bare Jetty, and one client that loads
 * either.
 */
@NullMarked
package org.fondaco.bench.rest;

import org.jspecify.annotations.NullMarked;
