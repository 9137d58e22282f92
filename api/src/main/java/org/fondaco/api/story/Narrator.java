package org.fondaco.api.story;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Tells what happens, and waits for what must. */
final class Narrator {
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final PrintStream out;
  private final Duration patience;
  private final long begun = System.nanoTime();

  /**
   * @param patience how long anything may take
   */
  Narrator(PrintStream out, Duration patience) {
    this.out = out;
    this.patience = patience;
  }

  void chapter(String title) {
    out.printf("%n%s%n%s%n", title, "-".repeat(title.length()));
  }

  void say(String format, Object... arguments) {
    double seconds = (System.nanoTime() - begun) / 1e9;
    out.printf("%6.1f s  %s%n", seconds, format.formatted(arguments));
  }

  void plain(String text) {
    out.println(text);
  }

  /** Asks until there is an answer; each change of {@code progress} is told once. */
  <T> T await(String what, Supplier<String> progress, Supplier<Optional<T>> question) {
    long deadline = System.nanoTime() + patience.toNanos();
    String told = "";
    while (true) {
      Optional<T> answer = question.get();
      String now = progress.get();
      if (!now.equals(told) && !now.isEmpty()) {
        say("%s", now);
        told = now;
      }
      if (answer.isPresent()) {
        return answer.get();
      }
      if (System.nanoTime() > deadline) {
        throw new StoryFailed(
            "%s did not happen within %d s".formatted(what, patience.toSeconds()));
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
