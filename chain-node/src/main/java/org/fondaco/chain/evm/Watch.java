package org.fondaco.chain.evm;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What looks at the machine while it runs. Blocks run with {@link #NONE}, which costs nothing.
 *
 * @param tracer hears of every step; null for none
 * @param cancelled is asked at every call and now and then within loops, so that no program runs
 *     longer than whoever asked for it waits; null for never
 */
public record Watch(@Nullable Tracer tracer, @Nullable BooleanSupplier cancelled) {
  public static final Watch NONE = new Watch(null, null);

  public static Watch tracing(Tracer tracer) {
    return new Watch(tracer, null);
  }

  /**
   * The same, ended by a {@link CancelledException} some time after {@code deadlineNanos} of {@link
   * System#nanoTime()}: a single operation is not interrupted.
   */
  public Watch until(long deadlineNanos) {
    return new Watch(tracer, () -> System.nanoTime() - deadlineNanos > 0);
  }
}
