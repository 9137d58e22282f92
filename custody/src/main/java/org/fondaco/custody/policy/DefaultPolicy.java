package org.fondaco.custody.policy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The policy of a venue that has published none: small amounts of the assets that were there at its
 * first start go at once, others need one person, and a customer's day and the venue's day end
 * somewhere. An asset that is listed later can only be received until a policy names it.
 */
public final class DefaultPolicy {
  private static final BigDecimal AT_ONCE_MAX = new BigDecimal("1000");
  private static final BigDecimal AT_ONCE_DAY_MAX = new BigDecimal("5000");
  private static final BigDecimal CUSTOMER_DAY_MAX = new BigDecimal("1000000");
  private static final BigDecimal VENUE_DAY_MAX = new BigDecimal("10000000");
  private static final int EXPIRES_HOURS = 48;

  private DefaultPolicy() {}

  /** For assets with these codes; amounts are in the reference currency. */
  public static PolicyDocument of(List<String> assets) {
    if (assets.isEmpty()) {
      return new PolicyDocument(List.of(), List.of(), Map.of(), Set.of());
    }
    Rule small =
        new Rule(
            "small",
            assets,
            List.of(),
            null,
            Map.of(),
            Map.of(Rule.Measure.AMOUNT, AT_ONCE_MAX, Rule.Measure.CUSTOMER_DAY, AT_ONCE_DAY_MAX),
            new Rule.Verdict.Allow());
    Rule large =
        new Rule(
            "large",
            assets,
            List.of(),
            null,
            Map.of(),
            Map.of(),
            new Rule.Verdict.Approvals(new Quorum.Members("approvers", 1), EXPIRES_HOURS));
    return new PolicyDocument(
        List.of(small, large),
        List.of(
            day("customer-day", Limit.Per.CUSTOMER, CUSTOMER_DAY_MAX),
            day("venue-day", Limit.Per.VENUE, VENUE_DAY_MAX)),
        Map.of("approvers", Set.of("*")),
        Set.of());
  }

  private static Limit day(String id, Limit.Per per, BigDecimal max) {
    return new Limit(id, per, null, null, Window.DAY, max, Limit.Unit.REFERENCE);
  }
}
