package org.fondaco.api.limit;

import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A count that is never below zero: this process's part, and the sum of the others' as it was last
 * heard. Each process writes its own part only, so that telling it twice changes nothing and a
 * Redis that lost everything is filled again.
 */
final class Counter implements Shared {
  private final String key;
  private final long endMillis;
  private final long lifeMillis;
  private final LimitClock clock;
  private final Sharing sharing;
  private final AtomicLong own = new AtomicLong();
  private final AtomicBoolean waiting = new AtomicBoolean();
  private final @Nullable Telling companion;
  private volatile long others;

  /**
   * @param key names it among all processes
   * @param lifeMillis how long it is of interest from its creation on
   * @param companion what is told and heard whenever this is, null = nothing
   */
  Counter(
      String key, long lifeMillis, LimitClock clock, Sharing sharing, @Nullable Telling companion) {
    this.key = key;
    this.lifeMillis = lifeMillis;
    this.clock = clock;
    this.sharing = sharing;
    this.companion = companion;
    this.endMillis = clock.elapsedMillis() + lifeMillis;
  }

  /** The count after adding. */
  long add(long amount) {
    long sum = own.addAndGet(amount) + others;
    sharing.changed(this);
    return Math.max(0, sum);
  }

  /** Takes off as much as there is, at most {@code amount}. */
  void subtract(long amount) {
    long part = own.get();
    long less = Math.min(amount, Math.max(0, part + others));
    while (less > 0 && !own.compareAndSet(part, part - less)) {
      part = own.get();
      less = Math.min(amount, Math.max(0, part + others));
    }
    sharing.changed(this);
  }

  long value() {
    return Math.max(0, own.get() + others);
  }

  /** Asks for the others' part without changing anything. */
  void refresh() {
    sharing.changed(this);
  }

  @Override
  public void tell(SharedBatch batch) {
    batch.count(key, own.get(), lifeMillis);
    if (companion != null) {
      companion.tell(batch);
    }
  }

  @Override
  public void hear(Iterator<Long> answers) {
    others = answers.next();
    if (companion != null) {
      companion.hear(answers);
    }
  }

  @Override
  public boolean over() {
    return clock.elapsedMillis() - endMillis > 0;
  }

  @Override
  public boolean markWaiting() {
    return !waiting.get() && waiting.compareAndSet(false, true);
  }

  @Override
  public void markSent() {
    waiting.set(false);
  }
}
