package org.fondaco.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Test 3 of ENGINE.md: a real process, killed with SIGKILL under load, several times. */
@Timeout(120)
class KillTest {

  private static final int KILLS = 5;

  @TempDir Path folder;

  private Process victim(long seed) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--"))
        .forEach(command::add);
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx512m", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(KillVictim.class.getName());
    command.add(folder.toString());
    command.add(Long.toString(seed));
    return new ProcessBuilder(command)
        .redirectError(folder.resolve("errors-" + seed).toFile())
        .start();
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
  }

  /** Reads acknowledgements until there are enough; then SIGKILL, then what was still said. */
  private void killAfter(Process process, long enough, Map<Long, Long> acknowledged)
      throws Exception {
    try (BufferedReader lines = output(process)) {
      long count = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("A ") && note(line, acknowledged) && ++count == enough) {
          process.toHandle().destroyForcibly(); // Process itself would close its output
        }
      }
      assertThat(count).as("acknowledgements before the end").isGreaterThanOrEqualTo(enough);
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(137);
  }

  /** Notes a whole line; the last one may be cut off by the kill. */
  private static boolean note(String line, Map<Long, Long> acknowledged) {
    String[] words = line.split(" ", -1);
    if (words.length != 3 || words[2].isEmpty()) {
      return false;
    }
    Long before = acknowledged.put(Long.parseLong(words[1]), Long.parseLong(words[2]));
    assertThat(before).as("sequence %s acknowledged once", words[1]).isNull();
    return true;
  }

  @Test
  void nothingAcknowledgedIsLostAndNothingIsInvented() throws Exception {
    Random random = new Random(20_261_122);
    Map<Long, Long> acknowledged = new TreeMap<>();
    for (int kill = 0; kill < KILLS; kill++) {
      killAfter(victim(kill), 500 + random.nextInt(6_000), acknowledged);
    }
    FileProjection history = new FileProjection(folder.resolve("history"));
    try (EngineHost host =
        EngineHost.start(KillVictim.config(folder), KillVictim::machine, history)) {
      assertThat(host.recovery().lastSequence())
          .isGreaterThanOrEqualTo(new TreeMap<>(acknowledged).lastKey());
      while (host.readModel().watermark() < host.recovery().lastSequence()) {
        Thread.onSpinWait();
      }
      List<FileProjection.StoredGroup> groups = history.groups();
      assertAcknowledgedAreThere(groups, acknowledged);
      assertIdsAreNew(groups);
      assertBalances(groups, host);
    }
  }

  @Test
  void sigtermUnderLoadDrainsAndLeavesASnapshot() throws Exception {
    Map<Long, Long> acknowledged = new TreeMap<>();
    Process process = victim(99);
    boolean closed = false;
    try (BufferedReader lines = output(process)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("A ") && note(line, acknowledged) && acknowledged.size() == 2_000) {
          process.toHandle().destroy();
        }
        closed |= line.equals("CLOSED");
      }
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(closed).isTrue();
    FileProjection history = new FileProjection(folder.resolve("history"));
    try (EngineHost host =
        EngineHost.start(KillVictim.config(folder), KillVictim::machine, history)) {
      assertThat(host.recovery().replayed()).isZero();
      // All that was accepted was answered: no sequence is without its acknowledgement.
      assertThat(acknowledged).hasSize((int) host.recovery().lastSequence());
      assertAcknowledgedAreThere(history.groups(), acknowledged);
    }
  }

  private static void assertAcknowledgedAreThere(
      List<FileProjection.StoredGroup> groups, Map<Long, Long> acknowledged) {
    Map<Long, Long> stored = new TreeMap<>();
    long expected = 1;
    for (FileProjection.StoredGroup group : groups) {
      assertThat(group.sequence()).isEqualTo(expected++);
      stored.put(group.sequence(), KillVictim.checksum(group.events()));
    }
    assertThat(stored).containsAllEntriesOf(acknowledged);
  }

  private static void assertIdsAreNew(List<FileProjection.StoredGroup> groups) {
    long orderId = 1;
    long tradeId = 0;
    for (FileProjection.StoredGroup group : groups) {
      for (EngineEvent event : group.events()) {
        if (event instanceof EngineEvent.OrderAccepted accepted) {
          assertThat(accepted.orderId()).isEqualTo(orderId++);
        }
        if (event instanceof EngineEvent.Trade trade) {
          assertThat(trade.tradeId()).isEqualTo(tradeId++);
        }
      }
    }
    assertThat(tradeId).as("trades").isGreaterThan(100);
  }

  private record Owner(long account, int asset) {}

  private static void assertBalances(List<FileProjection.StoredGroup> groups, EngineHost host) {
    Map<Owner, Long> totals = new java.util.HashMap<>();
    for (FileProjection.StoredGroup group : groups) {
      for (EngineEvent event : group.events()) {
        if (event instanceof EngineEvent.Trade trade) {
          trade(totals, trade);
        }
        if (event instanceof EngineEvent.TransferPosted leg && leg.kind() == LegKind.TRANSFER) {
          add(totals, leg.from(), leg.asset(), -leg.amount());
          add(totals, leg.to(), leg.asset(), leg.amount());
        }
      }
    }
    for (int i = 0; i < KillVictim.ACCOUNTS; i++) {
      long account = SystemAccounts.FIRST_CUSTOMER + i;
      for (EngineEvent.BalanceChanged balance : host.readModel().balances(account)) {
        assertThat(balance.total()).isEqualTo(totals.get(new Owner(account, balance.asset())));
      }
      assertThat(host.readModel().balances(account)).hasSize(2);
    }
  }

  private static void trade(Map<Owner, Long> totals, EngineEvent.Trade trade) {
    boolean buys = trade.takerSide() == Side.BUY;
    long buyer = buys ? trade.takerAccount() : trade.makerAccount();
    long seller = buys ? trade.makerAccount() : trade.takerAccount();
    long baseFee = buys ? trade.takerFee() : trade.makerFee();
    long quoteFee = buys ? trade.makerFee() : trade.takerFee();
    add(totals, buyer, KillVictim.BASE, trade.quantity() - baseFee);
    add(totals, seller, KillVictim.BASE, -trade.quantity());
    add(totals, seller, KillVictim.QUOTE, trade.quoteQuantity() - quoteFee);
    add(totals, buyer, KillVictim.QUOTE, -trade.quoteQuantity());
  }

  private static void add(Map<Owner, Long> totals, long account, int asset, long amount) {
    totals.merge(new Owner(account, asset), amount, Math::addExact);
  }
}
