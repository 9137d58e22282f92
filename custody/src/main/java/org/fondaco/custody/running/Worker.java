package org.fondaco.custody.running;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A thread that takes a step as long as there is something to do, and then waits to be woken or for
 * its pause to end. A step that fails is logged and taken again after a pause, because every step
 * is a transaction that either happened or did not; a failure that is final ends the worker.
 */
public final class Worker implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Worker.class.getName());
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private final String name;
  private final BooleanSupplier step;
  private final Duration pause;
  private final Predicate<RuntimeException> isFinal;
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread;
  private volatile boolean stopping;
  private volatile @Nullable RuntimeException ended;
  private volatile @Nullable RuntimeException failing;

  private Worker(
      String name, Duration pause, BooleanSupplier step, Predicate<RuntimeException> isFinal) {
    this.name = name;
    this.pause = pause;
    this.step = step;
    this.isFinal = isFinal;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  /**
   * Starts a thread.
   *
   * @param step true = did something, call again at once
   * @param isFinal failures after which nothing more is done
   */
  public static Worker start(
      String name, Duration pause, BooleanSupplier step, Predicate<RuntimeException> isFinal) {
    Worker worker = new Worker(name, pause, step, isFinal);
    worker.thread.start();
    return worker;
  }

  private void run() {
    while (!stopping) {
      Duration wait = pause;
      try {
        if (step.getAsBoolean()) {
          failing = null;
          continue;
        }
        failing = null;
      } catch (RuntimeException e) {
        if (stopping) {
          return;
        }
        if (isFinal.test(e)) {
          ended = e;
          LOG.log(Level.ERROR, name + " has ended and does nothing more", e);
          return;
        }
        if (failing == null) {
          LOG.log(Level.WARNING, name + " failed and tries again", e);
        }
        failing = e;
        wait = PAUSE_AFTER_FAILURE;
      }
      await(wait);
    }
  }

  private void await(Duration wait) {
    try {
      if (wake.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        wake.drainPermits();
      }
    } catch (InterruptedException e) {
      stopping = true;
    }
  }

  /** There is something to do. */
  public void wake() {
    if (wake.availablePermits() == 0) {
      wake.release();
    }
  }

  /** Why it does nothing now, empty while it works. */
  public Optional<String> trouble() {
    RuntimeException cause = ended != null ? ended : failing;
    return Optional.ofNullable(cause).map(e -> name + ": " + e.getMessage());
  }

  /** Lets the step under way end, and takes no other. */
  @Override
  public void close() {
    stopping = true;
    wake.release();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
