package org.fondaco.api.feed;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.fondaco.engine.host.GroupListener;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.EventCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries groups from the engine's output thread, which never waits, to one thread that decodes
 * them for its subscribers. A subscriber that throws is told that it lost groups and goes on with
 * the next.
 */
public final class EventFeed implements GroupListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);
  private static final int RING_BYTES = 64 << 20;
  private static final int GROUP_MESSAGE = 1;
  private static final int HEADER = 3 * Long.BYTES;
  private static final int BATCH_MAX = 256;
  private static final long SLEEP_NANOS = 50_000_000;

  private final OneToOneRingBuffer ring;
  private final List<GroupSubscriber> subscribers = new CopyOnWriteArrayList<>();
  private final EventCodec codec = new EventCodec();
  private final Thread thread;
  private long behind;
  private volatile long lostGroups;
  private volatile boolean asleep;
  private volatile boolean closed;
  private long lostBefore;
  private long lostAtEnd;

  /** Starts the feed's thread; to be added to the engine's listeners. */
  public EventFeed() {
    this(RING_BYTES);
  }

  /**
   * @param ringBytes a power of two; a group may have an eighth of it
   */
  EventFeed(int ringBytes) {
    ring =
        new OneToOneRingBuffer(
            new UnsafeBuffer(
                ByteBuffer.allocateDirect(ringBytes + RingBufferDescriptor.TRAILER_LENGTH)));
    thread = Thread.ofPlatform().name("feed").daemon().unstarted(this::run);
    thread.start();
  }

  /** Adds a subscriber; it hears the groups that follow. Subscribers are called in this order. */
  public void subscribe(GroupSubscriber subscriber) {
    subscribers.add(subscriber);
  }

  /** Groups that were left out so far because the thread was behind. */
  public long lostGroups() {
    return lostGroups;
  }

  /** Bytes waiting to be told. */
  public long backlogBytes() {
    return ring.size();
  }

  @Override
  public void group(long sequence, long time, DirectBuffer events, int offset, int length) {
    int size = HEADER + length;
    int index = size > ring.maxMsgLength() ? -1 : ring.tryClaim(GROUP_MESSAGE, size);
    if (index < 0) {
      behind++;
      lostGroups = behind;
      return;
    }
    MutableDirectBuffer buffer = ring.buffer();
    buffer.putLong(index, sequence);
    buffer.putLong(index + Long.BYTES, time);
    // Each group says how many were left out before it, so that a gap is told where it is.
    buffer.putLong(index + 2 * Long.BYTES, behind);
    buffer.putBytes(index + HEADER, events, offset, length);
    ring.commit(index);
    VarHandle.fullFence();
    if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    while (!closed) {
      int read = ring.read(this::read, BATCH_MAX);
      if (read > 0 && read < BATCH_MAX) {
        tell(GroupSubscriber::caughtUp);
      }
      if (read == 0) {
        tellLostAtEnd();
        asleep = true;
        if (ring.size() == 0 && !closed) {
          LockSupport.parkNanos(this, SLEEP_NANOS);
        }
        asleep = false;
      }
    }
  }

  private void read(int type, MutableDirectBuffer buffer, int index, int length) {
    long lost = buffer.getLong(index + 2 * Long.BYTES);
    if (lost != lostBefore) {
      tellLost(lost - lostBefore);
      lostBefore = lost;
    }
    List<EngineEvent> events = new ArrayList<>();
    int end = index + length;
    for (int at = index + HEADER;
        at < end;
        at += Integer.BYTES + buffer.getInt(at, ByteOrder.LITTLE_ENDIAN)) {
      events.add(codec.decode(buffer, at + Integer.BYTES));
    }
    Group group =
        new Group(buffer.getLong(index), buffer.getLong(index + Long.BYTES), List.copyOf(events));
    tell(subscriber -> subscriber.group(group));
  }

  /** A group that was left out last has no successor yet that would tell of it. */
  private void tellLostAtEnd() {
    long lost = lostGroups;
    if (lost > Math.max(lostBefore, lostAtEnd)) {
      tellLost(lost - Math.max(lostBefore, lostAtEnd));
      lostAtEnd = lost;
    }
  }

  private void tellLost(long groups) {
    LOG.warn("the feed left out {} groups: its thread does not keep up", groups);
    tell(GroupSubscriber::lost);
  }

  private void tell(java.util.function.Consumer<GroupSubscriber> what) {
    for (GroupSubscriber subscriber : subscribers) {
      try {
        what.accept(subscriber);
      } catch (RuntimeException e) {
        LOG.error("a subscriber of the feed failed; it starts anew", e);
        restart(subscriber);
      }
    }
  }

  private static void restart(GroupSubscriber subscriber) {
    try {
      subscriber.lost();
    } catch (RuntimeException e) {
      LOG.error("a subscriber of the feed could not start anew", e);
    }
  }

  /** Ends the thread; what is still waiting is not told. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
