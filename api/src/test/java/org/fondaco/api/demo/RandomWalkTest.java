package org.fondaco.api.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomWalkTest {

  @Test
  void wandersButStaysNearItsAnchor() {
    for (DemoSymbol symbol : DemoSymbol.values()) {
      long anchor = symbol.anchorPrice() / symbol.tickSize();
      RandomWalk walk = new RandomWalk(new SplittableRandom(7), anchor, anchor);
      long low = anchor;
      long high = anchor;
      for (int i = 0; i < 200_000; i++) {
        walk.step();
        low = Math.min(low, walk.ticks());
        high = Math.max(high, walk.ticks());
      }
      assertThat(low).as("%s low", symbol).isBetween(anchor * 8 / 10, anchor - 1);
      assertThat(high).as("%s high", symbol).isBetween(anchor + 1, anchor * 12 / 10);
    }
  }

  @Test
  void goesOnWhereItWasUnlessThatIsAbsurd() {
    SplittableRandom random = new SplittableRandom(1);
    assertThat(new RandomWalk(random, 1_000, 1_100).ticks()).isEqualTo(1_100);
    assertThat(new RandomWalk(random, 1_000, 1).ticks()).isEqualTo(500);
    assertThat(new RandomWalk(random, 1_000, 1_000_000).ticks()).isEqualTo(2_000);
  }
}
