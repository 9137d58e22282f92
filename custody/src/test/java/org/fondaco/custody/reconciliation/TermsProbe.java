package org.fondaco.custody.reconciliation;

import org.fondaco.custody.chain.Asset;
import org.jooq.DSLContext;

/** The terms of the equation at any number of the outbox, for tests of other packages. */
public final class TermsProbe {
  private TermsProbe() {}

  /**
   * The terms now.
   *
   * @param custody balance of the custody account after the command n, units
   */
  public static Terms terms(DSLContext sql, Asset asset, long custody, long n) {
    return TermsQuery.read(sql, n).of(asset, custody);
  }
}
