package org.fondaco.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fondaco.engine.core.InternalSources;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.TransferLeg;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Golden journal and snapshot of what custody sends, beside {@link GoldenVenueTest}: the commands
 * that came to semantics version 1 later. {@code -Dfondaco.golden.custody=FOLDER} wrote them once.
 */
@Timeout(60)
class GoldenCustodyTest {

  private static final String JOURNAL = "journal-0000000001.segment";
  private static final String SNAPSHOT = "snapshot-0000000000000000046.state";
  private static final long ALICE = SystemAccounts.FIRST_CUSTOMER;
  private static final long BOB = ALICE + 1;
  private static final int ASSET = KillVictim.BASE;
  private static final long LAST = 46;

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
            .withRing(64, 1 << 16)
            .withSegmentBytes(48 * 1024)
            .withClock(new CountingClock());
    return EngineHost.start(config, KillVictim::machine, new NoProjection());
  }

  private static TransferLeg leg(LegKind kind, long from, long to, long amount, long hold) {
    return new TransferLeg(kind, from, to, ASSET, amount, hold, 0, 0);
  }

  private static Command batch(TransferLeg... legs) {
    return new Command.TransferBatch(List.of(legs));
  }

  private static Command withdrawn(long hold, long amount, long fee) {
    return batch(
        leg(LegKind.POST, 0, SystemAccounts.CUSTODY, amount + fee, hold),
        leg(LegKind.TRANSFER, SystemAccounts.CUSTODY, SystemAccounts.HOUSE, fee, 0));
  }

  /** What custody sends; hold ids start at 1. */
  private static List<Command> custody() {
    List<Command> commands = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      commands.add(batch(leg(LegKind.TRANSFER, SystemAccounts.CUSTODY, ALICE, 500L * i, 0)));
      commands.add(batch(leg(LegKind.RESERVE, ALICE, 0, 110, 0)));
    }
    commands.add(new Command.Mark(1));
    commands.add(withdrawn(1, 100, 10));
    commands.add(withdrawn(1, 100, 10));
    commands.add(batch(leg(LegKind.VOID, 0, 0, 0, 2)));
    commands.add(batch(leg(LegKind.TRANSFER, SystemAccounts.HOUSE, SystemAccounts.CUSTODY, 33, 0)));
    commands.add(new Command.Freeze(ALICE));
    commands.add(batch(leg(LegKind.RESERVE, ALICE, 0, 1, 0)));
    commands.add(withdrawn(3, 100, 10));
    commands.add(new Command.Freeze(BOB));
    commands.add(new Command.Unfreeze(ALICE));
    commands.add(new Command.Mark(2));
    return commands;
  }

  private static void write(Path folder) throws IOException {
    try (EngineHost host = start(folder)) {
      EngineGateway gateway = host.gateway();
      KillVictim.opening().forEach(command -> gateway.submit(command).join());
      gateway
          .submit(KillVictim.order(ALICE, Side.SELL, OrderType.LIMIT, 10_000, 100_000_000))
          .join();
      long n = 0;
      for (Command command : custody()) {
        n++;
        gateway.submitFromSource(command, InternalSources.CUSTODY, n, 0x0C, n).join();
      }
      gateway.submit(batch(leg(LegKind.TRANSFER, SystemAccounts.CUSTODY, BOB, 1, 0))).join();
      gateway.submit(batch(leg(LegKind.TRANSFER, BOB, ALICE, 1, 0))).join();
      gateway.submit(new Command.AskSource(InternalSources.CUSTODY)).join();
    }
  }

  private void copyGolden(String name) throws IOException {
    String resource = "/golden/journal/semantics-1-custody/" + name;
    try (InputStream golden = GoldenCustodyTest.class.getResourceAsStream(resource)) {
      assertThat(golden).as(resource).isNotNull();
      Files.copy(golden, folder.resolve(name));
    }
  }

  private static void assertVenue(EngineHost host) {
    assertThat(host.recovery().lastSequence()).isEqualTo(LAST);
    assertThat(host.readModel().frozen(ALICE)).isFalse();
    assertThat(host.readModel().frozen(BOB)).isTrue();
    assertThat(host.readModel().openOrders(ALICE, 0)).as("expired by the freeze").isEmpty();
    assertThat(host.readModel().balances(SystemAccounts.HOUSE))
        .containsExactly(new EngineEvent.BalanceChanged(SystemAccounts.HOUSE, ASSET, -13, 0));
    assertThat(host.readModel().balances(SystemAccounts.CUSTODY))
        .containsExactly(
            new EngineEvent.BalanceChanged(SystemAccounts.CUSTODY, ASSET, 220 - 5_000 + 13, 0));
    CommandResult answer =
        host.gateway().submit(new Command.AskSource(InternalSources.CUSTODY)).join();
    assertThat(answer.events())
        .contains(new EngineEvent.SourceState(1, custody().size(), 0x0C, custody().size(), false));
  }

  @Test
  void theJournalIsReplayedToTheSameEvents() throws IOException {
    String target = System.getProperty("fondaco.golden.custody");
    if (target != null) {
      write(Path.of(target));
    }
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
      assertVenue(host);
    }
  }
}
