package org.fondaco.chain.conformance;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the cases of one suite by group and tells of failures and slow cases when they happen.
 * Safe for any thread; a case runs on one.
 */
final class Tally implements Suite.Listener, AutoCloseable {
  private static final int FAILURES_MAX = 200;
  private static final long SLOW_MS = 5_000;

  static final class Count {
    int run;
    int passed;
    int excluded;
  }

  private record Running(String test, long beganNanos) {
    long elapsedMs() {
      return (System.nanoTime() - beganNanos) / 1_000_000;
    }
  }

  private final String suite;
  private final Map<String, String> exclusions;
  private final PrintStream live;
  private final Map<String, Count> groups = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();
  private final Map<Thread, Running> running = new ConcurrentHashMap<>();
  private final Thread watcher;
  private boolean closed;

  /**
   * Exclusions are reasons by {@code suite/test}.
   *
   * @param live where failures and slow cases go at once
   */
  Tally(String suite, Map<String, String> exclusions, PrintStream live) {
    this.suite = suite;
    this.exclusions = exclusions;
    this.live = live;
    watcher = Thread.ofVirtual().start(this::watch);
  }

  private synchronized void watch() {
    try {
      while (!closed) {
        wait(SLOW_MS);
        running.values().stream()
            .filter(each -> each.elapsedMs() >= SLOW_MS)
            .forEach(
                each -> live.println("running " + each.test + ": " + each.elapsedMs() + " ms"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Count group(String group) {
    return groups.computeIfAbsent(group, _ -> new Count());
  }

  @Override
  public synchronized boolean begin(String group, String test) {
    if (exclusions.containsKey(suite + "/" + test)) {
      group(group).excluded++;
      return false;
    }
    running.put(Thread.currentThread(), new Running(group + " " + test, System.nanoTime()));
    return true;
  }

  @Override
  public synchronized void passed(String group, String test) {
    end(group);
    group(group).passed++;
  }

  @Override
  public synchronized void failed(String group, String test, String reason) {
    end(group);
    String failure = group + " " + test + ": " + reason;
    live.println("FAILED " + failure);
    if (failures.size() < FAILURES_MAX) {
      failures.add(failure);
    }
  }

  private void end(String group) {
    group(group).run++;
    Running ended = running.remove(Thread.currentThread());
    if (ended != null && ended.elapsedMs() >= SLOW_MS) {
      live.println("slow " + ended.test + ": " + ended.elapsedMs() + " ms");
    }
  }

  synchronized Map<String, Count> groups() {
    return groups;
  }

  /** The first {@value #FAILURES_MAX}. */
  synchronized List<String> failures() {
    return failures;
  }

  synchronized boolean allPassed() {
    return groups.values().stream().allMatch(count -> count.run == count.passed);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      watcher.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
