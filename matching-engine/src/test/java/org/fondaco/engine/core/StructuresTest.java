package org.fondaco.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Fast structures against those of java.util, seeded. */
class StructuresTest {

  private static final int STEPS = 200_000;

  @Test
  void longMapIsAMap() {
    Random random = new Random(1);
    LongMap map = new LongMap(8);
    Map<Long, Integer> expected = new HashMap<>();
    for (int i = 0; i < STEPS; i++) {
      // Neighbouring keys, so that runs collide and shift.
      long key = 1 + random.nextInt(500) + (random.nextBoolean() ? 0 : 1L << 40);
      if (expected.containsKey(key) && random.nextInt(3) > 0) {
        map.remove(key);
        expected.remove(key);
      } else if (!expected.containsKey(key)) {
        map.add(key, i);
        expected.put(key, i);
      }
      map.remove(1_000_000_000L + i);
      assertThat(map.find(key)).isEqualTo(expected.getOrDefault(key, -1));
      assertThat(map.size()).isEqualTo(expected.size());
    }
    for (long key = 1; key <= 500; key++) {
      assertThat(map.find(key)).isEqualTo(expected.getOrDefault(key, -1));
    }
  }

  @Test
  void ladderIsASortedMapOfQueues() {
    for (boolean highestFirst : new boolean[] {false, true}) {
      for (long spread : new long[] {40, 5_000, 1L << 40}) {
        ladder(new Random(spread), highestFirst, spread);
      }
    }
  }

  private static void ladder(Random random, boolean highestFirst, long spread) {
    Orders orders = new Orders(16, 1 << 20);
    Levels levels = new Levels(16);
    Ladder ladder = new Ladder(highestFirst, orders, levels, new TrieNodes(16));
    Comparator<Long> order = Comparator.naturalOrder();
    TreeMap<Long, List<Integer>> expected = new TreeMap<>(highestFirst ? order.reversed() : order);
    List<Integer> open = new ArrayList<>();
    Map<Integer, Long> prices = new HashMap<>();
    for (int i = 0; i < STEPS / 4; i++) {
      if (open.size() < 100 && random.nextInt(5) < 3) {
        long ticks = 1 + (long) (random.nextDouble() * spread);
        int o = orders.allocate();
        ladder.append(o, ticks);
        expected.computeIfAbsent(ticks, _ -> new ArrayList<>()).add(o);
        open.add(o);
        prices.put(o, ticks);
      } else if (!open.isEmpty()) {
        Integer o = open.remove(random.nextInt(open.size()));
        Long ticks = prices.remove(o);
        int level = ladder.remove(o);
        orders.release(o);
        List<Integer> queue = expected.getOrDefault(ticks, new ArrayList<>());
        queue.remove(o);
        // An empty level may stay for a while, as it does within a command.
        if (queue.isEmpty()) {
          expected.remove(ticks);
          if (random.nextInt(4) > 0) {
            ladder.drop(level);
          }
        }
      }
      assertThat(walk(ladder, levels, orders)).isEqualTo(new ArrayList<>(expected.entrySet()));
    }
  }

  private static List<Map.Entry<Long, List<Integer>>> walk(
      Ladder ladder, Levels levels, Orders orders) {
    List<Map.Entry<Long, List<Integer>>> found = new ArrayList<>();
    for (int level = ladder.best(); level >= 0; level = ladder.worse(level)) {
      List<Integer> queue = new ArrayList<>();
      for (int o = levels.first(level); o >= 0; o = orders.next(o)) {
        queue.add(o);
      }
      found.add(Map.entry(ladder.ticks(level), queue));
      assertThat(ladder.find(ladder.ticks(level))).isEqualTo(level);
    }
    return found;
  }

  @Test
  void clientIdsAreAMap() {
    Random random = new Random(2);
    Orders orders = new Orders(16, 1 << 20);
    ClientIds ids = new ClientIds(8, orders);
    Map<Long, Integer> expected = new HashMap<>();
    long[] id = new long[Orders.CLIENT_ID_LONGS];
    for (int i = 0; i < STEPS; i++) {
      int position = random.nextInt(3);
      id[0] = 1L + random.nextInt(200);
      long key = id[0] * 10 + position;
      Integer slot = expected.get(key);
      assertThat(ids.find(position, id, 0)).isEqualTo(slot == null ? -1 : slot);
      if (slot == null) {
        int o = orders.allocate();
        orders.position(o, position);
        System.arraycopy(id, 0, orders.clientIdArray(), orders.clientIdAt(o), id.length);
        ids.add(o);
        expected.put(key, o);
      } else if (random.nextInt(3) > 0) {
        ids.remove(slot);
        orders.release(slot);
        expected.remove(key);
      }
    }
    id[0] = 0;
    assertThat(ids.find(0, id, 0)).isEqualTo(-1);
  }

  @Test
  void holdsComeDueByDeadlineThenId() {
    Random random = new Random(3);
    Holds holds = new Holds(4, 1 << 20);
    TreeMap<Long, Long> deadlines = new TreeMap<>();
    for (int i = 0; i < STEPS / 10; i++) {
      long id = holds.nextId++;
      long deadline = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(50);
      holds.open(id, 0, 0, 1, deadline, 0);
      deadlines.put(id, deadline);
      while (deadlines.size() > 60) {
        Long victim = new ArrayList<>(deadlines.keySet()).get(random.nextInt(deadlines.size()));
        holds.close(holds.find(victim));
        deadlines.remove(victim);
      }
      long earliest =
          deadlines.entrySet().stream()
              .filter(e -> e.getValue() != 0)
              .min(Map.Entry.comparingByValue(Comparator.<Long>naturalOrder()))
              .map(Map.Entry::getKey)
              .orElse(-1L);
      assertThat(holds.earliest() < 0 ? -1 : holds.id(holds.earliest())).isEqualTo(earliest);
    }
  }

  @Test
  void digestsForgetByAge() {
    Random random = new Random(4);
    Digests digests = new Digests(2);
    ArrayDeque<long[]> ring = new ArrayDeque<>();
    Set<Long> known = new HashSet<>();
    long time = 0;
    for (int i = 0; i < STEPS; i++) {
      time += random.nextInt(300_000);
      long digest = 1L + random.nextInt(2_000);
      while (!ring.isEmpty() && time - ring.getFirst()[1] > Digests.WINDOW) {
        known.remove(ring.removeFirst()[0]);
      }
      boolean repeated = !known.add(digest);
      if (!repeated) {
        ring.addLast(new long[] {digest, time});
      }
      assertThat(digests.repeated(digest >>> 3, digest, time)).isEqualTo(repeated);
      assertThat(digests.size()).isEqualTo(ring.size());
    }
  }

  @Test
  void wideMultipliesAndComparesExactly() {
    Random random = new Random(5);
    BigInteger word = BigInteger.ONE.shiftLeft(64);
    for (int i = 0; i < STEPS; i++) {
      Wide[] wide = new Wide[2];
      BigInteger[] big = new BigInteger[2];
      for (int side = 0; side < 2; side++) {
        long high = random.nextLong() >>> random.nextInt(64);
        long low = random.nextLong() >>> random.nextInt(64);
        long factor = random.nextLong() >>> 1 + random.nextInt(60);
        long other = random.nextInt(1 << 20);
        wide[side] = new Wide().set(high, low).times(factor).times(other);
        big[side] =
            unsigned(high, word)
                .multiply(word)
                .add(unsigned(low, word))
                .multiply(BigInteger.valueOf(factor))
                .multiply(BigInteger.valueOf(other));
      }
      assertThat(Integer.signum(wide[0].compareTo(wide[1]))).isEqualTo(big[0].compareTo(big[1]));
    }
  }

  private static BigInteger unsigned(long value, BigInteger word) {
    BigInteger signed = BigInteger.valueOf(value);
    return value < 0 ? signed.add(word) : signed;
  }

  @Test
  void feesRoundUpExactly() {
    Random random = new Random(6);
    BigInteger whole = BigInteger.valueOf(100_000_000);
    for (int i = 0; i < STEPS; i++) {
      long received = random.nextLong() >>> 2 + random.nextInt(60);
      long rate = random.nextInt(100_000_001);
      BigInteger[] parts =
          BigInteger.valueOf(received).multiply(BigInteger.valueOf(rate)).divideAndRemainder(whole);
      long expected = parts[0].longValueExact() + (parts[1].signum() == 0 ? 0 : 1);
      assertThat(Market.fee(received, rate)).isEqualTo(expected);
    }
    assertThat(Market.fee(1L << 62, 100_000_000)).isEqualTo(1L << 62);
  }
}
