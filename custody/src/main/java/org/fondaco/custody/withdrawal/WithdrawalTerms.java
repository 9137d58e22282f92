package org.fondaco.custody.withdrawal;

import org.fondaco.custody.chain.Asset;

/** What a withdrawal costs now. */
@FunctionalInterface
public interface WithdrawalTerms {

  /** The terms of an asset at this moment; a request freezes them. */
  Terms of(Asset asset);

  /**
   * Terms, in ledger units.
   *
   * @param fee that the customer pays on top
   * @param minimum that can be withdrawn, at least 1 and at least what the chain relays
   */
  record Terms(long fee, long minimum) {
    public Terms {
      if (fee < 0 || minimum < 1) {
        throw new IllegalArgumentException("fee " + fee + ", minimum " + minimum);
      }
    }
  }
}
