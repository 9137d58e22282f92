package org.fondaco.engine.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.fondaco.engine.protocol.EngineEvent;
import org.jspecify.annotations.Nullable;

/** Two engines under the same commands: whole event lists must be equal, step by step. */
public final class Differential {

  private static final long SHRINK_MILLISECONDS_MAX =
      Long.getLong("fondaco.shrinkMilliseconds", 60_000);
  private static final int SAME_EVENTS_SHOWN = 6;
  private static final int EVENTS_SHOWN = 20;

  private final Supplier<? extends Subject> expected;
  private final Supplier<? extends Subject> actual;

  public Differential(Supplier<? extends Subject> expected, Supplier<? extends Subject> actual) {
    this.expected = expected;
    this.actual = actual;
  }

  /** What the two said about one step; an exception is said as its text. */
  record Difference(int index, String expected, String actual) {}

  /** The first difference, or null. */
  @Nullable Difference compare(List<Step> steps) {
    Subject first = expected.get();
    Subject second = actual.get();
    for (int i = 0; i < steps.size(); i++) {
      Difference difference = compare(i, first, second, steps.get(i));
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  static @Nullable Difference compare(int index, Subject first, Subject second, Step step) {
    Answer one = Answer.of(first, step);
    Answer two = Answer.of(second, step);
    return one.agrees(two) ? null : new Difference(index, one.text(two), two.text(one));
  }

  /** Events or the exception that came instead. */
  record Answer(List<EngineEvent> events, @Nullable RuntimeException error) {

    static Answer of(Subject subject, Step step) {
      try {
        return new Answer(subject.apply(step), null);
      } catch (RuntimeException e) {
        return new Answer(List.of(), e);
      }
    }

    boolean agrees(Answer other) {
      return error == null && other.error == null && events.equals(other.events);
    }

    /** What this says from the first event on that the other does not say. */
    String text(Answer other) {
      StringBuilder text = new StringBuilder();
      if (error != null) {
        text.append("    threw ").append(error).append('\n');
        for (StackTraceElement element : error.getStackTrace()) {
          if (element.getClassName().startsWith("org.fondaco")) {
            text.append("      at ").append(element).append('\n');
          }
        }
      }
      int same = 0;
      while (same < Math.min(events.size(), other.events.size())
          && events.get(same).equals(other.events.get(same))) {
        same++;
      }
      text.append("    (").append(same).append(" equal events)\n");
      events.stream()
          .skip(Math.max(0, same - SAME_EVENTS_SHOWN))
          .limit(SAME_EVENTS_SHOWN + EVENTS_SHOWN)
          .forEach(event -> text.append("    ").append(event).append('\n'));
      return text.toString();
    }
  }

  /**
   * Removes commands as long as the engines still differ (Zeller's ddmin), and reports.
   *
   * @param seed printed so that the run can be repeated
   */
  AssertionError report(long seed, List<Step> steps, Difference found) {
    List<Step> shrunk = shrink(steps.subList(0, found.index + 1));
    Difference difference = compare(shrunk);
    Difference shown = Objects.requireNonNullElse(difference, found);
    StringBuilder text = new StringBuilder();
    text.append("seed ").append(seed).append(", command ").append(found.index);
    text.append(", shrunk to ").append(shrunk.size()).append(" commands:\n");
    for (Step step : shrunk) {
      text.append("  ").append(step.header()).append(' ').append(step.command()).append('\n');
    }
    text.append("  expected\n").append(shown.expected);
    text.append("  actual\n").append(shown.actual);
    return new AssertionError(text.toString());
  }

  private List<Step> shrink(List<Step> steps) {
    long deadline = System.currentTimeMillis() + SHRINK_MILLISECONDS_MAX;
    List<Step> kept = new ArrayList<>(steps);
    int chunk = Math.max(1, kept.size() / 2);
    while (true) {
      boolean removed = false;
      for (int end = kept.size(); end > 0; end -= chunk) {
        if (System.currentTimeMillis() > deadline) {
          return kept;
        }
        List<Step> fewer = new ArrayList<>(kept.subList(0, Math.max(0, end - chunk)));
        fewer.addAll(kept.subList(Math.min(end, kept.size()), kept.size()));
        Difference difference = compare(fewer);
        if (difference != null) {
          kept = new ArrayList<>(fewer.subList(0, difference.index + 1));
          removed = true;
        }
      }
      if (chunk == 1 && !removed) {
        return kept;
      }
      chunk = Math.max(1, chunk / 2);
    }
  }
}
