package org.fondaco.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.Outcome;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Test 7 of ENGINE.md, as far as the host is concerned: repeats across a restart. */
@Timeout(60)
class ExactlyOnceTest {

  private static final long ACCOUNT = SystemAccounts.FIRST_CUSTOMER;

  @TempDir Path folder;

  private EngineHost start() throws Exception {
    return EngineHost.start(HostConfig.small(folder), KillVictim::machine, new NoProjection());
  }

  private static void open(EngineHost host) {
    KillVictim.opening().forEach(command -> host.gateway().submit(command).join());
  }

  @Test
  void oneSignedRequestAHundredTimesAcrossARestartMakesOneOrder() throws Exception {
    Command order = KillVictim.order(ACCOUNT, Side.BUY, OrderType.LIMIT, 10_000, 100_000_000);
    List<CommandResult> results = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      try (EngineHost host = start()) {
        if (run == 0) {
          open(host);
        }
        List<CompletableFuture<CommandResult>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
          answers.add(host.gateway().submit(order, 77, 99));
        }
        for (CompletableFuture<CommandResult> answer : answers) {
          results.add(answer.get(5, TimeUnit.SECONDS));
        }
        assertThat(host.readModel().openOrders(ACCOUNT, 0)).hasSize(1);
      }
    }
    assertThat(results).hasSize(100);
    assertThat(results.getFirst().reason()).isEqualTo(RejectReason.NONE);
    assertThat(results.subList(1, 100))
        .allMatch(result -> result.reason() == RejectReason.DUPLICATE_REQUEST);
  }

  @Test
  void aSourceIsAnsweredWithItsFirstOutcomeAfterARestart() throws Exception {
    Command deposit = KillVictim.opening().getLast();
    try (EngineHost host = start()) {
      open(host);
      assertThat(outcome(host, deposit)).isEqualTo(Outcome.APPLIED);
    }
    try (EngineHost host = start()) {
      List<EngineEvent.BalanceChanged> before = host.readModel().balances(ACCOUNT);
      assertThat(outcome(host, deposit)).isEqualTo(Outcome.APPLIED);
      assertThat(host.readModel().balances(ACCOUNT)).isEqualTo(before);
      Command other = KillVictim.opening().get(6);
      assertThat(outcome(host, other)).as("another payload").isEqualTo(Outcome.FROZEN);
    }
  }

  /** Custody names its commands: the same number and id is the same command. */
  @Test
  void aNamedCommandIsAppliedOnceThoughItIsSentFromManyThreadsAndAfterARestart() throws Exception {
    Command deposit = KillVictim.opening().getLast();
    List<CompletableFuture<CommandResult>> answers = new ArrayList<>();
    try (EngineHost host = start()) {
      open(host);
      for (int i = 0; i < 50; i++) {
        answers.add(host.gateway().submitFromSource(deposit, 1, 1, 5, 6));
      }
      for (CompletableFuture<CommandResult> answer : answers) {
        assertThat(outcome(answer)).isEqualTo(Outcome.APPLIED);
      }
    }
    try (EngineHost host = start()) {
      Command other = KillVictim.opening().get(6);
      assertThat(outcome(host.gateway().submitFromSource(other, 1, 1, 5, 6)))
          .as("the name counts, not the payload")
          .isEqualTo(Outcome.APPLIED);
      assertThat(outcome(host.gateway().submitFromSource(other, 1, 3, 5, 8)))
          .isEqualTo(Outcome.GAP);
      assertThat(host.readModel().balances(ACCOUNT + KillVictim.ACCOUNTS - 1))
          .as("its money came twice: at the opening and under the name")
          .extracting(EngineEvent.BalanceChanged::total)
          .containsExactly(100_000_000_000_000L, 2 * 10_000_000_000_000_000L);
      EngineEvent state =
          host.gateway().submit(new Command.AskSource(1)).get(5, TimeUnit.SECONDS).events().stream()
              .filter(event -> event instanceof EngineEvent.SourceState)
              .findFirst()
              .orElseThrow();
      assertThat(state).isEqualTo(new EngineEvent.SourceState(1, 1, 5, 6, false));
      assertThat(outcome(host.gateway().submitFromSource(deposit, 1, 1, 5, 7)))
          .isEqualTo(Outcome.FROZEN);
    }
  }

  private static Outcome outcome(CompletableFuture<CommandResult> answer) throws Exception {
    return answer.get(5, TimeUnit.SECONDS).events().stream()
        .filter(event -> event instanceof EngineEvent.SourceOutcome)
        .map(event -> ((EngineEvent.SourceOutcome) event).outcome())
        .findFirst()
        .orElseThrow();
  }

  private static Outcome outcome(EngineHost host, Command command) throws Exception {
    return host.gateway().submitFromSource(command, 9, 1).get(5, TimeUnit.SECONDS).events().stream()
        .filter(event -> event instanceof EngineEvent.SourceOutcome)
        .map(event -> ((EngineEvent.SourceOutcome) event).outcome())
        .findFirst()
        .orElseThrow();
  }
}
