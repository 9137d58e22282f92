package org.fondaco.bench.engine;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.YieldingWaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The engine in process with one producer: the calling thread copies each command into a ring, the
 * engine's thread applies it and reads its events. Both wait by yielding, as the peer is told to.
 */
public final class RingRun {

  private static final int SLOTS = 1 << 14;
  private static final int SLOT_BYTES = 256;

  private RingRun() {}

  /** A ring slot. */
  private static final class Slot {
    private final UnsafeBuffer bytes;
    private int length;

    Slot() {
      bytes = new UnsafeBuffer(java.nio.ByteBuffer.allocateDirect(SLOT_BYTES));
    }
  }

  /**
   * Runs the commands.
   *
   * @return nanoseconds from the first command to the end of the last
   */
  public static long nanoseconds(Contender contender, EncodedCommands commands)
      throws InterruptedException {
    Disruptor<Slot> disruptor =
        new Disruptor<>(
            Slot::new,
            SLOTS,
            task -> new Thread(task, "bench-engine"),
            ProducerType.SINGLE,
            new YieldingWaitStrategy());
    CountDownLatch finished = new CountDownLatch(1);
    long last = contender.done() + commands.count();
    EventHandler<Slot> handler =
        (slot, sequence, endOfBatch) -> {
          contender.apply(slot.bytes, 0, slot.length);
          if (contender.done() == last) {
            finished.countDown();
          }
        };
    disruptor.handleEventsWith(handler);
    var ring = disruptor.start();
    try {
      long start = System.nanoTime();
      int count = commands.count();
      for (int i = 0; i < count; i++) {
        while (!ring.hasAvailableCapacity(1)) {
          // The engine has work for a millisecond; spinning here would only take its core.
          LockSupport.parkNanos(50_000);
        }
        long sequence = ring.next();
        Slot slot = ring.get(sequence);
        slot.length = commands.length(i);
        slot.bytes.putBytes(0, commands.buffer(i), commands.offset(i), slot.length);
        ring.publish(sequence);
      }
      finished.await();
      return System.nanoTime() - start;
    } finally {
      disruptor.shutdown();
    }
  }
}
