package org.fondaco.custody.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.db.schema.Tables.CUSTODY_ATTEMPTS;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fondaco.custody.breaks.RestoreLock;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.ModelCore;
import org.fondaco.custody.payout.utxo.UtxoRules;
import org.fondaco.custody.withdrawal.Withdrawal;
import org.fondaco.custody.withdrawal.WithdrawalState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A locked chain neither plans nor signs nor sends, whoever asks, and goes on where it was. */
class RestoreLockTest {
  private final ModelCore node = new ModelCore("restored");
  private World world;

  @BeforeEach
  void begin() {
    world =
        new World(
            ChainName.BTC, node, UtxoRules.of(ChainName.BTC), World.rules(100_000), new Random(1));
    String hot = world.house("HOT", 0);
    node.submit(
        node.make(
            List.of(node.outside()), List.of(ModelCore.output(hot, BigInteger.valueOf(600_000)))));
    node.mine(2);
    world.fund(World.CUSTOMER, 1, 500_000);
    world.settle();
  }

  @AfterEach
  void end() {
    world.close();
  }

  private WithdrawalState state(Withdrawal w) {
    return world.withdrawals.await(w.id(), Duration.ZERO).state();
  }

  private void lock() {
    world.lead.run(t -> RestoreLock.lock(t, Map.of(), null, world.now));
  }

  private void release() {
    world.lead.run(t -> RestoreLock.release(t, ChainName.BTC, 2, world.now));
  }

  @Test
  void nothingIsPlannedSignedOrSentWhileItHolds() {
    Withdrawal w = world.request(World.CUSTOMER, "a", 1, world.outside(1), 100_000);
    lock();
    world.settle();
    world.restart();
    world.settle();
    assertThat(state(w)).isEqualTo(WithdrawalState.APPROVED);
    assertThat(world.database.jooq().fetchCount(CUSTODY_ATTEMPTS)).isZero();
    release();
    world.settle();
    assertThat(node.mempool()).hasSize(1);
    assertThat(state(w)).isEqualTo(WithdrawalState.ASSIGNED);
  }

  @Test
  void whatWasSignedBeforeIsNotSentAgainAndNoAttemptIsSigned() {
    world.request(World.CUSTOMER, "a", 1, world.outside(1), 100_000);
    world.settle();
    String sent = node.mempool().getFirst().txid();
    node.forget(sent);
    lock();
    world.later(Duration.ofMinutes(21));
    world.settle();
    assertThat(node.mempool()).as("neither the attempt nor its bump").isEmpty();
    assertThat(world.database.jooq().fetchCount(CUSTODY_ATTEMPTS, CUSTODY_ATTEMPTS.RAW.isNotNull()))
        .isEqualTo(1);
    release();
    world.settle();
    assertThat(node.mempool()).hasSize(1);
  }
}
