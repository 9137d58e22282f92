/** The process: starts the modules and wires them to each other. */
@NullMarked
package org.fondaco.api;

import org.jspecify.annotations.NullMarked;
