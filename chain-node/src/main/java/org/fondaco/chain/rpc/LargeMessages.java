package org.fondaco.chain.rpc;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * How many large messages the node reads and answers at once: as a tree, JSON takes many times the
 * room that it has as text, and every connection may send as much as it likes. Safe for any thread.
 */
final class LargeMessages {
  /** Most requests are smaller, even those that deploy a large contract. */
  static final int LARGE_BYTES = 512 << 10;

  private static final int LARGE_MAX = 8;

  private final Semaphore free = new Semaphore(LARGE_MAX);

  /** The right to hold a large message. */
  final class Permit implements AutoCloseable {
    private final AtomicBoolean held = new AtomicBoolean(true);

    private Permit() {}

    /** Gives the right back; the second time does nothing. */
    @Override
    public void close() {
      if (held.compareAndSet(true, false)) {
        free.release();
      }
    }
  }

  /** A permit; null if there is none now. */
  @Nullable Permit tryAcquire() {
    return free.tryAcquire() ? new Permit() : null;
  }

  /** A permit; null if there is none until {@code deadlineNanos}. */
  @Nullable Permit acquire(long deadlineNanos) throws InterruptedException {
    long left = deadlineNanos - System.nanoTime();
    return free.tryAcquire(Math.max(0, left), TimeUnit.NANOSECONDS) ? new Permit() : null;
  }
}
