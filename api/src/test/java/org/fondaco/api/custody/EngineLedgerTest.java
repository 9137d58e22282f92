package org.fondaco.api.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fondaco.custody.ledger.Answer;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.ledger.LedgerConflict;
import org.fondaco.custody.ledger.LedgerPort;
import org.fondaco.custody.ledger.LedgerUnavailable;
import org.fondaco.custody.outbox.Outbox;
import org.fondaco.engine.core.Engine;
import org.fondaco.engine.core.EngineSizing;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.host.EngineHost;
import org.fondaco.engine.host.HostConfig;
import org.fondaco.engine.host.NoProjection;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent.AccountChanged;
import org.fondaco.engine.protocol.EngineEvent.BalanceChanged;
import org.fondaco.engine.protocol.KillScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The port against a real engine, across restarts, with every answer lost now and then. */
@Timeout(60)
class EngineLedgerTest {
  private static final int BTC = 1;
  private static final int ETH = 2;
  private static final long ALICE = SystemAccounts.FIRST_CUSTOMER;
  private static final long BOB = ALICE + 1;
  private static final long SEED = 20_261_128;

  @TempDir Path folder;

  private EngineHost start() throws Exception {
    return EngineHost.start(
        HostConfig.small(folder), () -> new Engine(EngineSizing.small()), new NoProjection());
  }

  private static void open(EngineHost host) {
    for (Command command :
        List.of(
            new Command.AddAsset(BTC, "BTC", 8),
            new Command.AddAsset(ETH, "ETH", 8),
            new Command.SetAccount(ALICE, true, 0, -1, 0),
            new Command.SetAccount(BOB, true, 0, -1, 0))) {
      host.gateway().submit(command).join();
    }
  }

  private static byte[] id(long n) {
    return Outbox.commandId("test|" + n);
  }

  private static BalanceChanged balance(EngineHost host, long account, int asset) {
    return host.readModel().balances(account).stream()
        .filter(balance -> balance.asset() == asset)
        .findFirst()
        .orElse(new BalanceChanged(account, asset, 0, 0));
  }

  @Test
  void withdrawalsLeaveThroughCustodyAndTheirFeesGoToTheHouse() throws Exception {
    try (EngineHost host = start()) {
      open(host);
      LedgerPort ledger = new EngineLedger(host.gateway());
      assertThat(ledger.position().lastN()).isZero();
      assertThat(ledger.position().digest()).isEmpty();
      List<Answer> answers = new ArrayList<>();
      for (LedgerCommand command :
          List.of(
              new LedgerCommand.Credit(ALICE, BTC, 1_000),
              new LedgerCommand.Reserve(ALICE, BTC, 110),
              new LedgerCommand.Reserve(ALICE, BTC, 110),
              new LedgerCommand.Reserve(ALICE, BTC, 110),
              new LedgerCommand.Post(1, BTC, 100, 10),
              new LedgerCommand.PostInside(2, BTC, 100, 10, BOB),
              new LedgerCommand.Void(3),
              new LedgerCommand.Void(3),
              new LedgerCommand.Expense(ETH, 7),
              new LedgerCommand.Freeze(ALICE),
              new LedgerCommand.Reserve(ALICE, BTC, 1),
              new LedgerCommand.Adjust(ALICE, SystemAccounts.SUSPENSE, BTC, 5),
              new LedgerCommand.Unfreeze(ALICE),
              new LedgerCommand.Mark(77),
              new LedgerCommand.Credit(BOB + 1, BTC, 1))) {
        long n = answers.size() + 1L;
        answers.add(ledger.send(n, id(n), command));
      }
      assertThat(answers).extracting(Answer::holdId).startsWith(0L, 1L, 2L, 3L, 0L);
      assertThat(answers)
          .filteredOn(answer -> !answer.applied())
          .extracting(Answer::reason)
          .containsExactly("HOLD_CLOSED", "ACCOUNT_FROZEN", "UNKNOWN_ACCOUNT");
      assertThat(balance(host, ALICE, BTC)).isEqualTo(new BalanceChanged(ALICE, BTC, 775, 0));
      assertThat(balance(host, BOB, BTC).total()).isEqualTo(100);
      assertThat(balance(host, SystemAccounts.HOUSE, BTC).total()).isEqualTo(20);
      assertThat(balance(host, SystemAccounts.CUSTODY, BTC).total()).isEqualTo(-900);
      assertThat(balance(host, SystemAccounts.HOUSE, ETH).total()).isEqualTo(-7);
      assertThat(ledger.position().lastN()).isEqualTo(answers.size());
      assertThat(ledger.position().digest()).isEqualTo(Arrays.copyOf(id(answers.size()), 16));
    }
  }

  /** Custody's freeze, an operator's kill and his switch of trading are three flags. */
  @Test
  void noneOfThreeWaysToStopACustomerUndoesAnother() throws Exception {
    try (EngineHost host = start()) {
      open(host);
      LedgerPort ledger = new EngineLedger(host.gateway());
      Command kill = new Command.Kill(KillScope.ACCOUNT, ALICE);
      Command lift = new Command.LiftKill(KillScope.ACCOUNT, ALICE);
      Command switched = new Command.SetAccount(ALICE, false, 0, -1, 0);
      Command back = new Command.SetAccount(ALICE, true, 0, -1, 0);
      long n = 0;
      ledger.send(++n, id(n), new LedgerCommand.Credit(ALICE, BTC, 1_000));
      ledger.send(++n, id(n), new LedgerCommand.Freeze(ALICE));
      for (Command operator : List.of(kill, lift, switched, back)) {
        host.gateway().submit(operator).join();
        assertThat(ledger.send(++n, id(n), new LedgerCommand.Reserve(ALICE, BTC, 1)).reason())
            .as("frozen after " + operator)
            .isEqualTo("ACCOUNT_FROZEN");
      }
      host.gateway().submit(kill).join();
      host.gateway().submit(switched).join();
      ledger.send(++n, id(n), new LedgerCommand.Unfreeze(ALICE));
      AccountChanged account = host.readModel().account(ALICE).orElseThrow();
      assertThat(account.killed()).as("custody does not lift a kill").isTrue();
      assertThat(account.tradingEnabled()).isFalse();
      host.gateway().submit(lift).join();
      assertThat(host.readModel().account(ALICE).orElseThrow().tradingEnabled())
          .as("nor does lifting it switch trading on")
          .isFalse();
      assertThat(ledger.send(++n, id(n), new LedgerCommand.Reserve(ALICE, BTC, 1)).applied())
          .isTrue();
    }
  }

  /** Seeded: commands sent again up to five times, from many threads, across restarts. */
  @Test
  void eachNumberIsAppliedOnceHoweverOftenItIsSent() throws Exception {
    Random random = new Random(SEED);
    long expected = 0;
    List<Answer> first = new ArrayList<>();
    List<LedgerCommand> sent = new ArrayList<>();
    for (int run = 0; run < 3; run++) {
      try (EngineHost host = start();
          ExecutorService threads = Executors.newFixedThreadPool(4)) {
        if (run == 0) {
          open(host);
        }
        LedgerPort ledger = new EngineLedger(host.gateway());
        assertThat(ledger.position().lastN()).isEqualTo(sent.size());
        for (int i = 0; i < 40; i++) {
          long amount = random.nextInt(100);
          expected += amount;
          LedgerCommand command = new LedgerCommand.Credit(ALICE, BTC, amount);
          sent.add(command);
          long n = sent.size();
          List<Future<Answer>> answers = new ArrayList<>();
          for (int again = random.nextInt(5); again >= 0; again--) {
            answers.add(threads.submit(() -> ledger.send(n, id(n), command)));
          }
          for (Future<Answer> answer : answers) {
            assertThat(answer.get().applied()).as("seed %d n %d", SEED, n).isEqualTo(amount > 0);
          }
          first.add(answers.getFirst().get());
          int back = random.nextInt(sent.size());
          Answer old = ledger.send(back + 1L, id(back + 1L), sent.get(back));
          assertThat(old.applied()).isEqualTo(first.get(back).applied());
          assertThat(old.reason()).isEqualTo(first.get(back).reason());
          assertThat(old.sequence()).isGreaterThanOrEqualTo(first.get(back).sequence());
        }
        assertThat(balance(host, ALICE, BTC).total()).as("seed %d", SEED).isEqualTo(expected);
      }
    }
  }

  @Test
  void aGapAndAnotherIdAreConflictsAndAStoppedEngineIsUnavailable() throws Exception {
    EngineHost host = start();
    LedgerPort ledger = new EngineLedger(host.gateway());
    open(host);
    LedgerCommand credit = new LedgerCommand.Credit(ALICE, BTC, 1);
    assertThat(ledger.send(1, id(1), credit).applied()).isTrue();
    assertThatThrownBy(() -> ledger.send(3, id(3), credit)).isInstanceOf(LedgerConflict.class);
    assertThat(ledger.send(2, id(2), credit).applied()).as("a gap consumes nothing").isTrue();
    assertThatThrownBy(() -> ledger.send(2, id(9), credit)).isInstanceOf(LedgerConflict.class);
    assertThatThrownBy(() -> ledger.send(3, id(3), credit)).isInstanceOf(LedgerConflict.class);
    assertThatThrownBy(ledger::position).isInstanceOf(LedgerConflict.class);
    assertThatThrownBy(() -> ledger.send(3, new byte[16], credit))
        .isInstanceOf(IllegalArgumentException.class);
    host.close();
    assertThatThrownBy(() -> ledger.send(3, id(3), credit)).isInstanceOf(LedgerUnavailable.class);
  }
}
