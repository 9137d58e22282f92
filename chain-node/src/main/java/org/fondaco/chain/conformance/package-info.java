/** Runs the official vectors and counts what passed. */
@NullMarked
package org.fondaco.chain.conformance;

import org.jspecify.annotations.NullMarked;
