package org.fondaco.engine.host;

import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongConsumer;
import org.fondaco.engine.journal.Journal;

/** Writes commands in batches, one fdatasync a batch: what arrives meanwhile is the next batch. */
final class JournalStage extends Stage {

  /** Bounds the time of one fdatasync. */
  private static final int BATCH_BYTES_MAX = 768 * 1024;

  /** About as many slots as fill a batch. */
  private static final int SLOTS_MAX = 8 * 1024;

  private static final long IDLE_SYNC_NANOS = 20_000_000L;

  private final IngressRing ring;
  private final Journal journal;
  private final ConcurrentLinkedQueue<Checkpoint> checkpoints = new ConcurrentLinkedQueue<>();
  private Runnable synced = () -> {};
  private volatile LongConsumer observer = nanos -> {};
  private long next;
  private long sequence;
  private boolean unproven;
  private long lastFlushNanos;

  private record Checkpoint(long sequence, long eventHash) {}

  JournalStage(IngressRing ring, Journal journal, long lastSequence, Waiter waiter, Halt halt) {
    super("journal", waiter, halt);
    this.ring = ring;
    this.journal = journal;
    this.sequence = lastSequence;
  }

  /** Whom to tell after each fdatasync; before start only. */
  void onSynced(Runnable listener) {
    synced = listener;
  }

  /** Called by the output thread. */
  void checkpoint(long at, long eventHash) {
    checkpoints.add(new Checkpoint(at, eventHash));
    waiter.signal();
  }

  @Override
  boolean ready() {
    return ring.published(next, IngressRing.SPAN_MAX) >= next || !checkpoints.isEmpty();
  }

  @Override
  boolean work() throws IOException {
    long highest = ring.published(next, SLOTS_MAX);
    boolean commands = highest >= next;
    if (!commands && checkpoints.isEmpty()) {
      return false;
    }
    int bytes = 0;
    while (next <= highest && bytes < BATCH_BYTES_MAX) {
      int span = ring.span(next);
      if (next + span - 1 > highest) {
        break;
      }
      int length = ring.length(next);
      if (length > 0) {
        int at = ring.commandOffset(next);
        sequence++;
        journal.append(sequence, Wire.time(ring.buffer(), at), ring.buffer(), at, length);
        bytes += length;
      }
      next += span;
    }
    Checkpoint checkpoint = checkpoints.poll();
    if (checkpoint != null) {
      journal.appendCheckpoint(checkpoint.sequence(), checkpoint.eventHash());
    }
    flush();
    unproven = true;
    return true;
  }

  void observe(LongConsumer syncObserver) {
    observer = syncObserver;
  }

  private void flush() throws IOException {
    long began = System.nanoTime();
    journal.flush();
    long took = System.nanoTime() - began;
    journal.maintain();
    lastFlushNanos = System.nanoTime();
    observer.accept(took);
    done.set(next - 1);
    synced.run();
  }

  /** When idle, one frame proves that all before it is durable. */
  @Override
  void idle() throws IOException {
    if (unproven && System.nanoTime() - lastFlushNanos > IDLE_SYNC_NANOS) {
      prove();
    }
    journal.maintain();
  }

  @Override
  void finish() throws IOException {
    prove();
  }

  private void prove() throws IOException {
    journal.appendSync();
    flush();
    unproven = false;
  }
}
