/** Payout groups: every attempt of one spends its whole anchor, so at most one payment is mined. */
@NullMarked
package org.fondaco.custody.payout;

import org.jspecify.annotations.NullMarked;
