/** The keys that this node holds for its user. */
@NullMarked
package org.fondaco.chain.account;

import org.jspecify.annotations.NullMarked;
