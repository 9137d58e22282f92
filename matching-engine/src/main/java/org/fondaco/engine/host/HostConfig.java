package org.fondaco.engine.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How an engine is hosted.
 *
 * @param folder data folder of journal and snapshots, created when missing
 * @param segmentBytes length of a journal segment, at least 2 × 320 × ringSlots
 * @param ringSlots ingress slots of 256 bytes, a power of two
 * @param eventRingBytes room for events between engine and output thread, a power of two
 * @param waitProfile how threads wait
 * @param snapshotInterval commands between snapshots
 * @param journalLimitBytes orders are refused while the journal behind the newest snapshot is
 *     longer than this; on disk there may be about twice as much
 * @param answerTimeout after which an unanswered command is reported as unknown
 * @param clock wall and monotonic clock
 * @param progress hears of a long replay, about once per 2^20 commands
 */
public record HostConfig(
    Path folder,
    int segmentBytes,
    int ringSlots,
    int eventRingBytes,
    WaitProfile waitProfile,
    long snapshotInterval,
    long journalLimitBytes,
    Duration answerTimeout,
    TimeSource clock,
    Consumer<RecoveryProgress> progress) {

  /** Most bytes that one slot can take in the journal. */
  private static final int JOURNAL_BYTES_PER_SLOT = 320;

  public HostConfig {
    if (Integer.bitCount(ringSlots) != 1 || ringSlots < 64 || ringSlots > 1 << 17) {
      throw new IllegalArgumentException(
          "ringSlots is a power of two from 64 to 131072: " + ringSlots);
    }
    if (Integer.bitCount(eventRingBytes) != 1 || eventRingBytes < 4096) {
      throw new IllegalArgumentException(
          "eventRingBytes is a power of two from 4096: " + eventRingBytes);
    }
    if (snapshotInterval < 1) {
      throw new IllegalArgumentException("snapshotInterval " + snapshotInterval);
    }
  }

  /** For a venue: 64 MiB segments, 65,536 slots, a snapshot every million commands. */
  public static HostConfig standard(Path folder) {
    return new HostConfig(
        folder,
        64 << 20,
        1 << 16,
        1 << 24,
        WaitProfile.BLOCKING,
        1_000_000,
        16L << 30,
        Duration.ofSeconds(10),
        TimeSource.system(),
        _ -> {});
  }

  /** For tests: 2 MiB segments, 1,024 slots, a snapshot every 10,000 commands. */
  public static HostConfig small(Path folder) {
    return new HostConfig(
        folder,
        2 << 20,
        1 << 10,
        1 << 20,
        WaitProfile.BLOCKING,
        10_000,
        1L << 30,
        Duration.ofSeconds(10),
        TimeSource.system(),
        _ -> {});
  }

  long inFlightBytes() {
    return (long) ringSlots * JOURNAL_BYTES_PER_SLOT;
  }

  public HostConfig withSegmentBytes(int bytes) {
    return new HostConfig(
        folder,
        bytes,
        ringSlots,
        eventRingBytes,
        waitProfile,
        snapshotInterval,
        journalLimitBytes,
        answerTimeout,
        clock,
        progress);
  }

  public HostConfig withRing(int slots, int eventBytes) {
    return new HostConfig(
        folder,
        segmentBytes,
        slots,
        eventBytes,
        waitProfile,
        snapshotInterval,
        journalLimitBytes,
        answerTimeout,
        clock,
        progress);
  }

  public HostConfig withWaitProfile(WaitProfile profile) {
    return new HostConfig(
        folder,
        segmentBytes,
        ringSlots,
        eventRingBytes,
        profile,
        snapshotInterval,
        journalLimitBytes,
        answerTimeout,
        clock,
        progress);
  }

  public HostConfig withSnapshotInterval(long commands) {
    return new HostConfig(
        folder,
        segmentBytes,
        ringSlots,
        eventRingBytes,
        waitProfile,
        commands,
        journalLimitBytes,
        answerTimeout,
        clock,
        progress);
  }

  public HostConfig withJournalLimitBytes(long bytes) {
    return new HostConfig(
        folder,
        segmentBytes,
        ringSlots,
        eventRingBytes,
        waitProfile,
        snapshotInterval,
        bytes,
        answerTimeout,
        clock,
        progress);
  }

  public HostConfig withAnswerTimeout(Duration timeout) {
    return new HostConfig(
        folder,
        segmentBytes,
        ringSlots,
        eventRingBytes,
        waitProfile,
        snapshotInterval,
        journalLimitBytes,
        timeout,
        clock,
        progress);
  }

  public HostConfig withClock(TimeSource source) {
    return new HostConfig(
        folder,
        segmentBytes,
        ringSlots,
        eventRingBytes,
        waitProfile,
        snapshotInterval,
        journalLimitBytes,
        answerTimeout,
        source,
        progress);
  }

  public HostConfig withProgress(Consumer<RecoveryProgress> listener) {
    return new HostConfig(
        folder,
        segmentBytes,
        ringSlots,
        eventRingBytes,
        waitProfile,
        snapshotInterval,
        journalLimitBytes,
        answerTimeout,
        clock,
        listener);
  }
}
