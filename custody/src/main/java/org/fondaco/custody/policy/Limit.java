package org.fondaco.custody.policy;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What may leave at most within a window; every limit that applies is checked, whatever the rules
 * say.
 *
 * @param id unique in its document
 * @param per whose withdrawals add up
 * @param asset code of the only asset that counts, null = all together
 * @param account the only customer that it is for, null = each; of a limit per customer
 * @param max inclusive
 * @param unit of max: the reference currency, or whole coins of the asset
 */
public record Limit(
    String id,
    Per per,
    @Nullable String asset,
    @Nullable Long account,
    Window window,
    BigDecimal max,
    Unit unit) {

  /** Whose withdrawals add up. */
  public enum Per {
    CUSTOMER,
    VENUE
  }

  /** In what they add up. */
  public enum Unit {
    REFERENCE,
    COIN
  }

  boolean appliesTo(Facts facts) {
    return (asset == null || asset.equals(facts.asset()))
        && (account == null || account == facts.account());
  }
}
