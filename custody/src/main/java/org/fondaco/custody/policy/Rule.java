package org.fondaco.custody.policy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the ordered rules; the first one that matches decides. All conditions must hold.
 *
 * @param id unique in its document
 * @param assets codes that it is for; empty = all
 * @param accounts customers that it is for; empty = all
 * @param listed true: only to addresses of the customer's book, false: only to others, null: both
 * @param above each measure must be greater; reference currency
 * @param atMost each measure must not be greater; reference currency
 */
public record Rule(
    String id,
    List<String> assets,
    List<Long> accounts,
    @Nullable Boolean listed,
    Map<Measure, BigDecimal> above,
    Map<Measure, BigDecimal> atMost,
    Verdict then) {

  public Rule {
    assets = List.copyOf(assets);
    accounts = List.copyOf(accounts);
    above = Map.copyOf(above);
    atMost = Map.copyOf(atMost);
  }

  /** What a condition looks at, in the reference currency; this withdrawal is included. */
  public enum Measure {
    AMOUNT(Window.ONCE),
    CUSTOMER_DAY(Window.DAY),
    CUSTOMER_MONTH(Window.MONTH);

    private final Window window;

    Measure(Window window) {
      this.window = window;
    }

    Window window() {
      return window;
    }
  }

  /** What a rule says. */
  public sealed interface Verdict {

    /** May go at once. */
    record Allow() implements Verdict {}

    /** May not go. */
    record Block() implements Verdict {}

    /**
     * May go when people have approved.
     *
     * @param hours after which an approval, and the wait for them, is over; 1 to 168
     */
    record Approvals(Quorum quorum, int hours) implements Verdict {}
  }
}
