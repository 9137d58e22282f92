package org.fondaco.custody.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.db.schema.Tables.CUSTODY_ATTEMPTS;

import java.math.BigInteger;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.fondaco.chain.contract.Contract;
import org.fondaco.chain.word.Address;
import org.fondaco.custody.chain.EvmRpc;
import org.fondaco.custody.withdrawal.Withdrawal;
import org.fondaco.custody.withdrawal.WithdrawalState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Coins and a token that answers nothing, before our node and before anvil. */
class RealEvmTest {
  private static final BigInteger ETHER = BigInteger.TEN.pow(18);

  private static RealEvm open(String name) throws Exception {
    return name.equals("ours") ? RealEvm.ours() : RealEvm.anvil();
  }

  private static String hex(byte[] bytes) {
    return "0x" + HexFormat.of().formatHex(bytes);
  }

  private static String tether(RealEvm node) {
    String developer = node.developer();
    List<Object> arguments =
        List.of(
            "Tether USD", "USDT", Address.parse(developer), BigInteger.valueOf(1_000_000_000_000L));
    String hash =
        node.call(
                "eth_sendTransaction",
                Map.of(
                    "from",
                    developer,
                    "gas",
                    "0x4c4b40",
                    "data",
                    hex(Contract.TETHER.deployment(arguments))))
            .stringValue();
    node.mine(1);
    return node.call("eth_getTransactionReceipt", hash)
        .path("contractAddress")
        .stringValue()
        .substring(2)
        .toLowerCase(Locale.ROOT);
  }

  private static void give(RealEvm node, String contract, String hot) {
    String developer = node.developer();
    node.call(
        "eth_sendTransaction",
        Map.of("from", developer, "to", "0x" + hot, "value", "0x8ac7230489e80000"));
    byte[] transfer =
        Contract.TETHER.call(
            "transfer", List.of(Address.parse("0x" + hot), BigInteger.valueOf(500_000_000L)));
    node.call(
        "eth_sendTransaction",
        Map.of("from", developer, "to", "0x" + contract, "gas", "0x30d40", "data", hex(transfer)));
    node.mine(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ours", "anvil"})
  void coinsAndTokensAreRaisedCancelledAndPaid(String name) throws Exception {
    try (RealEvm node = open(name)) {
      String contract = tether(node);
      EvmRpc rpc = node.rpc();
      try (World world = new World(rpc, contract, World.rules(1_000_000_000_000L), new Random(1))) {
        String hot = world.house("HOT", 0);
        give(node, contract, hot);
        world.fund(World.CUSTOMER, World.ETH.id(), 1_000_000_000L);
        world.fund(World.CUSTOMER, World.USDT.id(), 50_000_000_000L);
        world.settle();
        Withdrawal coins =
            world.request(World.CUSTOMER, "coins", World.ETH.id(), world.outside(1), 100_000_000L);
        Withdrawal tokens =
            world.request(World.CUSTOMER, "tokens", World.USDT.id(), world.outside(2), 12_345_600L);
        Withdrawal back =
            world.request(World.CUSTOMER, "back", World.ETH.id(), world.outside(3), 1_000_000L);
        world.settle();
        world.payouts.cancel(3, List.of(back.id()), "operator");
        world.later(Duration.ofMinutes(21));
        world.settle();
        assertThat(
                world.database.jooq().fetchCount(CUSTODY_ATTEMPTS, CUSTODY_ATTEMPTS.NUMBER.eq(1)))
            .as("the first nonce is raised, the third is cancelled")
            .isEqualTo(2);
        node.mine(3);
        world.settle();
        assertThat(state(world, coins)).isEqualTo(WithdrawalState.DONE);
        assertThat(state(world, tokens)).isEqualTo(WithdrawalState.DONE);
        assertThat(state(world, back)).isEqualTo(WithdrawalState.VOIDED);
        String head = rpc.blockHash(rpc.tip()).orElseThrow();
        assertThat(rpc.balance(world.outside(1), head)).isEqualTo(ETHER);
        assertThat(rpc.tokenBalance(contract, world.outside(2), head))
            .isEqualTo(BigInteger.valueOf(123_456));
        assertThat(rpc.balance(world.outside(3), head)).isZero();
        assertThat(rpc.nonce(hot)).isEqualTo(3);
        sweep(world, node, rpc, hot);
      }
    }
  }

  private static WithdrawalState state(World world, Withdrawal w) {
    return world.withdrawals.await(w.id(), Duration.ZERO).state();
  }

  /** A plan without payments takes everything: what is left is exactly nothing. */
  private static void sweep(World world, RealEvm node, EvmRpc rpc, String hot) {
    String warm = world.house("WARM", 50);
    Planned planned =
        world.payouts.plan(
            new GroupPlan(Purpose.SWEEP, World.ETH, new GroupPlan.From.Account(1), List.of(), 2),
            (t, group) -> assertThat(group).isEqualTo(4));
    assertThat(planned).isEqualTo(new Planned.Group(4));
    world.settle();
    node.mine(3);
    world.settle();
    String head = rpc.blockHash(rpc.tip()).orElseThrow();
    assertThat(rpc.balance(hot, head)).isZero();
    assertThat(rpc.balance(warm, head)).isGreaterThan(ETHER.multiply(BigInteger.valueOf(8)));
  }
}
