package org.fondaco.api.socket;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What happened on WebSockets since the start. Thread-safe. */
public final class SocketCounters {

  /** Why an upgrade was refused. */
  public enum Refusal {
    /** The address opened too many in five minutes. */
    ATTEMPTS,
    /** The address is banned. */
    BANNED,
    /** The venue has as many as it may. */
    FULL,
    /** Nobody converses on this path, or not with this query. */
    NOT_FOUND
  }

  /** Why the server ended a connection. */
  public enum Ending {
    /** The client did not take its messages. */
    SLOW,
    /** The client sent too many messages. */
    FLOODING,
    /** The client did not answer pings. */
    SILENT,
    /** A message was too long. */
    TOO_LONG,
    /** A frame or a message was not what it must be. */
    MALFORMED,
    /** Its lifetime was over. */
    EXPIRED,
    /** Its conversation ended it. */
    CONVERSATION,
    /** The venue stopped. */
    STOPPED
  }

  final AtomicInteger open = new AtomicInteger();
  final LongAdder opened = new LongAdder();
  final LongAdder messagesIn = new LongAdder();
  final LongAdder messagesOut = new LongAdder();
  final LongAdder bytesOut = new LongAdder();
  private final Map<Refusal, LongAdder> refusals = new EnumMap<>(Refusal.class);
  private final Map<Ending, LongAdder> endings = new EnumMap<>(Ending.class);

  SocketCounters() {
    for (Refusal refusal : Refusal.values()) {
      refusals.put(refusal, new LongAdder());
    }
    for (Ending ending : Ending.values()) {
      endings.put(ending, new LongAdder());
    }
  }

  /** Connections open now. */
  public int open() {
    return open.get();
  }

  /** Connections ever opened. */
  public long opened() {
    return opened.sum();
  }

  /** Text messages, pings and pongs received. */
  public long messagesIn() {
    return messagesIn.sum();
  }

  /** Text messages handed to the network. */
  public long messagesOut() {
    return messagesOut.sum();
  }

  /** Bytes of those, without the heads of their frames. */
  public long bytesOut() {
    return bytesOut.sum();
  }

  public long refused(Refusal refusal) {
    return refusals.getOrDefault(refusal, new LongAdder()).sum();
  }

  /** Connections that the server ended. */
  public long ended(Ending ending) {
    return endings.getOrDefault(ending, new LongAdder()).sum();
  }

  void count(Refusal refusal) {
    refusals.getOrDefault(refusal, new LongAdder()).increment();
  }

  void count(Ending ending) {
    endings.getOrDefault(ending, new LongAdder()).increment();
  }
}
