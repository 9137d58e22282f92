package org.fondaco.api.limit;

import java.util.ArrayList;
import java.util.List;

/** What one process tells the others at once: keys, and three arguments for each. */
final class SharedBatch {
  private final List<String> keys = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();

  /**
   * @param process names this process among all
   */
  SharedBatch(String process) {
    arguments.add(process);
  }

  /** This process's part of a sum; answers the sum of the others' parts. */
  void count(String key, long part, long lifeMillis) {
    add(key, "count", part, lifeMillis);
  }

  /**
   * A ban, 0 milliseconds = only asks; answers how many milliseconds the longest one known has
   * left, memory included, and its level.
   */
  void ban(String key, long level, long lifeMillis) {
    add(key, "ban", level, lifeMillis);
  }

  String[] keys() {
    return keys.toArray(String[]::new);
  }

  String[] arguments() {
    return arguments.toArray(String[]::new);
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  private void add(String key, String kind, long number, long lifeMillis) {
    keys.add(key);
    arguments.add(kind);
    arguments.add(Long.toString(number));
    arguments.add(Long.toString(lifeMillis));
  }
}
