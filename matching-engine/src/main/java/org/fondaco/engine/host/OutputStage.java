package org.fondaco.engine.host;

import com.lmax.disruptor.Sequence;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The gate and what is behind it: nothing leaves before its command is both durable and executed.
 * Event hash, read model, answers, listeners, in this order.
 */
final class OutputStage extends Stage {

  static final int CHECKPOINT_INTERVAL = 65_536;

  private static final int BATCH_MAX = 256;

  private final IngressRing ring;
  private final JournalStage journal;
  private final EngineStage engine;
  private final EventRing events;
  private final OutputFeed feed;
  private final EventHash hash;
  private final Sequence answered = new Sequence(0);
  private long next;
  private volatile boolean checkpointWanted;
  private volatile long watermark;
  private long watermarkSeen;
  private volatile BulkIngress.@Nullable Listener listener;
  private final List<GroupListener> listeners = new CopyOnWriteArrayList<>();

  OutputStage(
      IngressRing ring,
      JournalStage journal,
      EngineStage engine,
      OutputFeed feed,
      long eventHash,
      Waiter waiter,
      Halt halt) {
    super("output", waiter, halt);
    this.ring = ring;
    this.journal = journal;
    this.engine = engine;
    this.events = engine.events();
    this.feed = feed;
    this.hash = new EventHash(eventHash);
    this.answered.set(engine.machine().sequence());
  }

  /** Journal sequence of the last command whose outcome left the gate. */
  long answered() {
    return answered.get();
  }

  void listener(BulkIngress.Listener bulkListener) {
    listener = bulkListener;
  }

  void listen(GroupListener listener) {
    listeners.add(listener);
  }

  /** Asks for a checkpoint soon, at whatever sequence; any thread. */
  void wantCheckpoint() {
    checkpointWanted = true;
    waiter.signal();
  }

  /** The history store has everything up to here; any one thread. */
  void watermark(long sequence) {
    watermark = sequence;
    waiter.signal();
  }

  /** A stage before this one made progress: wakes this one if the gate moved. */
  void progressed() {
    VarHandle.fullFence();
    if (waiter.asleep() && gate() > done.get()) {
      waiter.signalAfterFence();
    }
  }

  private long gate() {
    return Math.min(journal.done.get(), engine.done.get());
  }

  @Override
  boolean ready() {
    return gate() >= next || checkpointWanted || watermark != watermarkSeen;
  }

  @Override
  boolean work() {
    if (watermark != watermarkSeen) {
      watermarkSeen = watermark;
      feed.watermark(watermarkSeen);
    }
    long highest = gate();
    if (highest < next) {
      return checkpointIfWanted();
    }
    for (int i = 0; i < BATCH_MAX && next <= highest; i++) {
      if (ring.length(next) > 0) {
        group();
      }
      next += ring.span(next);
    }
    done.set(next - 1);
    checkpointIfWanted();
    return true;
  }

  private void group() {
    int length = events.groupLength();
    DirectBuffer buffer = events.groupBuffer();
    int offset = events.groupOffset();
    long sequence = events.groupSequence();
    long time = events.groupTime();
    hash.add(buffer, offset, length);
    feed.apply(sequence, time, buffer, offset, length);
    PendingCommand pending = ring.takePending(next);
    if (pending != null) {
      pending.complete(LazyEvents.result(sequence, time, buffer, offset, length));
    }
    BulkIngress.Listener bulk = listener;
    long correlation = ring.correlation(next);
    if (bulk != null && correlation != 0) {
      bulk.answered(correlation, sequence, buffer, offset, length);
    }
    for (GroupListener each : listeners) {
      each.group(sequence, time, buffer, offset, length);
    }
    events.release();
    answered.set(sequence);
    if (sequence % CHECKPOINT_INTERVAL == 0) {
      journal.checkpoint(sequence, hash.value());
    }
  }

  private boolean checkpointIfWanted() {
    if (!checkpointWanted) {
      return false;
    }
    checkpointWanted = false;
    journal.checkpoint(answered.get(), hash.value());
    return true;
  }

  /** The last word before a stop, so that the replica can prove the whole history. */
  @Override
  void finish() {
    journal.checkpoint(answered.get(), hash.value());
  }
}
