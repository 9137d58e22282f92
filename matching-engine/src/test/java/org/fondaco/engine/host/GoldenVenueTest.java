package org.fondaco.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.readmodel.ReadModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Test 10 of ENGINE.md for semantics version 1: a journal and a snapshot of a small venue, kept for
 * ever. The journal ends with a checkpoint of its event hash and the snapshot carries its state
 * hash, so an engine that behaves differently in any event or any field of its state cannot start
 * on them. When this test fails, semanticsVersion has to be raised, not the files replaced.
 */
@Timeout(60)
class GoldenVenueTest {

  private static final String JOURNAL = "journal-0000000001.segment";
  private static final String SNAPSHOT = "snapshot-0000000000000000423.state";
  private static final int TRADING_COMMANDS = 400;

  @TempDir Path folder;

  private static final class CountingClock implements TimeSource {
    private long micros = 1_800_000_000_000_000L;

    @Override
    public synchronized long wallMicros() {
      return micros += 1_000;
    }

    @Override
    public synchronized long monotonicNanos() {
      return micros * 1_000;
    }
  }

  private static EngineHost start(Path folder) throws IOException {
    HostConfig config =
        HostConfig.small(folder)
            .withRing(256, 1 << 16)
            .withSegmentBytes(192 * 1024)
            .withClock(new CountingClock());
    return EngineHost.start(config, KillVictim::machine, new NoProjection());
  }

  /** Writes what is golden; the files were made by it once. */
  static void write(Path folder) throws IOException {
    try (EngineHost host = start(folder)) {
      KillVictim.opening().forEach(command -> host.gateway().submit(command).join());
      Random random = new Random(1);
      List<Long> orders = new ArrayList<>();
      for (int i = 0; i < TRADING_COMMANDS; i++) {
        KillVictim.remember(host.gateway().submit(KillVictim.next(random, orders)).join(), orders);
      }
    }
  }

  private void copyGolden(String name) throws IOException {
    String resource = "/golden/journal/semantics-1/" + name;
    try (InputStream golden = GoldenVenueTest.class.getResourceAsStream(resource)) {
      assertThat(golden).as(resource).isNotNull();
      Files.copy(golden, folder.resolve(name));
    }
  }

  private static void assertVenue(EngineHost host) {
    assertThat(host.recovery().lastSequence())
        .isEqualTo(KillVictim.opening().size() + (long) TRADING_COMMANDS);
    assertThat(host.readModel().trades(KillVictim.SYMBOL, 1_000)).hasSizeGreaterThan(0);
    assertBook(host);
  }

  private static void assertBook(EngineHost host) {
    ReadModel.Depth book = host.readModel().depth(KillVictim.SYMBOL, 100);
    assertThat(book.bids().size() + book.asks().size()).as("price levels").isGreaterThan(5);
    assertThat(host.readModel().balances(SystemAccounts.FIRST_CUSTOMER)).hasSize(2);
  }

  @Test
  void theJournalIsReplayedToTheSameEvents() throws IOException {
    copyGolden(JOURNAL);
    try (EngineHost host = start(folder)) {
      assertThat(host.recovery().snapshotSequence()).isZero();
      assertVenue(host);
    }
  }

  @Test
  void theSnapshotGivesTheSameState() throws IOException {
    copyGolden(JOURNAL);
    copyGolden(SNAPSHOT);
    try (EngineHost host = start(folder)) {
      assertThat(host.recovery().replayed()).isZero();
      assertThat(host.recovery().lastSequence())
          .isEqualTo(KillVictim.opening().size() + (long) TRADING_COMMANDS);
      assertBook(host);
    }
  }
}
