package org.fondaco.custody.policy;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a document is asked about: one withdrawal and what left before it.
 *
 * @param asset its code
 * @param listed the payee is in the customer's address book, and has been for the cool-down
 * @param coins whole coins
 * @param reference its worth in the reference currency
 * @param usage of earlier withdrawals
 */
record Facts(
    String asset,
    long account,
    boolean listed,
    BigDecimal coins,
    BigDecimal reference,
    Usage usage) {

  /** What left before. */
  interface Usage {

    /**
     * Sum of the earlier withdrawals within a window that ends with this one.
     *
     * @param per this customer's, or everybody's
     * @param asset only this asset's, null = of all
     */
    BigDecimal before(Limit.Per per, @Nullable String asset, Window window, Limit.Unit unit);
  }

  /** Sum within a window, this withdrawal included. */
  BigDecimal total(Limit.Per per, @Nullable String only, Window window, Limit.Unit unit) {
    BigDecimal own = unit == Limit.Unit.COIN ? coins : reference;
    return window == Window.ONCE ? own : own.add(usage.before(per, only, window, unit));
  }

  BigDecimal measure(Rule.Measure measure) {
    return total(Limit.Per.CUSTOMER, null, measure.window(), Limit.Unit.REFERENCE);
  }
}
