package org.fondaco.engine.host;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.fondaco.engine.core.StateMachine;
import org.fondaco.engine.journal.JournalDamaged;
import org.fondaco.engine.journal.JournalReader;
import org.fondaco.engine.journal.JournalScan;
import org.fondaco.engine.journal.SnapshotStore;
import org.fondaco.engine.journal.Storage;
import org.jspecify.annotations.Nullable;

/**
 * From a folder to a running pipeline: lock; newest valid snapshot; scan; prime the read model;
 * replay, comparing checkpoints; start a new segment behind the valid end; open.
 */
final class Recovery {

  private static final long PROGRESS_MASK = (1 << 20) - 1;

  private final HostConfig config;
  private final Storage storage;
  private final Supplier<StateMachine> machines;
  private final Projection projection;
  private final OutputFeed feed;
  private final SnapshotStore snapshots;
  private final List<String> damaged = new ArrayList<>();

  private record Snapshot(SnapshotStore.Candidate candidate, SnapshotStore.Header header) {}

  private Recovery(
      HostConfig config,
      Storage storage,
      Supplier<StateMachine> machines,
      Projection projection,
      OutputFeed feed) {
    this.config = config;
    this.storage = storage;
    this.machines = machines;
    this.projection = projection;
    this.feed = feed;
    this.snapshots = new SnapshotStore(storage);
  }

  static Pipeline recover(
      HostConfig config,
      Storage storage,
      Supplier<StateMachine> machines,
      Projection projection,
      OutputFeed feed)
      throws IOException {
    Closeable lock = storage.lock();
    boolean open = false;
    try {
      Pipeline pipeline = new Recovery(config, storage, machines, projection, feed).run(lock);
      open = true;
      return pipeline;
    } finally {
      if (!open) {
        lock.close();
      }
    }
  }

  private Pipeline run(Closeable lock) throws IOException {
    List<Snapshot> valid = validSnapshots();
    long proven = 0;
    for (SnapshotStore.Candidate candidate : snapshots.candidates()) {
      proven = Math.max(proven, candidate.sequence());
    }
    Snapshot newest = valid.isEmpty() ? null : valid.getFirst();
    if (projection instanceof NoProjection none) {
      none.resumeAt(sequence(newest));
    }
    long watermark = projection.watermark();
    Snapshot forReplica = newestAtOrBelow(valid, watermark);
    JournalScan scan = JournalScan.scan(storage, sequence(forReplica), proven);
    requireNotBehind(scan, watermark);

    StateMachine live = restore(newest);
    if (newest != null) {
      prime(live);
    }
    long started = System.nanoTime();
    Follower replayed = replay(live, newest, scan);
    long replayMillis = (System.nanoTime() - started) / 1_000_000;
    feed.watermark(watermark);

    RecoveryReport report =
        new RecoveryReport(
            sequence(newest),
            scan.lastSequence(),
            scan.lastSequence() - sequence(newest),
            replayMillis,
            scan.endsAt(),
            scan.discardedFrames(),
            List.copyOf(damaged),
            List.copyOf(scan.skips().keySet()));
    Follower replica = new Follower(restore(forReplica), eventHash(forReplica), scan.skips());
    return Pipeline.open(
        config, storage, lock, scan, replayed, replica, projection, snapshots, feed, report);
  }

  private List<Snapshot> validSnapshots() throws IOException {
    List<Snapshot> valid = new ArrayList<>();
    for (SnapshotStore.Candidate candidate : snapshots.candidates()) {
      try {
        valid.add(new Snapshot(candidate, snapshots.verify(candidate)));
      } catch (JournalDamaged broken) {
        damaged.add(String.valueOf(broken.getMessage()));
      }
    }
    return valid;
  }

  private static long sequence(@Nullable Snapshot snapshot) {
    return snapshot == null ? 0 : snapshot.header().sequence();
  }

  private static long eventHash(@Nullable Snapshot snapshot) {
    return snapshot == null ? 0 : snapshot.header().eventHash();
  }

  private static @Nullable Snapshot newestAtOrBelow(List<Snapshot> valid, long watermark) {
    for (Snapshot snapshot : valid) {
      if (sequence(snapshot) <= watermark) {
        return snapshot;
      }
    }
    return null;
  }

  private void requireNotBehind(JournalScan scan, long watermark) {
    if (watermark > scan.lastSequence()) {
      throw new RecoveryFailed(
          "The database has committed sequence "
              + watermark
              + ", but the journal in "
              + config.folder()
              + " ends with sequence "
              + scan.lastSequence()
              + " at "
              + scan.endsAt()
              + ". The database is newer than this data folder: restore the folder that belongs to"
              + " it, or an older database.",
          null);
    }
  }

  private StateMachine restore(@Nullable Snapshot snapshot) throws IOException {
    StateMachine machine = machines.get();
    if (snapshot == null) {
      return machine;
    }
    SnapshotStore.Header header = snapshot.header();
    String name = storage.describe(snapshot.candidate().name());
    if (header.semanticsVersion() != machine.semanticsVersion()) {
      throw new RecoveryFailed(
          "Snapshot "
              + name
              + " was written by engine semantics "
              + header.semanticsVersion()
              + "; this program has "
              + machine.semanticsVersion()
              + ".",
          null);
    }
    snapshots.read(snapshot.candidate(), machine::readSnapshot);
    long[] hash = machine.stateHash();
    if (machine.sequence() != header.sequence()
        || hash[0] != header.stateHashHigh()
        || hash[1] != header.stateHashLow()) {
      throw new RecoveryFailed(
          "Snapshot " + name + " does not give the state it was made of", null);
    }
    return machine;
  }

  private void prime(StateMachine machine) {
    GroupBuffer state = new GroupBuffer();
    machine.describe(state);
    feed.apply(machine.sequence(), machine.time(), state.buffer(), 0, state.length());
  }

  private Follower replay(StateMachine machine, @Nullable Snapshot from, JournalScan scan)
      throws IOException {
    Follower follower = new Follower(machine, eventHash(from), scan.skips());
    try (JournalReader reader = new JournalReader(storage, sequence(from), scan::endPosition)) {
      while (reader.next()) {
        if (follower.step(reader)) {
          long sequence = machine.sequence();
          feed.apply(sequence, machine.time(), follower.group(), 0, follower.groupLength());
          if ((sequence & PROGRESS_MASK) == 0) {
            config.progress().accept(new RecoveryProgress(sequence, scan.lastSequence()));
          }
        }
      }
    }
    return follower;
  }
}
