package org.fondaco.custody.leader;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Transactions of the leader; each one proves that its process still is. */
public interface Transactions {

  /**
   * Runs a step and commits it.
   *
   * @throws LeadershipLost when another process leads; nothing was written
   */
  <T extends @Nullable Object> T result(Function<DSLContext, T> step);

  /** As {@link #result} without one. */
  default void run(Consumer<DSLContext> step) {
    result(t -> {
      step.accept(t);
      return true;
    });
  }
}
