/**
 * Money comes in and goes out: keys, deposits, withdrawals, policy. {@link Custody} is the door.
 */
@NullMarked
package org.fondaco.custody;

import org.jspecify.annotations.NullMarked;
