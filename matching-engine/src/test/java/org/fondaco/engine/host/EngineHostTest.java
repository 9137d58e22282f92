package org.fondaco.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.fondaco.engine.journal.Storage;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.TransferLeg;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EngineHostTest {

  @TempDir Path folder;

  static Command transfer(long from, long to, long amount) {
    return new Command.TransferBatch(
        List.of(new TransferLeg(LegKind.TRANSFER, from, to, 1, amount, 0, 0, 0)));
  }

  private EngineHost start(HostConfig config) throws Exception {
    return EngineHost.start(config, ToyMachine::new, new NoProjection());
  }

  @Test
  void answersWithTheWholeGroupAfterItIsInTheReadModel() throws Exception {
    try (EngineHost host = start(HostConfig.small(folder))) {
      CommandResult result = host.gateway().submit(transfer(1, 1000, 5)).get(5, TimeUnit.SECONDS);

      assertThat(result.sequence()).isEqualTo(1);
      assertThat(result.events())
          .containsExactly(
              new EngineEvent.BalanceChanged(1, 1, -5, 0),
              new EngineEvent.BalanceChanged(1000, 1, 5, 0),
              new EngineEvent.TransferPosted(0, LegKind.TRANSFER, 1, 1000, 1, 5, 0, 0),
              new EngineEvent.CommandDone(
                  1, result.time(), 9, org.fondaco.engine.protocol.RejectReason.NONE));
      assertThat(host.readModel().sequence()).isEqualTo(1);
      assertThat(host.readModel().balances(1000))
          .containsExactly(new EngineEvent.BalanceChanged(1000, 1, 5, 0));
    }
  }

  @Test
  void listenersHearEveryGroupInSequenceAfterItIsInTheReadModel() throws Exception {
    try (EngineHost host = start(HostConfig.small(folder))) {
      List<Long> heard = new ArrayList<>();
      List<Long> readable = new ArrayList<>();
      CompletableFuture<Void> all = new CompletableFuture<>();
      host.listen((sequence, _, _, _, length) -> {
        assertThat(length).isPositive();
        heard.add(sequence);
        readable.add(host.readModel().sequence());
        if (sequence == 100) {
          all.complete(null);
        }
      });
      for (int i = 0; i < 100; i++) {
        host.gateway().submit(transfer(1, 1000, 5));
      }
      all.get(5, TimeUnit.SECONDS);

      List<Long> expected = LongStream.rangeClosed(1, 100).boxed().toList();
      assertThat(heard).isEqualTo(expected);
      assertThat(readable).isEqualTo(expected);
    }
  }

  @Test
  void recoversAfterManyRestartsSegmentsAndSnapshots() throws Exception {
    HostConfig config = HostConfig.small(folder).withSnapshotInterval(3_000);
    long expected = 0;
    for (int run = 0; run < 4; run++) {
      try (EngineHost host = start(config)) {
        assertThat(host.recovery().lastSequence()).isEqualTo(run * 10_000L);
        assertThat(host.recovery().replayed()).as("a clean stop leaves a snapshot").isZero();
        if (run > 0) {
          assertThat(host.readModel().balances(1000))
              .containsExactly(new EngineEvent.BalanceChanged(1000, 1, expected, 0));
        }
        List<CompletableFuture<CommandResult>> answers = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
          answers.add(submitRetrying(host, transfer(1, 1000, 1)));
        }
        for (CompletableFuture<CommandResult> answer : answers) {
          answer.get(10, TimeUnit.SECONDS);
        }
        expected += 10_000;
        assertThat(host.readModel().balances(1000))
            .containsExactly(new EngineEvent.BalanceChanged(1000, 1, expected, 0));
      }
    }
  }

  private static CompletableFuture<CommandResult> submitRetrying(EngineHost host, Command command) {
    while (true) {
      CompletableFuture<CommandResult> answer = host.gateway().submit(command);
      if (!answer.isCompletedExceptionally()) {
        return answer;
      }
      assertThat(answer.exceptionNow()).isInstanceOf(EngineGateway.Busy.class);
      Thread.onSpinWait();
    }
  }

  @Test
  void aGroupLargerThanTheEventRingPasses() throws Exception {
    HostConfig config = HostConfig.small(folder).withRing(1024, 4096);
    try (EngineHost host = start(config)) {
      List<CompletableFuture<CommandResult>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        answers.add(host.gateway().submit(new Command.CancelAll(1000, i * 20)));
      }
      for (int i = 0; i < 50; i++) {
        assertThat(answers.get(i).get(10, TimeUnit.SECONDS).events()).hasSize(i * 20 + 1);
      }
    }
  }

  @Test
  void aSecondVenueOnTheFolderIsRefused() throws Exception {
    try (EngineHost host = start(HostConfig.small(folder))) {
      assertThat(host.recovery().lastSequence()).isZero();
      assertThatThrownBy(() -> start(HostConfig.small(folder)))
          .isInstanceOf(Storage.FolderInUse.class)
          .hasMessageContaining("is in use by process");
    }
  }
}
