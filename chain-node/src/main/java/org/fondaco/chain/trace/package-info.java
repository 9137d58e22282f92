/** What a transaction did, step by step or call by call, in the JSON of geth's debug methods. */
@NullMarked
package org.fondaco.chain.trace;

import org.jspecify.annotations.NullMarked;
