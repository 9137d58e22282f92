/** Runs the engine: ingress ring, journal beside engine, gate, output thread, replica, recovery. */
@NullMarked
package org.fondaco.engine.host;

import org.jspecify.annotations.NullMarked;
