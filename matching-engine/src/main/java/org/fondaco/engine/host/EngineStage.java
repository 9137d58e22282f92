package org.fondaco.engine.host;

import org.fondaco.engine.core.StateMachine;

/** The one thread that owns all money and all books. Allocates nothing. */
final class EngineStage extends Stage {

  /** Commands between two looks at everything else. */
  private static final int BATCH_MAX = 256;

  private final IngressRing ring;
  private final StateMachine machine;
  private final EventRing events;
  private final Waiter fullRingWaiter;
  private Runnable progress = () -> {};
  private long next;
  private long sequence;
  private long finished = -1;

  private volatile long nextTickTime;
  private volatile long engineTime;
  private volatile long tickSeen = -1;

  EngineStage(
      IngressRing ring, StateMachine machine, int eventRingBytes, Waiter waiter, Halt halt) {
    super("engine", waiter, halt);
    this.ring = ring;
    this.machine = machine;
    this.sequence = machine.sequence();
    this.fullRingWaiter = new Waiter(WaitProfile.BLOCKING, 100_000);
    this.events = new EventRing(eventRingBytes, this::awaitOutput);
    this.engineTime = machine.time();
    this.nextTickTime = machine.nextTickTime();
  }

  EventRing events() {
    return events;
  }

  /** Whom to tell after each batch; before start only. */
  void onProgress(Runnable listener) {
    progress = listener;
  }

  @Override
  boolean ready() {
    return ring.published(next, IngressRing.SPAN_MAX) >= next;
  }

  @Override
  boolean work() {
    long highest = ring.published(next, 2 * BATCH_MAX);
    if (highest < next) {
      return false;
    }
    for (int i = 0; i < BATCH_MAX && next <= highest; i++) {
      int span = ring.span(next);
      if (next + span - 1 > highest) {
        break;
      }
      int length = ring.length(next);
      if (length > 0) {
        apply(length);
      }
      next += span;
      finished = next - 1;
    }
    done.set(finished);
    progress.run();
    publishDue();
    return true;
  }

  private void apply(int length) {
    events.begin();
    sequence++;
    machine.apply(sequence, ring.buffer(), ring.commandOffset(next), length, events);
    events.end(sequence, machine.time());
  }

  private void publishDue() {
    long due = machine.nextTickTime();
    if (due != nextTickTime) {
      // The engine's own time matters only when deferred work makes it due at once.
      engineTime = machine.time();
      nextTickTime = due;
    }
    tickSeen = finished;
  }

  /** The event ring is full: show what is complete, so that the output thread makes room. */
  private void awaitOutput() {
    if (halted()) {
      throw new IllegalStateException("halted while the output thread was behind");
    }
    done.set(finished);
    progress.run();
    fullRingWaiter.adopt();
    fullRingWaiter.idle(() -> false);
  }

  /** Whether a Tick would change something now; all that was published up to here is counted. */
  boolean tickDue(long now, long lastTick) {
    return tickSeen >= lastTick && nextTickTime <= Math.max(now, engineTime);
  }

  StateMachine machine() {
    return machine;
  }
}
