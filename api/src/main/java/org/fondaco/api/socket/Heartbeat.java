package org.fondaco.api.socket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The pings of one connection and the pongs that they are owed. A pong that does not carry the
 * latest ping's payload, or one before it, is unsolicited: allowed, but no sign of life. Guarded by
 * its connection.
 */
final class Heartbeat {
  private final long everyNanos;
  private final long withinNanos;
  private long pinged;
  private long owedSince;
  private boolean owed;
  private @Nullable String last;
  private @Nullable String before;

  Heartbeat(SocketLimits limits, long nowNanos) {
    everyNanos = limits.pingEvery().toNanos();
    withinNanos = limits.pongWithin().toNanos();
    pinged = nowNanos;
  }

  boolean silent(long nowNanos) {
    return owed && nowNanos - owedSince >= withinNanos;
  }

  /** The payload of a ping to send now; null when none is due. */
  @Nullable ByteBuffer due(long nowNanos, long nowMillis) {
    if (nowNanos - pinged < everyNanos) {
      return null;
    }
    pinged = nowNanos;
    if (!owed) {
      owed = true;
      owedSince = nowNanos;
    }
    String payload = Long.toString(nowMillis);
    before = last;
    last = payload;
    return ByteBuffer.wrap(payload.getBytes(StandardCharsets.US_ASCII));
  }

  void pong(ByteBuffer payload) {
    String text = StandardCharsets.ISO_8859_1.decode(payload.slice()).toString();
    if (text.equals(last) || text.equals(before)) {
      owed = false;
    }
  }
}
