package org.fondaco.engine.core;

import org.fondaco.engine.protocol.Outcome;
import org.fondaco.engine.protocol.RejectReason;
import org.jspecify.annotations.Nullable;

/** Internal sources: their last number and the last 1,024 outcomes, for exactly once. */
final class Sources {

  static final int KEPT = 1_024;
  static final int STRIDE = 4;

  private final LongMap slots = new LongMap(16);
  private final @Nullable Source[] sources;
  private int size;

  /** One source; outcomes are (hash high, hash low, reason, result) by number mod 1,024. */
  static final class Source {
    final int id;
    long last;
    boolean frozen;
    final long[] outcomes = new long[KEPT * STRIDE];

    Source(int id) {
      this.id = id;
    }

    static int at(long n) {
      return (int) (n % KEPT) * STRIDE;
    }

    boolean kept(long n) {
      return n >= 1 && n <= last && n > last - KEPT;
    }

    RejectReason reason(long n) {
      return RejectReason.of((int) outcomes[at(n) + 2]);
    }

    long result(long n) {
      return outcomes[at(n) + 3];
    }

    void record(long n, long high, long low, RejectReason reason, long result) {
      last = n;
      int at = at(n);
      outcomes[at] = high;
      outcomes[at + 1] = low;
      outcomes[at + 2] = reason.ordinal();
      outcomes[at + 3] = result;
    }

    boolean matches(long n, long high, long low) {
      return outcomes[at(n)] == high && outcomes[at(n) + 1] == low;
    }
  }

  Sources(int limit) {
    sources = new Source[limit];
  }

  /** The source if it ever sent something, else null. */
  @Nullable Source known(int id) {
    int slot = slots.find((id & 0xFFFF_FFFFL) + 1);
    return slot >= 0 ? sources[slot] : null;
  }

  int size() {
    return size;
  }

  Source source(int slot) {
    Source source = sources[slot];
    if (source == null) {
      throw new IllegalStateException("no source " + slot);
    }
    return source;
  }

  /** The source, made at its first command; null when there is no room for another. */
  @Nullable Source find(int id) {
    // Ids may be negative by mistake of a caller; the key is positive all the same.
    long key = (id & 0xFFFF_FFFFL) + 1;
    int slot = slots.find(key);
    if (slot >= 0) {
      return sources[slot];
    }
    if (size == sources.length) {
      return null;
    }
    Source source = new Source(id);
    slots.add(key, size);
    sources[size++] = source;
    return source;
  }

  /** What an answer to a command of these reasons is called. */
  static Outcome outcome(RejectReason reason) {
    return reason == RejectReason.NONE ? Outcome.APPLIED : Outcome.REJECTED;
  }
}
