package org.fondaco.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Trailing groups against a list of orders that each know their own extreme. */
class TrailingTest {

  private static final int[] DELTAS = {1, 50, 51, 700, 9_999};

  private record Follower(int slot, boolean sell, int delta, long extreme) {

    Follower moved(long ticks) {
      return new Follower(
          slot, sell, delta, sell ? Math.max(extreme, ticks) : Math.min(extreme, ticks));
    }

    boolean triggers(long ticks) {
      BigInteger price = BigInteger.valueOf(ticks).multiply(BigInteger.valueOf(10_000));
      BigInteger bound =
          BigInteger.valueOf(extreme)
              .multiply(BigInteger.valueOf(sell ? 10_000 - delta : 10_000 + delta));
      return sell ? price.compareTo(bound) <= 0 : price.compareTo(bound) >= 0;
    }
  }

  @Test
  void groupsBehaveLikeSingleOrders() {
    for (int seed = 1; seed <= 20; seed++) {
      run(new Random(seed), seed % 2 == 0 ? 1_000 : 1L << 60);
    }
  }

  private static void run(Random random, long middle) {
    Orders orders = new Orders(16, 1 << 20);
    Trailing trailing = new Trailing(orders, new Groups());
    Map<Long, Follower> expected = new TreeMap<>();
    long last = middle;
    long nextId = 1;
    for (int i = 0; i < 5_000; i++) {
      if (expected.size() < 60) {
        int delta = DELTAS[random.nextInt(DELTAS.length)];
        boolean sell = random.nextBoolean();
        int o = orders.allocate();
        orders.id(o, nextId);
        orders.flags(o, sell ? Codes.SELL : Codes.BUY, Codes.STOP_LOSS, Codes.GTC, Codes.NONE);
        orders.cold(o, Orders.DELTA, delta);
        trailing.add(o, last);
        expected.put(nextId++, new Follower(o, sell, delta, last));
      }
      if (random.nextInt(4) == 0 && !expected.isEmpty()) {
        Long id = new ArrayList<>(expected.keySet()).get(random.nextInt(expected.size()));
        Follower removed = expected.remove(id);
        if (removed != null) {
          trailing.remove(removed.slot);
          orders.release(removed.slot);
        }
      }
      last = Math.max(1, last + (long) ((random.nextDouble() - 0.5) * middle / 100));
      long ticks = last;
      expected.replaceAll((_, follower) -> follower.moved(ticks));
      trailing.move(ticks);
      trailing.collect(ticks);
      List<Long> triggered = new ArrayList<>();
      for (int n = 0; n < trailing.collected(); n++) {
        triggered.add(orders.id(trailing.collected(n)));
      }
      List<Long> due =
          expected.entrySet().stream()
              .filter(e -> e.getValue().triggers(ticks))
              .map(Map.Entry::getKey)
              .toList();
      assertThat(triggered).isEqualTo(due);
      for (int n = 0; n < trailing.collected(); n++) {
        orders.release(trailing.collected(n));
      }
      due.forEach(expected::remove);
      for (Map.Entry<Long, Follower> entry : expected.entrySet()) {
        assertThat(trailing.extreme(entry.getValue().slot)).isEqualTo(entry.getValue().extreme);
      }
    }
  }
}
