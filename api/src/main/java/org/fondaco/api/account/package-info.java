/** What an account owns and what became of its orders. */
@NullMarked
package org.fondaco.api.account;

import org.jspecify.annotations.NullMarked;
