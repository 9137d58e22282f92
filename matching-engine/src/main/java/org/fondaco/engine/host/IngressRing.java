package org.fondaco.engine.host;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.MultiProducerSequencer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The ingress: Disruptor's multi-producer sequencer over one block of 256-byte slots. A command
 * takes 1 to 16 consecutive slots; one that would wrap is preceded by padding. Slot: int length (0
 * = padding), int span in slots, long correlation (0 = none), bytes.
 */
final class IngressRing {

  static final int SLOT_BYTES = 256;
  static final int SPAN_MAX = 16;
  private static final int HEADER_BYTES = 16;
  static final int COMMAND_BYTES_MAX = SPAN_MAX * SLOT_BYTES - HEADER_BYTES;

  private final int size;
  private final int mask;
  private final UnsafeBuffer slots;
  private final AtomicReferenceArray<@Nullable PendingCommand> pending;
  private final MultiProducerSequencer sequencer;
  private Sequence last = new Sequence();

  /** Racy on purpose: an older value only makes a producer look again. */
  private long freedBefore = -1;

  private final Waiter journalWaiter;
  private final Waiter engineWaiter;

  IngressRing(int size, Waiter journalWaiter, Waiter engineWaiter) {
    this.size = size;
    this.mask = size - 1;
    this.slots = new UnsafeBuffer(BufferUtil.allocateDirectAligned(size * SLOT_BYTES, 64));
    this.pending = new AtomicReferenceArray<>(size);
    this.journalWaiter = journalWaiter;
    this.engineWaiter = engineWaiter;
    this.sequencer = new MultiProducerSequencer(size, new WakeBoth());
  }

  /** Slots are free again once this consumer passed them. */
  void gate(Sequence consumer) {
    last = consumer;
    sequencer.addGatingSequences(consumer);
  }

  int size() {
    return size;
  }

  long cursor() {
    return sequencer.getCursor();
  }

  /** Slots claimed and not yet free. */
  long used() {
    Sequence freed = last;
    freedBefore = freed.get();
    return sequencer.getCursor() - freedBefore;
  }

  /** As {@link #used}, for whoever only watches: leaves what producers remember alone. */
  long usedNow() {
    return Math.max(0, sequencer.getCursor() - last.get());
  }

  /** The same by an older look, without touching the consumer's cache line. */
  private long usedAtMost() {
    return sequencer.getCursor() - freedBefore;
  }

  /**
   * Claims room for a command.
   *
   * @param limit slots that may be in use afterwards
   * @return the ring sequence to pass to {@link #publish}, -1 when there is no room
   */
  long claim(int length, int limit) {
    int span = (length + HEADER_BYTES + SLOT_BYTES - 1) / SLOT_BYTES;
    if (span > SPAN_MAX) {
      throw new IllegalArgumentException("command of " + length + " bytes");
    }
    while (true) {
      if (usedAtMost() + span > limit && used() + span > limit) {
        return -1;
      }
      long last;
      try {
        last = sequencer.tryNext(span);
      } catch (InsufficientCapacityException full) {
        return -1;
      }
      long first = last - span + 1;
      int at = slotOffset(first);
      boolean wraps = (int) (first & mask) + span > size;
      slots.putInt(at, wraps ? 0 : length);
      slots.putInt(at + 4, span);
      if (!wraps) {
        return first;
      }
      sequencer.publish(first, last);
    }
  }

  /** Fills a claimed place: the command is copied as it is. */
  void fill(long sequence, DirectBuffer command, int offset, int length, long correlation) {
    slots.putLong(slotOffset(sequence) + 8, correlation);
    slots.putBytes(commandOffset(sequence), command, offset, length);
  }

  void pending(long sequence, PendingCommand command) {
    pending.setRelease((int) (sequence & mask), command);
  }

  @Nullable PendingCommand pending(long sequence) {
    return pending.getAcquire((int) (sequence & mask));
  }

  @Nullable PendingCommand takePending(long sequence) {
    int index = (int) (sequence & mask);
    PendingCommand found = pending.getAcquire(index);
    if (found != null) {
      pending.setRelease(index, null);
    }
    return found;
  }

  void publish(long sequence) {
    sequencer.publish(sequence, sequence + span(sequence) - 1);
  }

  /**
   * Highest ring sequence published without a gap from here on; below {@code next} if none.
   *
   * @param slotsMax how far to look, at least {@link #SPAN_MAX}: each slot costs a look
   */
  long published(long next, int slotsMax) {
    long cursor = sequencer.getCursor();
    if (cursor < next) {
      return cursor;
    }
    long end = Math.min(cursor, next + slotsMax - 1);
    long highest = sequencer.getHighestPublishedSequence(next, end);
    // A command of several slots counts when all of them are published.
    return highest >= next && next + span(next) - 1 > highest ? next - 1 : highest;
  }

  int length(long sequence) {
    return slots.getInt(slotOffset(sequence));
  }

  int span(long sequence) {
    return slots.getInt(slotOffset(sequence) + 4);
  }

  long correlation(long sequence) {
    return slots.getLong(slotOffset(sequence) + 8);
  }

  UnsafeBuffer buffer() {
    return slots;
  }

  int commandOffset(long sequence) {
    return slotOffset(sequence) + HEADER_BYTES;
  }

  private int slotOffset(long sequence) {
    return (int) (sequence & mask) * SLOT_BYTES;
  }

  /** Producers wake whoever sleeps; the stages wait by {@link Waiter}, never by this strategy. */
  private final class WakeBoth implements WaitStrategy {

    @Override
    public long waitFor(
        long sequence, Sequence cursor, Sequence dependent, SequenceBarrier barrier) {
      throw new UnsupportedOperationException("stages wait by Waiter");
    }

    @Override
    public void signalAllWhenBlocking() {
      VarHandle.fullFence();
      journalWaiter.signalAfterFence();
      engineWaiter.signalAfterFence();
    }
  }
}
