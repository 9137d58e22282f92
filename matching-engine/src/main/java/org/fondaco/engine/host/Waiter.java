package org.fondaco.engine.host;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * One thread waiting for others without a lock. Disruptor's own blocking strategies busy-spin on
 * consumers that come before (here: an fdatasync), which two cores cannot afford.
 *
 * <p>Under load a waiter naps and nobody has to wake it: a wake-up costs the waker more than the
 * whole command. After a while without work it sleeps until it is signalled. No signal is lost: the
 * sleeper announces itself, then looks again; the waker publishes, then looks for the announcement;
 * a full fence stands between on both sides. The sleep is bounded for duties that nobody announces.
 */
final class Waiter {

  /** Short: a yield instead could cost a whole time slice on a busy machine. */
  private static final int SPINS = 64;

  private static final int NAPS = 20;
  private static final long NAP_NANOS = 20_000;

  private final WaitProfile profile;
  private final long sleepNanos;
  private volatile boolean asleep;
  private volatile Thread thread = Thread.currentThread();
  private int rounds;

  Waiter(WaitProfile profile, long sleepNanos) {
    this.profile = profile;
    this.sleepNanos = sleepNanos;
  }

  /** Must be called by the thread that waits, before it waits. */
  void adopt() {
    thread = Thread.currentThread();
  }

  /** There was work: the next wait begins with short ones again. */
  void worked() {
    rounds = 0;
  }

  /**
   * Waits a little, at most the sleep time; the caller looks again.
   *
   * @param ready whether there is work; must not allocate
   */
  void idle(BooleanSupplier ready) {
    if (profile == WaitProfile.SPINNING) {
      Thread.onSpinWait();
    } else if (rounds < SPINS) {
      rounds++;
      Thread.onSpinWait();
    } else if (rounds < SPINS + NAPS) {
      rounds++;
      LockSupport.parkNanos(this, NAP_NANOS);
    } else {
      asleep = true;
      VarHandle.fullFence();
      if (!ready.getAsBoolean()) {
        LockSupport.parkNanos(this, sleepNanos);
      }
      asleep = false;
    }
  }

  /** Wakes the waiter if it sleeps; to be called after publishing what it waits for. */
  void signal() {
    VarHandle.fullFence();
    signalAfterFence();
  }

  /** As {@link #signal()} when the caller already issued a full fence. */
  void signalAfterFence() {
    if (asleep) {
      asleep = false;
      LockSupport.unpark(thread);
    }
  }

  /** Whether a signal would do anything; after a full fence. */
  boolean asleep() {
    return asleep;
  }
}
