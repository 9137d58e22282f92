package org.fondaco.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.fondaco.engine.journal.SimulatedDisk;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.KillScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole host on a disk that fails. */
@Timeout(60)
class HostDiskTest {

  private static final HostConfig CONFIG =
      HostConfig.small(Path.of("simulated"))
          .withRing(64, 8192)
          .withSegmentBytes(64 * 1024)
          .withSnapshotInterval(150);

  private static final Command ORDER = EngineHostTest.transfer(1, 1000, 1);
  private static final Command CANCEL = new Command.CancelAll(1000, 0);
  private static final Command KILL = new Command.Kill(KillScope.VENUE, 0);

  private static EngineHost start(SimulatedDisk disk, HostConfig config) throws IOException {
    return EngineHost.start(config, disk, ToyMachine::new, new NoProjection());
  }

  private static long balance(EngineHost host) {
    return host.readModel().balances(1000).stream()
        .mapToLong(EngineEvent.BalanceChanged::total)
        .findFirst()
        .orElse(0);
  }

  /** Submits until the venue halts; returns how many were acknowledged. */
  private static long loadUntilHalted(EngineHost host) {
    List<CompletableFuture<CommandResult>> answers = new ArrayList<>();
    while (!host.halted().isDone()) {
      CompletableFuture<CommandResult> answer = host.gateway().submit(ORDER);
      if (!answer.isCompletedExceptionally()) {
        answers.add(answer);
      } else if (!answers.isEmpty()) {
        acknowledged(answers.getLast()); // full: wait until it is not
      }
    }
    return answers.stream().filter(answer -> acknowledged(answer)).count();
  }

  private static boolean acknowledged(CompletableFuture<CommandResult> answer) {
    try {
      answer.join();
      return true;
    } catch (CompletionException refused) {
      assertThat(refused.getCause())
          .isInstanceOfAny(
              EngineGateway.Busy.class,
              EngineGateway.Stopping.class,
              EngineGateway.OutcomeUnknown.class);
      return false;
    }
  }

  @Test
  void nothingAcknowledgedIsLostWhenThePowerGoes() throws IOException {
    long total = 0;
    for (long seed = 1; seed <= 25; seed++) {
      Random random = new Random(seed);
      SimulatedDisk disk = new SimulatedDisk(seed);
      long acknowledged = 0;
      for (int life = 0; life < 5; life++) {
        disk.cutPowerAfter(60 + random.nextInt(400));
        try (EngineHost host = start(disk, CONFIG)) {
          assertThat(balance(host)).as("seed %s", seed).isGreaterThanOrEqualTo(acknowledged);
          assertThat(host.recovery().lastSequence()).isEqualTo(balance(host));
          acknowledged = balance(host) + loadUntilHalted(host);
        } catch (SimulatedDisk.PowerCut duringStart) {
          assertThat(duringStart).hasMessage("power cut");
        }
        disk.powerOn();
      }
      try (EngineHost host = start(disk, CONFIG)) {
        assertThat(balance(host)).as("seed %s", seed).isGreaterThanOrEqualTo(acknowledged);
      }
      total += acknowledged;
    }
    assertThat(total).isGreaterThan(1_000);
  }

  @Test
  void aFailedSyncHaltsTheVenueAndAcknowledgesNothingMore() throws Exception {
    SimulatedDisk disk = new SimulatedDisk(3);
    long acknowledged = 0;
    try (EngineHost host = start(disk, CONFIG)) {
      host.gateway().submit(ORDER).get(5, TimeUnit.SECONDS);
      disk.failSyncs();
      CompletableFuture<CommandResult> unlucky = host.gateway().submit(ORDER);

      assertThat(host.halted().get(5, TimeUnit.SECONDS)).hasMessage("Input/output error");
      assertThatThrownBy(() -> unlucky.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(EngineGateway.OutcomeUnknown.class);
      assertThatThrownBy(() -> host.gateway().submit(ORDER).get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(EngineGateway.Stopping.class);
      acknowledged = balance(host);
    }
    assertThat(acknowledged).isEqualTo(1);
    disk.powerOn();
    try (EngineHost host = start(disk, CONFIG)) {
      assertThat(balance(host)).isBetween(1L, 2L);
    }
  }

  @Test
  void aFullDiskRefusesOrdersFirstAndLosesNothing() throws Exception {
    SimulatedDisk disk = new SimulatedDisk(3);
    disk.capacity(3 * 64 * 1024);
    HostConfig config = CONFIG.withSnapshotInterval(1_000_000);
    long accepted = 0;
    try (EngineHost host = start(disk, config)) {
      String refusal = "";
      while (refusal.isEmpty()) {
        try {
          host.gateway().submit(ORDER).get(5, TimeUnit.SECONDS);
          accepted++;
        } catch (ExecutionException refused) {
          assertThat(refused.getCause()).isInstanceOf(EngineGateway.Busy.class);
          refusal = String.valueOf(refused.getCause().getMessage());
        }
      }
      assertThat(refusal).isEqualTo("the journal is near its limit");
      assertThat(host.gateway().submit(CANCEL).get(5, TimeUnit.SECONDS).events()).hasSize(1);
      assertThat(host.gateway().submit(KILL).get(5, TimeUnit.SECONDS).events()).hasSize(1);

      disk.capacity(Long.MAX_VALUE);
      while (!acknowledged(host.gateway().submit(ORDER))) {
        Thread.onSpinWait();
      }
      assertThat(balance(host)).isEqualTo(accepted + 1);
    }
    try (EngineHost host = start(disk, config)) {
      assertThat(balance(host)).isEqualTo(accepted + 1);
    }
  }

  @Test
  void aFullRingKeepsRoomForCancelsAndForTheKillSwitch() throws Exception {
    SimulatedDisk disk = new SimulatedDisk(3);
    HostConfig config =
        CONFIG
            .withRing(128, 8192)
            .withSegmentBytes(128 * 1024)
            .withAnswerTimeout(Duration.ofMillis(100));
    try (EngineHost host = start(disk, config)) {
      CountDownLatch release = new CountDownLatch(1);
      disk.holdSyncs(release);
      List<CompletableFuture<CommandResult>> answers = new ArrayList<>();
      int orders = fill(host, ORDER, answers);
      int cancels = fill(host, CANCEL, answers);
      int kills = fill(host, KILL, answers);

      assertThat(orders).isEqualTo(108);
      assertThat(cancels).isEqualTo(4);
      assertThat(kills).isEqualTo(16);
      assertThatThrownBy(() -> answers.getFirst().get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(EngineGateway.OutcomeUnknown.class)
          .hasMessageContaining("no answer in time");

      release.countDown();
      while (host.readModel().sequence() < 128) {
        Thread.onSpinWait();
      }
      assertThat(balance(host)).isEqualTo(orders);
      assertThat(host.gateway().submit(ORDER).get(5, TimeUnit.SECONDS).sequence()).isEqualTo(129);
    }
  }

  private static int fill(
      EngineHost host, Command command, List<CompletableFuture<CommandResult>> answers) {
    for (int accepted = 0; ; accepted++) {
      CompletableFuture<CommandResult> answer = host.gateway().submit(command);
      if (answer.isCompletedExceptionally()
          && answer.exceptionNow() instanceof EngineGateway.Busy) {
        return accepted;
      }
      answers.add(answer);
    }
  }
}
