package org.fondaco.api.session;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Sessions of one process, which end with it. */
final class MemoryStore implements SessionStore {
  private static final long SWEEP_NANOS = Duration.ofMinutes(1).toNanos();

  private final Map<String, Entry> sessions = new ConcurrentHashMap<>();
  private final AtomicLong swept = new AtomicLong(System.nanoTime());

  private record Entry(Kept session, long endNanos) {
    boolean over(long nowNanos) {
      return nowNanos - endNanos >= 0;
    }
  }

  @Override
  public void keep(Kept session, Duration longest) {
    sweep();
    sessions.put(session.key(), new Entry(session, System.nanoTime() + longest.toNanos()));
  }

  @Override
  public void keepOn(Kept session, Duration longest) {
    sessions.computeIfPresent(
        session.key(), (_, _) -> new Entry(session, System.nanoTime() + longest.toNanos()));
  }

  @Override
  public @Nullable Kept find(String key) {
    Entry entry = sessions.get(key);
    return entry == null || entry.over(System.nanoTime()) ? null : entry.session();
  }

  @Override
  public boolean end(String key) {
    return sessions.remove(key) != null;
  }

  @Override
  public List<Kept> of(long userId) {
    long now = System.nanoTime();
    return sessions.values().stream()
        .filter(entry -> !entry.over(now) && entry.session().userId() == userId)
        .map(Entry::session)
        .sorted(Comparator.comparingLong(Kept::beganMillis).thenComparing(Kept::key))
        .toList();
  }

  private void sweep() {
    long now = System.nanoTime();
    long last = swept.get();
    if (now - last > SWEEP_NANOS && swept.compareAndSet(last, now)) {
      sessions.values().removeIf(entry -> entry.over(now));
    }
  }
}
