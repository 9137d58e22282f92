package org.fondaco.api.limit;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Who may not ask at all for a while. A ban lasts two minutes, and four times as long as the last
 * one for whom it does not teach, up to three days [rest-api.md §IP Limits]; three days after its
 * end it is forgotten. Measured by a clock that cannot be set.
 */
final class Bans {
  private static final long FIRST_MILLIS = 120_000;
  private static final long FACTOR = 4;
  private static final long LONGEST_MILLIS = 3 * 86_400_000L;
  private static final long MEMORY_MILLIS = 3 * 86_400_000L;
  private static final int FORGET_ABOVE = 10_000;
  // What comes back from Redis is the same ban when it is not this much longer.
  private static final long SAME_MILLIS = 1_000;

  private final LimitClock clock;
  private final Sharing sharing;
  private final Map<String, Ban> bans = new ConcurrentHashMap<>();

  Bans(LimitClock clock, Sharing sharing) {
    this.clock = clock;
    this.sharing = sharing;
  }

  /** Milliseconds until the address may ask again, 0 = now. */
  long remainingMillis(String address) {
    if (bans.isEmpty()) {
      return 0;
    }
    Ban ban = bans.get(address);
    return ban == null ? 0 : ban.remainingMillis();
  }

  /** Bans an address unless it is; answers for how many milliseconds. */
  long ban(String address) {
    forget();
    return bans.computeIfAbsent(address, Ban::new).raise();
  }

  /** What asks whether another process has banned the address. */
  Telling question(String address) {
    return new Telling() {
      @Override
      public void tell(SharedBatch batch) {
        batch.ban(key(address), 0, 0);
      }

      @Override
      public void hear(Iterator<Long> answers) {
        heard(address, answers.next(), answers.next());
      }
    };
  }

  private void heard(String address, long lifeMillis, long level) {
    if (level > 0) {
      bans.computeIfAbsent(address, Ban::new).heard(lifeMillis, level);
    }
  }

  private static String key(String address) {
    return "fondaco:ban:" + address;
  }

  /** What is over for long is dropped when there is much of it. */
  private void forget() {
    if (bans.size() > FORGET_ABOVE) {
      bans.values().removeIf(Ban::over);
    }
  }

  static long lengthMillis(long level) {
    long length = FIRST_MILLIS;
    for (long i = 1; i < level && length < LONGEST_MILLIS; i++) {
      length *= FACTOR;
    }
    return Math.min(length, LONGEST_MILLIS);
  }

  /** The bans of one address: the present one, and how many there were. */
  private final class Ban implements Shared {
    private final String address;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private long level;
    private volatile long endMillis;

    Ban(String address) {
      this.address = address;
      this.endMillis = clock.elapsedMillis() - MEMORY_MILLIS;
    }

    long remainingMillis() {
      return Math.max(0, endMillis - clock.elapsedMillis());
    }

    synchronized long raise() {
      if (remainingMillis() == 0) {
        level = over() ? 1 : level + 1;
        endMillis = clock.elapsedMillis() + lengthMillis(level);
        sharing.changed(this);
      }
      return remainingMillis();
    }

    @Override
    public synchronized void tell(SharedBatch batch) {
      long life = endMillis + MEMORY_MILLIS - clock.elapsedMillis();
      batch.ban(key(address), level, Math.max(0, life));
    }

    @Override
    public void hear(Iterator<Long> answers) {
      heard(answers.next(), answers.next());
    }

    synchronized void heard(long lifeMillis, long sharedLevel) {
      long end = clock.elapsedMillis() + lifeMillis - MEMORY_MILLIS;
      if (sharedLevel > 0 && end > endMillis + SAME_MILLIS) {
        level = sharedLevel;
        endMillis = end;
      }
    }

    @Override
    public boolean over() {
      return clock.elapsedMillis() - endMillis >= MEMORY_MILLIS;
    }

    @Override
    public boolean markWaiting() {
      return waiting.compareAndSet(false, true);
    }

    @Override
    public void markSent() {
      waiting.set(false);
    }
  }
}
