package org.fondaco.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.fondaco.engine.core.StateMachine;
import org.fondaco.engine.journal.Storage;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class QuarantineTest {

  private static final Command ORDER = EngineHostTest.transfer(1, 1000, 1);
  private static final Command POISON = new Command.AddAsset(1, ToyMachine.POISON, 8);

  @TempDir Path folder;

  private EngineHost start() throws Exception {
    return start(ToyMachine::new);
  }

  private EngineHost start(Supplier<StateMachine> machines) throws Exception {
    return EngineHost.start(HostConfig.small(folder), machines, new NoProjection());
  }

  /**
   * Two orders, then a command that no machine can apply. A halt at once could leave it out of the
   * journal, so the machines meet at it: the replica gets there only when it is on disk.
   */
  private void poison() throws Exception {
    CountDownLatch bothThere = new CountDownLatch(2);
    Runnable meet =
        () -> {
          bothThere.countDown();
          try {
            assertThat(bothThere.await(5, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    try (EngineHost host = start(() -> new ToyMachine(meet))) {
      host.gateway().submit(ORDER).get(5, TimeUnit.SECONDS);
      host.gateway().submit(ORDER).get(5, TimeUnit.SECONDS);
      var poisoned = host.gateway().submit(POISON);
      assertThat(host.halted().get(5, TimeUnit.SECONDS)).hasStackTraceContaining("poisoned");
      assertThatThrownBy(() -> poisoned.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(EngineGateway.OutcomeUnknown.class);
    }
  }

  @Test
  void twoPersonsTakeAPoisonedCommandOut() throws Exception {
    poison();
    assertThatThrownBy(this::start)
        .isInstanceOf(RecoveryFailed.class)
        .hasMessageContaining("Sequence 3 cannot be applied");

    Quarantine.record(HostConfig.small(folder), 3, "Ada", "Grace", "crashes the engine");

    try (EngineHost host = start()) {
      assertThat(host.recovery().quarantined()).containsExactly(3L);
      assertThat(host.recovery().lastSequence()).isEqualTo(3);
      assertThat(host.gateway().submit(ORDER).get(5, TimeUnit.SECONDS).sequence()).isEqualTo(4);
      assertThat(host.readModel().balances(1000))
          .containsExactly(new EngineEvent.BalanceChanged(1000, 1, 3, 0));
    }
    try (EngineHost host = start()) {
      assertThat(host.recovery().snapshotSequence()).isEqualTo(4);
    }
  }

  @Test
  void onePersonIsNotEnoughAndTheSequenceMustBeThere() throws Exception {
    poison();
    HostConfig config = HostConfig.small(folder);
    assertThatThrownBy(() -> Quarantine.record(config, 3, "Ada", " ada ", "why not"))
        .hasMessage("A quarantine needs two different persons");
    assertThatThrownBy(() -> Quarantine.record(config, 3, "Ada", " ", "why not"))
        .hasMessage("A quarantine needs two different persons");
    assertThatThrownBy(() -> Quarantine.record(config, 4, "Ada", "Grace", "too far"))
        .hasMessageContaining("would not be replayed");
    assertThatThrownBy(this::start).isInstanceOf(RecoveryFailed.class);
  }

  @Test
  void aRunningVenueRefuses() throws Exception {
    try (EngineHost host = start()) {
      assertThat(host.gateway().submit(ORDER).get(5, TimeUnit.SECONDS).sequence()).isEqualTo(1);
      assertThatThrownBy(
              () -> Quarantine.record(HostConfig.small(folder), 1, "Ada", "Grace", "running"))
          .isInstanceOf(Storage.FolderInUse.class);
    }
  }
}
