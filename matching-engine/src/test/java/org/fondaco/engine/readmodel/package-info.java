/** Tests of what readers see: the fold against recomputation, and readers beside the writer. */
@NullMarked
package org.fondaco.engine.readmodel;

import org.jspecify.annotations.NullMarked;
