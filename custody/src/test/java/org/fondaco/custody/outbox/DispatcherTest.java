package org.fondaco.custody.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fondaco.db.schema.Tables.CUSTODY_OUTBOX;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.fondaco.custody.leader.Leadership;
import org.fondaco.custody.leader.LeadershipLost;
import org.fondaco.custody.leader.TestDatabase;
import org.fondaco.custody.leader.Transactions;
import org.fondaco.custody.ledger.Answer;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.ledger.LedgerPort;
import org.fondaco.custody.ledger.LedgerUnavailable;
import org.fondaco.custody.ledger.ModelLedger;
import org.fondaco.db.Database;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands reach the engine once, in order, whatever dies on the way. */
class DispatcherTest {
  private static final int BTC = 1;
  private static final long CUSTOMER = 1_000;

  private final Database database = TestDatabase.empty();
  private final ModelLedger ledger = new ModelLedger();
  private final Map<Long, List<Answer>> answers = new TreeMap<>();
  private Leadership lead;

  @BeforeEach
  void lead() {
    lead = TestDatabase.lead(database);
  }

  @AfterEach
  void giveBack() {
    lead.close();
  }

  private static final class Died extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Dies before or after commits and sends, as a seed wills. */
  private final class Dying implements Transactions, LedgerPort {
    private final Random random;

    Dying(Random random) {
      this.random = random;
    }

    private void perhapsDie() {
      if (random.nextInt(5) == 0) {
        throw new Died();
      }
    }

    @Override
    public <T extends @Nullable Object> T result(Function<DSLContext, T> step) {
      T result =
          lead.result(t -> {
            T made = step.apply(t);
            perhapsDie();
            return made;
          });
      perhapsDie();
      return result;
    }

    @Override
    public Answer send(long n, byte[] cmdId, LedgerCommand command) {
      if (random.nextInt(6) == 0) {
        throw new LedgerUnavailable("busy");
      }
      Answer answer = ledger.send(n, cmdId, command);
      perhapsDie();
      return answer;
    }

    @Override
    public Position position() {
      return ledger.position();
    }
  }

  private Dispatcher dispatcher(Transactions transactions, LedgerPort port) {
    OutboxListener notes =
        (t, id, command, answer) -> answers.computeIfAbsent(id, k -> new ArrayList<>()).add(answer);
    return new Dispatcher(
        transactions, port, Map.of(Subject.Kind.DEPOSIT, notes), InstantSource.system());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20261128})
  void everyCommandIsAppliedOnceInTheOrderOfItsNumber(long seed) {
    Random random = new Random(seed);
    long expected = 0;
    int refused = 0;
    int written = 0;
    for (int round = 0; round < 60; round++) {
      for (int k = random.nextInt(4); k > 0; k--) {
        long id = ++written;
        boolean credit = random.nextInt(3) > 0;
        LedgerCommand command =
            credit
                ? new LedgerCommand.Credit(CUSTOMER, BTC, 10)
                : new LedgerCommand.Void(1_000_000 + id);
        expected += credit ? 10 : 0;
        refused += credit ? 0 : 1;
        lead.run(t -> {
          assertThat(Outbox.add(t, "key" + id, command, subject(id))).isTrue();
          assertThat(Outbox.add(t, "key" + id, command, subject(id))).isFalse();
        });
      }
      Dying dying = new Dying(random);
      try {
        for (int k = 0; k < 5; k++) {
          dispatcher(dying, dying).step();
        }
      } catch (Died e) {
        dispatcher(lead, ledger).check(database.jooq());
      }
    }
    Dispatcher healthy = dispatcher(lead, ledger);
    while (healthy.step()) {
      assertThat(ledger.position().lastN()).isPositive();
    }
    assertThat(ledger.free(CUSTOMER, BTC)).as("seed %d", seed).isEqualTo(expected);
    assertThat(ledger.history()).hasSize(written);
    assertThat(ledger.history().stream().filter(e -> !e.getValue().applied())).hasSize(refused);
    assertThat(answers.keySet()).hasSize(written);
    assertThat(answers.values()).allSatisfy(said -> assertThat(said).containsOnly(said.getFirst()));
    assertThat(database.jooq().fetchCount(CUSTODY_OUTBOX, CUSTODY_OUTBOX.OUTCOME.isNull()))
        .isZero();
  }

  private static Subject subject(long id) {
    return new Subject(Subject.Kind.DEPOSIT, id);
  }

  @Test
  void commandsAreNumberedInTheOrderOfTheirRowsThoughTheyCommitInAnother() throws Exception {
    CompletableFuture<Void> written = new CompletableFuture<>();
    CompletableFuture<Void> mayCommit = new CompletableFuture<>();
    Thread slow =
        Thread.ofVirtual()
            .start(() ->
                lead.run(t -> {
                  Outbox.add(t, "slow", new LedgerCommand.Credit(CUSTOMER, BTC, 1), subject(1));
                  written.complete(null);
                  mayCommit.join();
                }));
    written.join();
    lead.run(t -> Outbox.add(t, "fast", new LedgerCommand.Credit(CUSTOMER, BTC, 2), subject(2)));
    Dispatcher dispatcher = dispatcher(lead, ledger);
    assertThat(dispatcher.step()).isTrue();
    assertThat(dispatcher.step()).isFalse();
    mayCommit.complete(null);
    slow.join();
    assertThat(dispatcher.step()).isTrue();
    assertThat(ledger.history().stream().map(Map.Entry::getKey))
        .containsExactly(
            new LedgerCommand.Credit(CUSTOMER, BTC, 2), new LedgerCommand.Credit(CUSTOMER, BTC, 1));
  }

  @Test
  void aCommandIsTakenBackOnlyWhileTheEngineCannotHaveSeenIt() {
    lead.run(t -> Outbox.add(t, "a", new LedgerCommand.Credit(CUSTOMER, BTC, 1), subject(1)));
    assertThat(lead.<Boolean>result(t -> Outbox.withdraw(t, "a"))).isTrue();
    lead.run(t -> Outbox.add(t, "a", new LedgerCommand.Credit(CUSTOMER, BTC, 1), subject(1)));
    dispatcher(lead, ledger).step();
    assertThat(lead.<Boolean>result(t -> Outbox.withdraw(t, "a"))).isFalse();
  }

  @Test
  void aDatabaseThatIsOlderThanTheEngineIsRefused() {
    lead.run(t -> Outbox.add(t, "a", new LedgerCommand.Credit(CUSTOMER, BTC, 1), subject(1)));
    dispatcher(lead, ledger).step();
    ledger.send(2, Outbox.commandId("b"), new LedgerCommand.Credit(CUSTOMER, BTC, 1));
    assertThatThrownBy(() -> dispatcher(lead, ledger).check(database.jooq()))
        .isInstanceOf(Dispatcher.Contradiction.class)
        .hasMessageContaining("command 2, the database ends at 1");
  }

  @Test
  void anEngineThatIsOlderThanTheDatabaseIsRefused() {
    lead.run(t -> Outbox.add(t, "a", new LedgerCommand.Credit(CUSTOMER, BTC, 1), subject(1)));
    dispatcher(lead, ledger).step();
    assertThatThrownBy(() -> dispatcher(lead, new ModelLedger()).check(database.jooq()))
        .isInstanceOf(Dispatcher.Contradiction.class)
        .hasMessageContaining("the engine ends at 0");
  }

  @Test
  void anotherCommandUnderTheSameNumberIsRefused() {
    lead.run(t -> Outbox.add(t, "a", new LedgerCommand.Credit(CUSTOMER, BTC, 1), subject(1)));
    dispatcher(lead, ledger).step();
    ModelLedger other = new ModelLedger();
    other.send(1, Outbox.commandId("x"), new LedgerCommand.Credit(CUSTOMER, BTC, 1));
    assertThatThrownBy(() -> dispatcher(lead, other).check(database.jooq()))
        .isInstanceOf(Dispatcher.Contradiction.class)
        .hasMessageContaining("another one in the engine");
  }

  @Test
  void oneProcessLeadsAndAnOldOneCanWriteNothing() {
    assertThat(
            Leadership.take(
                database.dataSource(), database.jooq(), "second", InstantSource.system()))
        .isEqualTo(Optional.empty());
    lead.close();
    try (Leadership next = TestDatabase.lead(database)) {
      assertThat(next.epoch()).isEqualTo(lead.epoch() + 1);
      assertThatThrownBy(() -> lead.run(t -> t.deleteFrom(CUSTODY_OUTBOX).execute()))
          .isInstanceOf(LeadershipLost.class);
    }
  }
}
