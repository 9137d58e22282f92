/** Accounts, their storage and code, with everything that a transaction can undo. */
@NullMarked
package org.fondaco.chain.state;

import org.jspecify.annotations.NullMarked;
