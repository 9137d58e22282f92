package org.fondaco.chain.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts the cases of one suite by group. */
final class Tally implements Suite.Listener {
  private static final int FAILURES_MAX = 200;

  static final class Count {
    int run;
    int passed;
    int excluded;
  }

  private final String suite;
  private final Map<String, String> exclusions;
  private final Map<String, Count> groups = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();

  /** Exclusions are reasons by {@code suite/test}. */
  Tally(String suite, Map<String, String> exclusions) {
    this.suite = suite;
    this.exclusions = exclusions;
  }

  private Count group(String group) {
    return groups.computeIfAbsent(group, _ -> new Count());
  }

  @Override
  public boolean begin(String group, String test) {
    if (exclusions.containsKey(suite + "/" + test)) {
      group(group).excluded++;
      return false;
    }
    return true;
  }

  @Override
  public void passed(String group, String test) {
    group(group).run++;
    group(group).passed++;
  }

  @Override
  public void failed(String group, String test, String reason) {
    group(group).run++;
    if (failures.size() < FAILURES_MAX) {
      failures.add(group + " " + test + ": " + reason);
    }
  }

  Map<String, Count> groups() {
    return groups;
  }

  /** The first {@value #FAILURES_MAX}. */
  List<String> failures() {
    return failures;
  }

  boolean allPassed() {
    return groups.values().stream().allMatch(count -> count.run == count.passed);
  }
}
