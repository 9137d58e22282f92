package org.fondaco.engine.host;

import com.lmax.disruptor.Sequence;
import java.util.function.BooleanSupplier;

/** A thread that walks the ring; {@link #done} is the last ring sequence it has finished. */
abstract class Stage implements Runnable {

  final Sequence done = new Sequence();
  final Waiter waiter;
  private final Halt halt;
  private final Thread thread;

  /** Made once: a method reference would allocate at every use. */
  private final BooleanSupplier ready = this::ready;

  private volatile boolean stopping;

  Stage(String name, Waiter waiter, Halt halt) {
    this.waiter = waiter;
    this.halt = halt;
    this.thread = Thread.ofPlatform().name("fondaco-" + name).daemon().unstarted(this);
  }

  final void start() {
    thread.start();
  }

  /** Asks the stage to end when there is nothing left to do. */
  final void stop() {
    stopping = true;
    waiter.signal();
  }

  /** Waits for the end of the thread. */
  final void join() {
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

  /** The venue halted: stop at once, without finishing. */
  final boolean halted() {
    return halt.halted();
  }

  /**
   * Does what there is to do.
   *
   * @return whether there was anything
   */
  abstract boolean work() throws Exception;

  /** Whether {@link #work()} would find something; must not allocate. */
  abstract boolean ready();

  /** Called when there was no work, before sleeping. */
  void idle() throws Exception {}

  /** Called last, unless halted. */
  void finish() throws Exception {}

  @Override
  public final void run() {
    waiter.adopt();
    try {
      while (!halt.halted()) {
        if (work()) {
          waiter.worked();
        } else if (stopping && !ready()) {
          finish();
          return;
        } else {
          idle();
          waiter.idle(ready);
        }
      }
    } catch (Throwable broken) {
      // Including errors of the virtual machine: whatever stops a stage stops the venue.
      halt.halt(broken);
    }
  }
}
