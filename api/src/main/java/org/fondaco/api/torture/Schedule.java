package org.fondaco.api.torture;

import static org.fondaco.api.torture.Victim.DATABASE;
import static org.fondaco.api.torture.Victim.ETHER_NODE;
import static org.fondaco.api.torture.Victim.EXCHANGE;
import static org.fondaco.api.torture.Victim.LITECOIN_NODE;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who is killed when. The same seed kills the same in the same order; what the customers do just
 * then is up to the machine. Every twenty kills are the same twenty, shuffled: what is cheap to
 * start again dies more often, and each dies alone and together with another.
 */
final class Schedule {
  private static final int DELAY_MILLIS_MAX = 1_500;
  private static final int CHECK_EVERY = 5;

  private static final List<Set<Victim>> TWENTY =
      List.of(
          Set.of(LITECOIN_NODE),
          Set.of(LITECOIN_NODE),
          Set.of(LITECOIN_NODE),
          Set.of(LITECOIN_NODE),
          Set.of(ETHER_NODE),
          Set.of(ETHER_NODE),
          Set.of(ETHER_NODE),
          Set.of(ETHER_NODE),
          Set.of(DATABASE),
          Set.of(DATABASE),
          Set.of(DATABASE),
          Set.of(DATABASE),
          Set.of(DATABASE),
          Set.of(LITECOIN_NODE, DATABASE),
          Set.of(ETHER_NODE, DATABASE),
          Set.of(LITECOIN_NODE, ETHER_NODE),
          Set.of(EXCHANGE),
          Set.of(EXCHANGE, DATABASE),
          Set.of(EXCHANGE, LITECOIN_NODE),
          Set.of(EXCHANGE, ETHER_NODE, DATABASE));

  private final Random random;
  private final Deque<Set<Victim>> left = new ArrayDeque<>();
  private int number;

  /**
   * A kill.
   *
   * @param number from 1
   * @param delayMillis after everybody was seen to be at work
   * @param check whether the books are compared after it
   */
  record Kill(int number, Set<Victim> victims, int delayMillis, boolean check) {
    Kill {
      victims = Collections.unmodifiableSet(new TreeSet<>(victims));
    }

    boolean hits(Victim victim) {
      return victims.contains(victim);
    }

    @Override
    public String toString() {
      return victims.stream()
          .map(victim -> victim.name().toLowerCase(Locale.ROOT).replace('_', ' '))
          .collect(Collectors.joining(" and "));
    }
  }

  Schedule(long seed) {
    random = new Random(seed);
  }

  Kill next() {
    if (left.isEmpty()) {
      List<Set<Victim>> twenty = new ArrayList<>(TWENTY);
      Collections.shuffle(twenty, random);
      left.addAll(twenty);
    }
    number++;
    return new Kill(
        number, left.remove(), random.nextInt(DELAY_MILLIS_MAX), number % CHECK_EVERY == 0);
  }
}
