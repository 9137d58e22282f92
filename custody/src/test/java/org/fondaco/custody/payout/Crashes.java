package org.fondaco.custody.payout;

import java.util.Random;
import java.util.function.Function;
import org.fondaco.custody.leader.Transactions;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Dies before and after commits, signatures and sends, as a seed wills. */
final class Crashes implements Transactions {
  private final Transactions lead;
  private final Random random;
  private int oneIn;
  private long died;

  Crashes(Transactions lead, Random random) {
    this.lead = lead;
    this.random = random;
  }

  /** From now on one of so many points is the last; 0 = none. */
  void oneIn(int points) {
    oneIn = points;
  }

  long died() {
    return died;
  }

  void point() {
    if (oneIn > 0 && random.nextInt(oneIn) == 0) {
      died++;
      throw new Died();
    }
  }

  @Override
  public <T extends @Nullable Object> T result(Function<DSLContext, T> step) {
    T result =
        lead.result(t -> {
          T made = step.apply(t);
          point();
          return made;
        });
    point();
    return result;
  }
}
