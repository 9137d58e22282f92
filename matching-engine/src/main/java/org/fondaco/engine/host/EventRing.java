package org.fondaco.engine.host;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.fondaco.engine.core.EventSink;
import org.jspecify.annotations.Nullable;

/**
 * Carries event groups from the engine thread to the output thread without a copy. One writer, one
 * reader; a group becomes visible by the sequence that the engine stage publishes after it, not by
 * this ring.
 *
 * <p>Groups lie contiguous: behind the capacity there is slack for the last group of a lap, so that
 * only the start of a group wraps. A group that outgrows the slack moves to a buffer of its own:
 * the reader never takes half a group, so waiting for it would be waiting for ever.
 */
final class EventRing implements EventSink {

  /** int length (-1 = in a buffer of its own), int unused, long sequence, long time. */
  private static final int HEADER_BYTES = 24;

  private final int capacity;
  private final int lapBytes;
  private final UnsafeBuffer ring;
  private final ConcurrentLinkedQueue<GroupBuffer> oversized = new ConcurrentLinkedQueue<>();
  private final AtomicLong released = new AtomicLong();
  private final Runnable waitForReader;

  // writer
  private long writeLap;
  private int groupStart;
  private int write;
  private int limit;
  private @Nullable GroupBuffer own;

  // reader
  private long readLap;
  private int read;
  private @Nullable GroupBuffer readOwn;

  /**
   * @param waitForReader called by the writer while the ring is full; publishes what is complete,
   *     waits a little, and throws when the venue stops
   */
  EventRing(int capacity, Runnable waitForReader) {
    this.capacity = capacity;
    this.lapBytes = capacity + capacity / 2;
    this.ring = new UnsafeBuffer(BufferUtil.allocateDirectAligned(lapBytes, 64));
    this.limit = lapBytes;
    this.waitForReader = waitForReader;
  }

  /** Writer: begins the group of one command. */
  void begin() {
    ensure(HEADER_BYTES);
    write = groupStart + HEADER_BYTES;
  }

  @Override
  public int claim(int length) {
    GroupBuffer alone = own;
    if (alone != null) {
      return alone.claim(length);
    }
    if (write + Integer.BYTES + length > limit && !ensure(Integer.BYTES + length)) {
      GroupBuffer moved = new GroupBuffer();
      moved.start(ring, groupStart + HEADER_BYTES, write - groupStart - HEADER_BYTES);
      own = moved;
      return moved.claim(length);
    }
    ring.putInt(write, length);
    int at = write + Integer.BYTES;
    write = at + length;
    return at;
  }

  @Override
  public MutableDirectBuffer buffer() {
    GroupBuffer alone = own;
    return alone != null ? alone.buffer() : ring;
  }

  @Override
  public void commit() {
    // The claim already counts: the reader looks only after the whole group was published.
  }

  /** Writer: ends the group; the caller publishes its ring sequence afterwards. */
  void end(long sequence, long time) {
    GroupBuffer alone = own;
    int length = write - groupStart - HEADER_BYTES;
    int groupEnd = write;
    if (alone != null) {
      oversized.add(alone);
      own = null;
      length = -1;
      groupEnd = groupStart + HEADER_BYTES;
    }
    ring.putInt(groupStart, length);
    ring.putLong(groupStart + 8, sequence);
    ring.putLong(groupStart + 16, time);
    int next = (groupEnd + 7) & -8;
    if (next >= capacity) {
      writeLap++;
      next = 0;
      refreshLimit();
    }
    groupStart = next;
    write = next;
  }

  /** Waits for room; false when the group can never fit behind what was written of it. */
  private boolean ensure(int bytes) {
    while (write + bytes > limit) {
      refreshLimit();
      if (write + bytes <= limit) {
        return true;
      }
      if (limit == lapBytes) {
        return false;
      }
      waitForReader.run();
    }
    return true;
  }

  private void refreshLimit() {
    long position = released.getAcquire();
    limit = position / lapBytes == writeLap ? lapBytes : (int) (position % lapBytes);
  }

  /** Reader: length of the next group's events. */
  int groupLength() {
    int length = ring.getInt(read);
    if (length >= 0) {
      return length;
    }
    GroupBuffer alone = readOwn;
    if (alone == null) {
      alone = oversized.remove();
      readOwn = alone;
    }
    return alone.length();
  }

  long groupSequence() {
    return ring.getLong(read + 8);
  }

  long groupTime() {
    return ring.getLong(read + 16);
  }

  /** Reader: where the events are; valid after {@link #groupLength()}, until {@link #release()}. */
  MutableDirectBuffer groupBuffer() {
    GroupBuffer alone = readOwn;
    return alone != null ? alone.buffer() : ring;
  }

  int groupOffset() {
    return readOwn != null ? 0 : read + HEADER_BYTES;
  }

  /** Reader: gives the room of the group back. */
  void release() {
    int length = ring.getInt(read);
    readOwn = null;
    read = (read + HEADER_BYTES + Math.max(length, 0) + 7) & -8;
    if (read >= capacity) {
      readLap++;
      read = 0;
    }
    released.setRelease(readLap * lapBytes + read);
  }
}
