package org.fondaco.custody.deposit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.db.schema.Tables.CUSTODY_DEPOSITS;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.Lie;
import org.fondaco.custody.leader.CrashingTransactions.Crash;
import org.fondaco.custody.leader.TestDatabase;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.ledger.ModelLedger;
import org.fondaco.custody.scan.ScanStatus;
import org.fondaco.custody.scan.Scanner;
import org.fondaco.db.schema.tables.records.CustodyDepositsRecord;
import org.junit.jupiter.api.Test;

/**
 * Random blocks, reorganisations, twins, lies, crashes at commits and people's decisions; after
 * every step the rows are compared with a naive reading of the chain and the equation of
 * CUSTODY_FLOWS.md, section 6, holds to the atom. {@code -Dfondaco.custody.deposit.seeds=FROM-TO}
 * runs others.
 */
class DepositSimulationTest {
  private static final String SEEDS = System.getProperty("fondaco.custody.deposit.seeds", "1-45");
  private static final int STEPS = 60;

  @Test
  void nothingIsLostOrCreditedTwice() {
    String[] range = SEEDS.split("-");
    for (long seed = Long.parseLong(range[0]); seed <= Long.parseLong(range[1]); seed++) {
      List<String> log = new ArrayList<>();
      try {
        run(seed, log);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + " after " + String.join(" ", log), e);
      }
    }
  }

  private static void run(long seed, List<String> log) {
    Random random = new Random(seed);
    DepositWorld world = new DepositWorld(TestDatabase.empty(), random);
    world.ledger.refuse(c -> c instanceof LedgerCommand.Credit credit && credit.amount() % 11 == 3);
    ChainEvents events = new ChainEvents(world, random);
    DepositChecks checks = new DepositChecks(world, random);
    // Reorganisations in a row must not reach block 1, by which a chain is known.
    world.core.mine(3 * DepositWorld.MAX_REORG);
    world.evm.mine(3 * DepositWorld.MAX_REORG);
    world.settle();
    world.transactions.crashOneIn(random.nextBoolean() ? 25 : 0);
    for (int step = 0; step < STEPS; step++) {
      try {
        if (act(world, events, random, log)) {
          checks.always();
        }
      } catch (Crash e) {
        log.add("CRASH");
        world.start();
        checks.always();
      }
    }
    world.transactions.crashOneIn(0);
    world.start();
    world.settle();
    accept(world, world.bitcoin);
    accept(world, world.ethereum);
    for (int i = 0; i < DepositWorld.MAX_REORG + 2; i++) {
      world.core.mine();
      world.evm.mine();
      world.settle();
    }
    world.settle();
    for (Scanner scanner : List.of(world.bitcoin, world.ethereum)) {
      assertThat(scanner.status().state())
          .as("%s", scanner.status())
          .isEqualTo(ScanStatus.State.FOLLOWING);
    }
    checks.always();
    checks.atRest();
  }

  /** People accept a branch that was deeper than custody takes by itself. */
  private static void accept(DepositWorld world, Scanner scanner) {
    if (scanner.status().state() == ScanStatus.State.HALTED) {
      assertThat(scanner.status().explanation()).contains("more than 6 blocks");
      world.transactions.run(t -> scanner.resume(t, 100));
    }
  }

  /** False when only the world outside has changed. */
  private static boolean act(
      DepositWorld world, ChainEvents events, Random random, List<String> log) {
    int what = random.nextInt(36);
    log.add(String.valueOf(what));
    if (what < 16) {
      happen(events, what);
      return false;
    }
    switch (what) {
      case 16, 17, 18 -> several(random, world.bitcoin::step);
      case 19, 20, 21 -> several(random, world.ethereum::step);
      case 22, 23 -> several(random, world.dispatcher::step);
      case 24 -> world.invisible.step();
      case 25 -> world.settle();
      case 26 -> lie(world, random);
      case 27 -> people(world, random);
      case 34 -> readAgain(world, random);
      case 35 -> several(random, world::again);
      case 28, 29 -> {
        events.bitcoinBlock();
        events.ethereumBlock();
        world.settle();
      }
      default -> {
        world.bitcoin.step();
        world.ethereum.step();
        world.dispatcher.step();
      }
    }
    return true;
  }

  private static void happen(ChainEvents events, int what) {
    switch (what) {
      case 0, 1, 2, 3 -> events.bitcoinDeposit();
      case 4, 5 -> events.bitcoinBlock();
      case 6 -> events.bitcoinReorganisation();
      case 7 -> events.bitcoinSpend();
      case 8, 9, 10, 11 -> events.ethereumDeposit();
      case 12, 13 -> events.ethereumBlock();
      case 14 -> events.ethereumReorganisation();
      default -> events.ethereumSpend();
    }
  }

  private static void several(Random random, BooleanSupplier step) {
    for (int i = random.nextInt(8); i >= 0 && step.getAsBoolean(); i--) {
      continue;
    }
  }

  private static void readAgain(DepositWorld world, Random random) {
    boolean outputs = random.nextBoolean();
    Scanner scanner = outputs ? world.bitcoin : world.ethereum;
    long height = random.nextLong(Math.max(1, scanner.status().cursor()));
    try {
      world.readAgain(outputs ? ChainName.BTC : ChainName.ETH, height);
    } catch (DepositException e) {
      assertThat(e).hasMessageContaining("could credit it twice");
    }
  }

  private static void lie(DepositWorld world, Random random) {
    Lie lie = Lie.values()[random.nextInt(Lie.values().length)];
    world.core.lie(lie);
    world.evm.lie(lie);
    try {
      for (int i = 0; i < 3; i++) {
        world.bitcoin.step();
        world.ethereum.step();
        world.invisible.step();
      }
    } finally {
      world.core.lie(Lie.NONE);
      world.evm.lie(Lie.NONE);
    }
  }

  private static void people(DepositWorld world, Random random) {
    List<CustodyDepositsRecord> rows =
        world.sql().selectFrom(CUSTODY_DEPOSITS).orderBy(CUSTODY_DEPOSITS.DEPOSIT_ID).fetch();
    for (CustodyDepositsRecord row : rows) {
      if (random.nextInt(3) == 0) {
        continue;
      }
      long house = random.nextBoolean() ? ModelLedger.HOUSE : ModelLedger.SUSPENSE;
      try {
        world.transactions.run(t -> {
          if (row.getState().equals("CREDITED_ORPHANED")) {
            long from = random.nextBoolean() ? house : row.getAccount();
            world.deposits.writeOff(t, row.getDepositId(), from);
          } else {
            long to = random.nextBoolean() ? house : 1_000 + random.nextInt(3);
            world.deposits.attribute(t, row.getDepositId(), to);
          }
        });
      } catch (DepositException e) {
        // It waits for nobody; nothing was written.
        continue;
      }
    }
  }
}
