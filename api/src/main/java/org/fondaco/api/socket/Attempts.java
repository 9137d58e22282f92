package org.fondaco.api.socket;

import java.util.HashMap;
import java.util.Map;
import org.fondaco.api.socket.SocketCounters.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Who opens connections how often, and who was disconnected for sending too much. Counts in
 * intervals of five minutes; forgets an interval when the next begins. Thread-safe.
 */
final class Attempts {
  private static final long INTERVAL_NANOS = 300_000_000_000L;

  private final SocketLimits limits;
  private final Map<String, Address> addresses = new HashMap<>();
  private long intervalBegan;

  Attempts(SocketLimits limits, long nowNanos) {
    this.limits = limits;
    this.intervalBegan = nowNanos;
  }

  /** Counts an attempt; null when it may go on. */
  synchronized @Nullable Refusal attempt(String address, long nowNanos) {
    begin(nowNanos);
    Address known = addresses.computeIfAbsent(address, _ -> new Address());
    if (known.banned && nowNanos - known.bannedUntil < 0) {
      return Refusal.BANNED;
    }
    known.banned = false;
    known.attempts++;
    return known.attempts > limits.attemptsPerFiveMinutes() ? Refusal.ATTEMPTS : null;
  }

  /** A connection of this address was ended because it sent too much. */
  synchronized void offended(String address, long nowNanos) {
    begin(nowNanos);
    Address known = addresses.computeIfAbsent(address, _ -> new Address());
    known.offences++;
    if (known.offences >= limits.offences()) {
      known.offences = 0;
      known.banned = true;
      known.bannedUntil = nowNanos + limits.ban().toNanos();
    }
  }

  /** Seconds after which another attempt may succeed, at least 1. */
  synchronized long retryAfterSeconds(String address, long nowNanos) {
    Address known = addresses.get(address);
    long until = known != null && known.banned ? known.bannedUntil : intervalBegan + INTERVAL_NANOS;
    return Math.max(1, (until - nowNanos + 999_999_999) / 1_000_000_000);
  }

  private void begin(long nowNanos) {
    if (nowNanos - intervalBegan >= INTERVAL_NANOS) {
      intervalBegan = nowNanos;
      addresses.values().removeIf(address -> !address.banned || nowNanos >= address.bannedUntil);
      addresses.values().forEach(address -> address.attempts = 0);
    }
  }

  private static final class Address {
    int attempts;
    int offences;
    boolean banned;
    long bannedUntil;
  }
}
