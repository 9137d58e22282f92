package org.fondaco.custody.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.db.schema.Tables.CUSTODY_BREAKS;
import static org.fondaco.db.schema.Tables.CUSTODY_GROUPS;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Random;
import org.fondaco.custody.breaks.Halts;
import org.fondaco.custody.chain.EvmNode;
import org.fondaco.custody.chain.NodeUnderTest;
import org.fondaco.custody.chain.TokenZoo;
import org.fondaco.custody.withdrawal.Withdrawal;
import org.fondaco.custody.withdrawal.WithdrawalState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Withdrawals of tokens that do not do what they are told, on our node and on anvil. */
class TokenZooTest {
  private static final BigInteger ETHER = BigInteger.TEN.pow(18);
  private static final int USDT = World.USDT.id();

  private static NodeUnderTest open(String name) throws Exception {
    return name.equals("ours") ? NodeUnderTest.ours() : NodeUnderTest.anvil();
  }

  private static World world(EvmNode rpc, String contract) {
    return new World(rpc, contract, World.rules(1_000_000_000_000L), new Random(1));
  }

  private static WithdrawalState state(World world, Withdrawal w) {
    return world.withdrawals.await(w.id(), Duration.ZERO).state();
  }

  private static Withdrawal request(World world, String id, int to) {
    return world.request(World.CUSTOMER, id, USDT, world.outside(to), 100_000_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ours", "anvil"})
  void whatRevertsWaitsAndWhatMovesAnotherAmountStops(String name) throws Exception {
    try (NodeUnderTest node = open(name)) {
      TokenZoo zoo = new TokenZoo(node);
      String contract = zoo.tether();
      EvmNode rpc = node.evm();
      try (World world = world(rpc, contract)) {
        String hot = world.house("HOT", 0);
        zoo.pay(hot, ETHER);
        zoo.tether(contract, "transfer", TokenZoo.address(hot), BigInteger.valueOf(50_000_000));
        zoo.tether(contract, "pause");
        zoo.mine(1);
        world.fund(World.CUSTOMER, USDT, 5_000_000_000L);
        world.settle();

        Withdrawal paused = request(world, "paused", 1);
        world.settle();
        assertThat(state(world, paused)).isEqualTo(WithdrawalState.APPROVED);
        assertThat(world.database.jooq().fetchCount(CUSTODY_GROUPS)).isZero();
        zoo.tether(contract, "unpause");
        zoo.mine(1);
        world.later(Duration.ofMinutes(2));
        world.settle();
        zoo.mine(3);
        world.settle();
        assertThat(state(world, paused)).isEqualTo(WithdrawalState.DONE);

        zoo.tether(contract, "setParams", BigInteger.TEN, BigInteger.ONE);
        zoo.mine(1);
        world.settle();
        Withdrawal taxed = request(world, "taxed", 2);
        world.settle();
        zoo.mine(4);
        world.settle();
        assertThat(state(world, taxed)).isEqualTo(WithdrawalState.ASSIGNED);
        assertThat(world.database.jooq().fetchSingle(CUSTODY_BREAKS).getCause())
            .isEqualTo("WRONG_TRANSFER");
        assertThat(world.lead.<String>result(t -> String.valueOf(Halts.of(t, USDT))))
            .contains("otherwise than it was told");
        String head = rpc.blockHash(rpc.tip()).orElseThrow();
        assertThat(rpc.tokenBalance(contract, world.outside(2), head))
            .as("the network's fee is not ours to pay twice")
            .isEqualTo(BigInteger.valueOf(999_000));
        assertThat(world.ledger.held(World.CUSTOMER, USDT)).isPositive();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ours", "anvil"})
  void aTokenThatAnswersFalseHasPaidNothing(String name) throws Exception {
    try (NodeUnderTest node = open(name)) {
      TokenZoo zoo = new TokenZoo(node);
      String contract = zoo.parrot();
      try (World world = world(node.evm(), contract)) {
        String hot = world.house("HOT", 0);
        zoo.pay(hot, ETHER);
        zoo.parrot(
            contract, new TokenZoo.Event("77".repeat(20), hot, BigInteger.valueOf(50_000_000)));
        zoo.mine(1);
        world.fund(World.CUSTOMER, USDT, 5_000_000_000L);
        world.settle();
        Withdrawal refused = request(world, "refused", 1);
        world.settle();
        zoo.mine(1);
        world.settle();
        assertThat(state(world, refused)).isEqualTo(WithdrawalState.ASSIGNED);
        zoo.mine(3);
        world.settle();
        assertThat(state(world, refused)).isEqualTo(WithdrawalState.VOIDED);
        assertThat(world.ledger.free(World.CUSTOMER, USDT)).isEqualTo(5_000_000_000L);
        assertThat(world.ledger.held(World.CUSTOMER, USDT)).isZero();
        assertThat(world.database.jooq().fetchSingle(CUSTODY_GROUPS).getState())
            .isEqualTo("REVERTED");
      }
    }
  }
}
