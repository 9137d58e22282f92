package org.fondaco.custody.policy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Random small policies and questions, so that rules overlap and bounds are hit. */
final class Documents {
  static final List<String> PEOPLE = List.of("anna", "bob", "carl", "dora");
  private static final List<String> ASSETS = List.of("BTC", "ETH");
  private static final List<String> GROUPS = List.of("desk", "risk");

  private Documents() {}

  static PolicyDocument random(Random random) {
    List<Rule> rules = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      rules.add(rule(random, "r" + i));
    }
    List<Limit> limits = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      limits.add(limit(random, "l" + i));
    }
    Map<String, Set<String>> groups = new HashMap<>();
    for (String group : GROUPS) {
      groups.put(group, random.nextInt(6) == 0 ? Set.of("*") : people(random));
    }
    Set<String> barred = random.nextInt(3) == 0 ? Set.of(PEOPLE.get(random.nextInt(4))) : Set.of();
    return new PolicyDocument(rules, limits, groups, barred);
  }

  static Set<String> people(Random random) {
    Set<String> people = new TreeSet<>();
    PEOPLE.forEach(person -> {
      if (random.nextBoolean()) {
        people.add(person);
      }
    });
    return people;
  }

  /** A question with usage that is the same for the same place. */
  static Facts facts(Random random) {
    Map<String, BigDecimal> used = new HashMap<>();
    BigDecimal coins = small(random);
    return new Facts(
        ASSETS.get(random.nextInt(2)),
        1_000 + random.nextInt(2),
        random.nextBoolean(),
        coins,
        coins.multiply(BigDecimal.TWO),
        (per, asset, window, unit) ->
            used.computeIfAbsent(
                per + "|" + asset + "|" + window + "|" + unit, _ -> small(random)));
  }

  private static Rule rule(Random random, String id) {
    return new Rule(
        id,
        random.nextBoolean() ? List.of() : List.of(ASSETS.get(random.nextInt(2))),
        random.nextInt(3) > 0 ? List.of() : List.of(1_000L + random.nextInt(2)),
        listed(random),
        bounds(random),
        bounds(random),
        switch (random.nextInt(4)) {
          case 0, 1 -> new Rule.Verdict.Allow();
          case 2 -> new Rule.Verdict.Block();
          default -> new Rule.Verdict.Approvals(quorum(random, 2), 1 + random.nextInt(72));
        });
  }

  private static @Nullable Boolean listed(Random random) {
    int n = random.nextInt(6);
    return n > 1 ? null : Boolean.valueOf(n == 1);
  }

  private static Quorum quorum(Random random, int depth) {
    if (depth == 0 || random.nextBoolean()) {
      return new Quorum.Members(GROUPS.get(random.nextInt(2)), 1 + random.nextInt(2));
    }
    List<Quorum> parts = List.of(quorum(random, depth - 1), quorum(random, depth - 1));
    return random.nextBoolean() ? new Quorum.All(parts) : new Quorum.Any(parts);
  }

  private static Map<Rule.Measure, BigDecimal> bounds(Random random) {
    Map<Rule.Measure, BigDecimal> bounds = new EnumMap<>(Rule.Measure.class);
    if (random.nextInt(3) == 0) {
      Rule.Measure[] all = Rule.Measure.values();
      bounds.put(all[random.nextInt(all.length)], small(random));
    }
    return bounds;
  }

  private static Limit limit(Random random, String id) {
    Limit.Per per = random.nextBoolean() ? Limit.Per.CUSTOMER : Limit.Per.VENUE;
    boolean coin = random.nextBoolean();
    return new Limit(
        id,
        per,
        coin || random.nextBoolean() ? ASSETS.get(random.nextInt(2)) : null,
        per == Limit.Per.CUSTOMER && random.nextInt(3) == 0 ? 1_000L + random.nextInt(2) : null,
        Window.values()[random.nextInt(3)],
        small(random).add(BigDecimal.TWO),
        coin ? Limit.Unit.COIN : Limit.Unit.REFERENCE);
  }

  private static BigDecimal small(Random random) {
    return BigDecimal.valueOf(random.nextInt(9), random.nextInt(2));
  }
}
