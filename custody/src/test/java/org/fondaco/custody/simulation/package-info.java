/**
 * The whole of custody between model chains and a model ledger, under everything that a seed wills.
 */
@NullMarked
package org.fondaco.custody.simulation;

import org.jspecify.annotations.NullMarked;
