package org.fondaco.engine.host;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.fondaco.engine.core.StateMachine;
import org.fondaco.engine.journal.Journal;
import org.fondaco.engine.journal.JournalReader;
import org.fondaco.engine.journal.JournalScan;
import org.fondaco.engine.journal.JournalSettings;
import org.fondaco.engine.journal.SnapshotStore;
import org.fondaco.engine.journal.Storage;
import org.fondaco.engine.sbe.MessageHeaderDecoder;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a running venue, in the order that a command passes them: gateway, ring, journal
 * beside engine, output; and behind the journal the replica.
 */
final class Pipeline {

  private static final long DRAIN_NANOS_MAX = 60_000_000_000L;
  private static final long REPLICA_PATIENCE_NANOS = 10_000_000_000L;
  private static final long SLEEP_NANOS = 20_000_000L;

  private final Halt halt = new Halt();
  private final Closeable lock;
  private final Journal journal;
  private final ExecutorService allocator;
  private final IngressRing ring;
  private final JournalStage journalStage;
  private final EngineStage engineStage;
  private final OutputStage outputStage;
  private final Gateway gateway;
  private final Timer timer;
  private final Replica replica;
  private final RecoveryReport report;
  private boolean closed;

  static Pipeline open(
      HostConfig config,
      Storage storage,
      Closeable lock,
      JournalScan scan,
      Follower replayed,
      Follower replica,
      Projection projection,
      SnapshotStore snapshots,
      OutputFeed feed,
      RecoveryReport report)
      throws IOException {
    ExecutorService allocator =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("fondaco-allocator").daemon().factory());
    Journal journal = null;
    boolean open = false;
    try {
      JournalSettings settings =
          new JournalSettings(
              config.segmentBytes(),
              config.inFlightBytes(),
              config.journalLimitBytes(),
              MessageHeaderDecoder.SCHEMA_VERSION,
              replayed.machine().semanticsVersion());
      journal = Journal.open(storage, scan, settings, allocator);
      journal.snapshotted(report.snapshotSequence(), 0);
      JournalReader reader =
          new JournalReader(storage, replica.machine().sequence(), journal::syncedPosition);
      Pipeline pipeline =
          new Pipeline(
              config,
              lock,
              journal,
              allocator,
              replayed,
              replica,
              reader,
              projection,
              snapshots,
              feed,
              report);
      pipeline.start();
      open = true;
      return pipeline;
    } finally {
      if (!open) {
        // The folder is about to be given back: nobody may still be allocating in it.
        allocator.close();
        if (journal != null) {
          journal.close();
        }
      }
    }
  }

  private Pipeline(
      HostConfig config,
      Closeable lock,
      Journal journal,
      ExecutorService allocator,
      Follower replayed,
      Follower replicaFollower,
      JournalReader reader,
      Projection projection,
      SnapshotStore snapshots,
      OutputFeed feed,
      RecoveryReport report) {
    this.lock = lock;
    this.report = report;
    StateMachine machine = replayed.machine();
    WaitProfile wait = config.waitProfile();
    this.allocator = allocator;
    this.journal = journal;
    Waiter journalWaiter = new Waiter(wait, SLEEP_NANOS);
    Waiter engineWaiter = new Waiter(wait, SLEEP_NANOS);
    Waiter outputWaiter = new Waiter(wait, SLEEP_NANOS);
    this.ring = new IngressRing(config.ringSlots(), journalWaiter, engineWaiter);
    this.journalStage = new JournalStage(ring, journal, machine.sequence(), journalWaiter, halt);
    this.engineStage = new EngineStage(ring, machine, config.eventRingBytes(), engineWaiter, halt);
    this.outputStage =
        new OutputStage(
            ring, journalStage, engineStage, feed, replayed.eventHash(), outputWaiter, halt);
    ring.gate(outputStage.done);
    this.gateway = new Gateway(ring, journal, outputStage, config.clock(), halt);
    this.timer = new Timer(gateway, engineStage, config.answerTimeout().toNanos());
    this.replica =
        new Replica(
            replicaFollower,
            reader,
            journal,
            projection,
            snapshots,
            outputStage,
            ring,
            config,
            new Waiter(WaitProfile.BLOCKING, SLEEP_NANOS),
            halt);
    engineStage.onProgress(outputStage::progressed);
    journalStage.onSynced(() -> {
      outputWaiter.signal();
      replica.wake();
    });
    halt.cause().thenAccept(cause -> gateway.fail("the venue halted: " + cause.getMessage()));
  }

  private void start() {
    outputStage.start();
    engineStage.start();
    journalStage.start();
    replica.start();
    timer.start();
  }

  EngineGateway gateway() {
    return gateway;
  }

  BulkIngress bulk(BulkIngress.Listener listener) {
    outputStage.listener(listener);
    return gateway;
  }

  void listen(GroupListener listener) {
    outputStage.listen(listener);
  }

  RecoveryReport recovery() {
    return report;
  }

  CompletableFuture<Throwable> halted() {
    return halt.cause();
  }

  long journalBytes() {
    return journal.totalBytes();
  }

  int ringSlots() {
    return ring.size();
  }

  long ringSlotsUsed() {
    return ring.usedNow();
  }

  boolean hasRoom() {
    return journal.room() == Journal.Room.ALL;
  }

  void observeSyncs(LongConsumer observer) {
    journalStage.observe(observer);
  }

  synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    boolean ran = !halt.halted();
    gateway.stop();
    timer.stop();
    try {
      drain();
      // Each stage may still speak to the next one on this list while it ends.
      engineStage.stop();
      engineStage.join();
      outputStage.stop();
      outputStage.join();
      journalStage.stop();
      journalStage.join();
      proveAndSnapshot();
      Throwable broken = halt.why();
      if (ran && broken != null) {
        throw new IllegalStateException("The venue halted while it stopped", broken);
      }
    } catch (IOException broken) {
      throw new IllegalStateException("The venue did not close cleanly", broken);
    } finally {
      gateway.fail("the venue stopped");
      release();
    }
  }

  private void drain() {
    long deadline = System.nanoTime() + DRAIN_NANOS_MAX;
    while (outputStage.done.get() < ring.cursor()
        && !halt.halted()
        && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(200_000);
    }
  }

  private void proveAndSnapshot() throws IOException {
    StateMachine machine = engineStage.machine();
    long @Nullable [] replicaHash =
        replica.finish(machine.sequence(), REPLICA_PATIENCE_NANOS).join();
    if (replicaHash == null || halt.halted()) {
      return; // the projection's store is down, or the venue halted: nothing to compare with
    }
    if (!Arrays.equals(replicaHash, machine.stateHash())) {
      throw new IllegalStateException(
          "At sequence "
              + machine.sequence()
              + " the state of the replica differs from the live state");
    }
    replica.snapshotAtEnd();
  }

  private void release() {
    try (lock;
        journal;
        allocator) {
      replica.close();
    } catch (IOException unusable) {
      throw new IllegalStateException("The data folder could not be released", unusable);
    }
  }
}
