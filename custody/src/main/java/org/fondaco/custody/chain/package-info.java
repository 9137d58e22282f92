/** Chains as custody sees them: their names, assets, identity, and their public JSON-RPC. */
@NullMarked
package org.fondaco.custody.chain;

import org.jspecify.annotations.NullMarked;
