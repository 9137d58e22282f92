package org.fondaco.engine.host;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.fondaco.engine.core.StateMachine;
import org.fondaco.engine.journal.Journal;
import org.fondaco.engine.journal.JournalReader;
import org.fondaco.engine.journal.SnapshotStore;
import org.jspecify.annotations.Nullable;

/**
 * A second machine that follows what is durable: it feeds the projection, proves that the events
 * are reproducible, and writes the snapshots. Trading never waits for it.
 */
final class Replica implements Runnable {

  private static final int COMMIT_GROUPS_MAX = 8_192;
  private static final long COMMIT_BYTES_MAX = 8 << 20;
  private static final long COMMIT_NANOS_MAX = 20_000_000L;
  private static final long RETRY_NANOS_MIN = 50_000_000L;
  private static final long RETRY_NANOS_MAX = 2_000_000_000L;

  private static final long SNAPSHOT_RETRY_NANOS = 1_000_000_000L;

  private final Follower follower;
  private final JournalReader reader;
  private final Journal journal;
  private final Projection projection;
  private final SnapshotStore snapshots;
  private final OutputStage output;
  private final IngressRing ring;
  private final Waiter waiter;
  private final Halt halt;
  private final long snapshotInterval;
  private final Thread thread =
      Thread.ofPlatform().name("fondaco-replica").daemon().unstarted(this);
  private final CompletableFuture<long @Nullable []> finished = new CompletableFuture<>();

  private long delivered;
  private int groups;
  private long bytes;
  private long firstUncommittedNanos;
  private long snapshotSequence;
  private long unpublishedSnapshot;
  private long snapshotRetryNanos = System.nanoTime();
  private volatile boolean stopping;
  private volatile long stopAt = Long.MAX_VALUE;
  private volatile long giveUpNanos;

  Replica(
      Follower follower,
      JournalReader reader,
      Journal journal,
      Projection projection,
      SnapshotStore snapshots,
      OutputStage output,
      IngressRing ring,
      HostConfig config,
      Waiter waiter,
      Halt halt) {
    this.follower = follower;
    this.reader = reader;
    this.journal = journal;
    this.projection = projection;
    this.snapshots = snapshots;
    this.output = output;
    this.ring = ring;
    this.waiter = waiter;
    this.halt = halt;
    this.snapshotInterval = config.snapshotInterval();
    this.delivered = projection.watermark();
    this.snapshotSequence = follower.machine().sequence();
  }

  void start() {
    thread.start();
  }

  /** Something was synced. */
  void wake() {
    waiter.signalAfterFence();
  }

  /**
   * Asks the replica to come to the end and stop.
   *
   * @param sequence the last command there will be
   * @param patienceNanos how long it may try
   * @return state hash at that sequence, null when it was not reached (a database that is down)
   */
  CompletableFuture<long @Nullable []> finish(long sequence, long patienceNanos) {
    giveUpNanos = System.nanoTime() + patienceNanos;
    stopAt = sequence;
    stopping = true;
    waiter.signal();
    return finished;
  }

  private boolean impatient() {
    return halt.halted() || stopping && System.nanoTime() - giveUpNanos > 0;
  }

  @Override
  public void run() {
    waiter.adopt();
    try {
      output.watermark(projection.watermark());
      while (!impatient() && !(stopping && atEnd())) {
        if (!yieldToTrading() && step()) {
          waiter.worked();
        } else {
          idle();
        }
      }
      boolean complete = !halt.halted() && atEnd() && commit();
      finished.complete(complete ? follower.machine().stateHash() : null);
    } catch (Throwable broken) {
      halt.halt(broken);
      finished.complete(null);
    }
  }

  /** All commands and the last checkpoint are read. */
  private boolean atEnd() {
    return follower.machine().sequence() >= stopAt && follower.matchedSequence() >= stopAt;
  }

  /** While the ring fills, the cores belong to those who answer. */
  private boolean yieldToTrading() {
    if (stopping || ring.used() < ring.size() / 4) {
      return false;
    }
    LockSupport.parkNanos(200_000);
    return follower.machine().sequence() + 20L * ring.size() > journal.syncedSequence();
  }

  private boolean step() throws IOException {
    if (!reader.next()) {
      return false;
    }
    if (!follower.step(reader)) {
      publishSnapshot();
      return true;
    }
    long sequence = follower.machine().sequence();
    if (sequence > delivered) {
      deliver(sequence);
    }
    if (groups > 0
        && (follower.marked()
            || groups >= COMMIT_GROUPS_MAX
            || bytes >= COMMIT_BYTES_MAX
            || (groups & 63) == 0
                && System.nanoTime() - firstUncommittedNanos > COMMIT_NANOS_MAX)) {
      commit();
    }
    return true;
  }

  private void deliver(long sequence) {
    if (groups == 0) {
      firstUncommittedNanos = System.nanoTime();
    }
    projection.group(
        sequence, follower.machine().time(), follower.group(), 0, follower.groupLength());
    if (follower.marked()) {
      long[] hash = follower.machine().ledgerHash();
      projection.marked(sequence, hash[0], hash[1]);
    }
    delivered = sequence;
    groups++;
    bytes += follower.groupLength();
  }

  /** Returns whether everything delivered is committed; false only when giving up. */
  private boolean commit() {
    long pause = RETRY_NANOS_MIN;
    while (groups > 0) {
      try {
        projection.commit();
        groups = 0;
        bytes = 0;
      } catch (Projection.ProjectionUnavailable down) {
        if (impatient()) {
          return false;
        }
        LockSupport.parkNanos(pause);
        pause = Math.min(2 * pause, RETRY_NANOS_MAX);
      }
    }
    output.watermark(projection.watermark());
    snapshotIfDue();
    return true;
  }

  private void idle() {
    if (groups > 0) {
      commit();
    } else {
      if (journal.room() != Journal.Room.ALL) {
        snapshotIfDue();
      }
      waiter.idle(this::ready);
    }
  }

  private boolean ready() {
    return stopping || halt.halted() || reader.behind();
  }

  /** Only what the history store has may be in a snapshot: its groups are never delivered again. */
  private void snapshotIfDue() {
    long sequence = follower.machine().sequence();
    // A journal at its limit cannot wait for the interval: only a snapshot makes room.
    long interval = journal.room() == Journal.Room.ALL ? snapshotInterval : 1;
    if (sequence - snapshotSequence >= interval
        && projection.watermark() >= sequence
        && System.nanoTime() - snapshotRetryNanos > 0
        && write(sequence)) {
      output.wantCheckpoint();
    }
  }

  /** Writes it unpublished; false when the disk has no room: trading goes on, it is tried later. */
  private boolean write(long sequence) {
    StateMachine machine = follower.machine();
    long[] hash = machine.stateHash();
    SnapshotStore.Header header =
        new SnapshotStore.Header(
            machine.semanticsVersion(),
            sequence,
            machine.time(),
            follower.eventHash(),
            hash[0],
            hash[1]);
    try {
      snapshots.write(header, machine::writeSnapshot);
    } catch (IOException full) {
      snapshotRetryNanos = System.nanoTime() + SNAPSHOT_RETRY_NANOS;
      return false;
    }
    unpublishedSnapshot = sequence;
    snapshotSequence = sequence;
    return true;
  }

  /** A later checkpoint that agreed proves the snapshot too, because the hash rolls. */
  private void publishSnapshot() throws IOException {
    if (unpublishedSnapshot > 0 && follower.matchedSequence() >= unpublishedSnapshot) {
      snapshots.publish(unpublishedSnapshot);
      unpublishedSnapshot = 0;
      journal.snapshotted(snapshotSequence, snapshots.olderSequence());
    }
  }

  /**
   * After {@link #finish}: leaves a snapshot of the end, so that the next start replays nothing.
   */
  void snapshotAtEnd() throws IOException {
    long sequence = follower.machine().sequence();
    boolean published = unpublishedSnapshot == 0;
    if ((sequence > snapshotSequence || !published) && write(sequence)) {
      publishSnapshot();
    }
  }

  void close() throws IOException {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    reader.close();
  }
}
