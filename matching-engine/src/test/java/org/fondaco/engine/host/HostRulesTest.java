package org.fondaco.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.TransferLeg;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a start, the clock and a slow database may and may not do. */
@Timeout(60)
class HostRulesTest {

  private static final Command ORDER = EngineHostTest.transfer(1, 1000, 1);
  private static final long HOUR = 3_600_000_000L;

  @TempDir Path folder;

  /** Wall and monotonic clock that stand still until turned. */
  private static final class HandClock implements TimeSource {
    final AtomicLong wallMicros = new AtomicLong(1_000 * HOUR);
    final AtomicLong monotonicNanos = new AtomicLong();

    @Override
    public long wallMicros() {
      return wallMicros.get();
    }

    @Override
    public long monotonicNanos() {
      return monotonicNanos.get();
    }

    void pass(long micros) {
      monotonicNanos.addAndGet(micros * 1_000);
      wallMicros.addAndGet(micros);
    }
  }

  /** A store that can be down; checks that every group comes once and in order. */
  private static final class SwitchedProjection implements Projection {
    private long delivered;
    private volatile long committed;
    volatile boolean down;

    @Override
    public long watermark() {
      return committed;
    }

    @Override
    public void group(long sequence, long time, DirectBuffer events, int offset, int length) {
      if (sequence != delivered + 1) {
        throw new IllegalStateException("group " + sequence + " after " + delivered);
      }
      delivered = sequence;
    }

    @Override
    public void commit() throws ProjectionUnavailable {
      if (down) {
        throw new ProjectionUnavailable("down", new IOException("connection refused"));
      }
      committed = delivered;
    }
  }

  private EngineHost start(HostConfig config, Projection projection) throws IOException {
    return EngineHost.start(config, ToyMachine::new, projection);
  }

  private static void order(EngineHost host, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      host.gateway().submit(ORDER).get(5, TimeUnit.SECONDS);
    }
  }

  private static boolean accepted(EngineHost host) throws Exception {
    try {
      order(host, 1);
      return true;
    } catch (ExecutionException refused) {
      assertThat(refused.getCause()).hasMessage("the journal is near its limit");
      return false;
    }
  }

  private List<String> files(String kind) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(kind))
          .sorted()
          .toList();
    }
  }

  @Test
  void otherSemanticsAreRefusedInJournalAndSnapshot() throws Exception {
    SwitchedProjection projection = new SwitchedProjection();
    projection.down = true; // so that no snapshot is left
    HostConfig config = HostConfig.small(folder);
    EngineHost abandoned = start(config, projection);
    order(abandoned, 1);
    projection.down = false;
    abandoned.close();

    assertThat(files("snapshot-")).hasSize(1);
    assertThatThrownBy(() -> EngineHost.start(config, () -> new ToyMachine(2), new NoProjection()))
        .isInstanceOf(RecoveryFailed.class)
        .hasMessageContaining("written by engine semantics 1; this program has 2");
    Files.delete(folder.resolve(files("snapshot-").getFirst()));
    assertThatThrownBy(() -> EngineHost.start(config, () -> new ToyMachine(2), new NoProjection()))
        .isInstanceOf(RecoveryFailed.class)
        .hasMessageContaining("Sequence 1 was written by engine semantics 1");
  }

  @Test
  void aDatabaseNewerThanTheFolderIsRefused() throws Exception {
    SwitchedProjection ahead = new SwitchedProjection();
    ahead.committed = 5;
    assertThatThrownBy(() -> start(HostConfig.small(folder), ahead))
        .isInstanceOf(RecoveryFailed.class)
        .hasMessageContaining("The database has committed sequence 5")
        .hasMessageContaining("ends with sequence 0");
  }

  @Test
  void aDamagedNewestSnapshotFallsBackToTheOlderOne() throws Exception {
    for (int run = 0; run < 2; run++) {
      try (EngineHost host = start(HostConfig.small(folder), new NoProjection())) {
        order(host, 10);
      }
    }
    List<String> snapshots = files("snapshot-");
    assertThat(snapshots).hasSize(2);
    byte[] newest = Files.readAllBytes(folder.resolve(snapshots.getLast()));
    newest[newest.length - 1] ^= 1;
    Files.write(folder.resolve(snapshots.getLast()), newest);

    try (EngineHost host = start(HostConfig.small(folder), new NoProjection())) {
      assertThat(host.recovery().snapshotSequence()).isEqualTo(10);
      assertThat(host.recovery().replayed()).isEqualTo(10);
      assertThat(host.recovery().damagedSnapshots())
          .singleElement()
          .asString()
          .contains(snapshots.getLast())
          .contains("damaged body");
    }
  }

  @Test
  void aDatabaseThatIsDownStopsOnlyOrdersAndOnlyAtTheLimit() throws Exception {
    SwitchedProjection projection = new SwitchedProjection();
    projection.down = true;
    HostConfig config =
        HostConfig.small(folder)
            .withRing(64, 8192)
            .withSegmentBytes(64 * 1024)
            .withSnapshotInterval(500)
            .withJournalLimitBytes(5 * 64 * 1024);
    try (EngineHost host = start(config, projection)) {
      // A slow disk makes a producer wait for the next segment; the limit is what does not pass.
      long accepted = 0;
      long refused = 0;
      while (accepted <= 1_000 || refused < 1_000) {
        boolean taken = accepted(host);
        accepted += taken ? 1 : 0;
        refused = taken ? 0 : refused + 1;
      }
      assertThat(host.readModel().watermark()).isZero();
      assertThat(files("snapshot-")).isEmpty();

      projection.down = false;
      // Snapshots pass the old segments, which are deleted, which makes room again.
      host.gateway().submit(new Command.CancelAll(1000, 0)).get(5, TimeUnit.SECONDS);
      while (host.readModel().watermark() < accepted + 1) {
        Thread.onSpinWait();
      }
    }
    assertThat(projection.committed).isGreaterThan(1_000);
    try (EngineHost host = start(config, projection)) {
      assertThat(host.recovery().lastSequence()).isEqualTo(projection.committed);
      for (int i = 0; i < 1_200; ) {
        i += accepted(host) ? 1 : 0;
      }
    }
    assertThat(files("journal-").size()).isLessThan(8);
  }

  @Test
  void aClockThatJumpsAheadIsNotBelieved() throws Exception {
    HandClock clock = new HandClock();
    try (EngineHost host = start(HostConfig.small(folder).withClock(clock), new NoProjection())) {
      order(host, 1);
      clock.wallMicros.addAndGet(HOUR + 1);
      assertThatThrownBy(() -> order(host, 1))
          .hasCauseInstanceOf(EngineGateway.Busy.class)
          .hasMessageContaining("jumped ahead");
      clock.wallMicros.addAndGet(-HOUR - 1);
      clock.pass(5 * HOUR);
      assertThat(host.gateway().submit(ORDER).get(5, TimeUnit.SECONDS).time())
          .isEqualTo(clock.wallMicros());
    }
  }

  /** Engine time never goes back, and timers wait for the wall clock instead of catching up. */
  @Test
  void aClockThatStepsBackStopsTimeAndStartsNoStormOfTicks() throws Exception {
    HandClock clock = new HandClock();
    try (EngineHost host = start(HostConfig.small(folder).withClock(clock), new NoProjection())) {
      long before = host.gateway().submit(ORDER).get(5, TimeUnit.SECONDS).time();
      long deadline = clock.wallMicros() + 10_000_000;
      Command reserve =
          new Command.TransferBatch(
              List.of(new TransferLeg(LegKind.RESERVE, 1000, 0, 1, 5, 0, deadline, 0)));
      host.gateway().submit(reserve).get(5, TimeUnit.SECONDS);
      clock.wallMicros.addAndGet(-HOUR);
      for (int i = 0; i < 100; i++) {
        clock.pass(1_000);
        var answer = host.gateway().submit(ORDER).get(5, TimeUnit.SECONDS);
        assertThat(answer.time()).isGreaterThanOrEqualTo(before);
        assertThat(answer.sequence()).as("no tick in between").isEqualTo(3 + i);
        before = answer.time();
      }
      clock.wallMicros.addAndGet(HOUR);
      clock.pass(10_000_000);
      while (host.readModel().sequence() < 103) {
        Thread.onSpinWait();
      }
      assertThat(host.gateway().submit(ORDER).get(5, TimeUnit.SECONDS).sequence())
          .as("one tick for the hold that came due")
          .isEqualTo(104);
    }
  }

  @Test
  void timeComesByATickWhenAHoldIsDueAndOnlyThen() throws Exception {
    HandClock clock = new HandClock();
    try (EngineHost host = start(HostConfig.small(folder).withClock(clock), new NoProjection())) {
      long deadline = clock.wallMicros() + 10_000_000;
      Command reserve =
          new Command.TransferBatch(
              List.of(new TransferLeg(LegKind.RESERVE, 1000, 0, 1, 5, 0, deadline, 0)));
      host.gateway().submit(reserve).get(5, TimeUnit.SECONDS);
      clock.pass(9_999_999);
      assertThat(host.gateway().submit(ORDER).get(5, TimeUnit.SECONDS).sequence()).isEqualTo(2);
      clock.pass(1);
      while (host.readModel().sequence() < 3) {
        Thread.onSpinWait();
      }
      assertThat(host.readModel().balances(1)).as("the sweep of hold 1").hasSize(2);
      assertThat(host.gateway().submit(ORDER).get(5, TimeUnit.SECONDS).sequence()).isEqualTo(4);
    }
  }

  @Test
  void aStoppedVenueAnswersStopping() throws Exception {
    EngineHost host = start(HostConfig.small(folder), new NoProjection());
    order(host, 3);
    host.close();
    assertThatThrownBy(() -> order(host, 1)).hasCauseInstanceOf(EngineGateway.Stopping.class);
    assertThat(host.halted()).isNotDone();
  }

  @Test
  void aReplicaThatSeesOtherEventsStopsTheVenue() throws Exception {
    AtomicLong made = new AtomicLong();
    EngineHost host =
        EngineHost.start(
            HostConfig.small(folder),
            // The second machine, the replica's, credits one unit more.
            () -> new ToyMachine(1, made.getAndIncrement()),
            new NoProjection());
    order(host, 3);
    assertThatThrownBy(host::close)
        .isInstanceOf(IllegalStateException.class)
        .rootCause()
        .hasMessageContaining(
            "The events up to sequence 3 differ from those that were acknowledged");
    assertThat(files("snapshot-")).isEmpty();
  }
}
