package org.fondaco.custody.payout;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.fondaco.custody.chain.EvmBlock;
import org.fondaco.custody.chain.Lie;
import org.fondaco.custody.chain.ModelEvm;
import org.fondaco.custody.ledger.ModelLedger;
import org.fondaco.custody.withdrawal.Withdrawal;
import org.fondaco.custody.withdrawal.WithdrawalException;
import org.fondaco.custody.withdrawal.WithdrawalState;

/** As {@link UtxoSimulation}, for coins and a token of an account chain that forgets its pool. */
final class EvmSimulation {
  private static final long MINE = World.CUSTOMER;
  private static final long FUNDED = 1_000_000_000L;
  private static final BigInteger FLOAT = BigInteger.TEN.pow(20);

  private final long seed;
  private final Random random;
  private final ModelEvm node;
  private final World world;
  private final String hot;
  private final Map<Long, String> places = new HashMap<>();

  EvmSimulation(long seed) {
    this.seed = seed;
    random = new Random(seed);
    node = new ModelEvm("simulation " + seed, 1337);
    world = new World(node, World.rules(1_000_000_000_000L), random);
    hot = world.house("HOT", 0);
    String faucet = "fa".repeat(20);
    node.submit(node.pay(faucet, 0, hot, FLOAT, BigInteger.ONE));
    ModelEvm.Move tokens =
        new ModelEvm.Move(World.USDT_CONTRACT, faucet, hot, BigInteger.TEN.pow(12), true);
    node.submit(
        node.call(
            faucet,
            1,
            World.USDT_CONTRACT,
            BigInteger.ZERO,
            BigInteger.ONE,
            true,
            List.of(tokens),
            null,
            0));
    node.mine(2);
    world.fund(MINE, World.ETH.id(), FUNDED);
    world.fund(MINE, World.USDT.id(), FUNDED);
    world.settle();
  }

  String run(int actions) {
    try {
      world.crashes.oneIn(40);
      for (int i = 0; i < actions; i++) {
        act();
        for (int k = random.nextInt(8); k > 0; k--) {
          world.survive(world::round);
        }
      }
      heal();
      checkEnd();
      return "seed %d: %d withdrawals, %d deaths, %d attempts in the guard"
          .formatted(seed, places.size(), world.crashes.died(), world.guard.size());
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    } finally {
      world.close();
    }
  }

  private void act() {
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> request();
      case 3 -> cancel();
      case 4 -> operatorCancels();
      case 5, 6 -> node.mine();
      case 7 -> node.pool().stream().filter(c -> random.nextInt(3) == 0).forEach(node::forget);
      case 8 -> reorganise();
      case 9 -> world.later(Duration.ofMinutes(random.nextInt(30)));
      case 10 -> node.lie(random.nextBoolean() ? Lie.AWAY : Lie.NONE);
      default -> refuse();
    }
  }

  /** A token's contract reverts, or does nothing and says that all is well. */
  private void refuse() {
    node.lie(Lie.NONE);
    for (ModelEvm.Call call : node.pool()) {
      if (!call.moves().isEmpty()) {
        node.submit(
            new ModelEvm.Call(
                call.transaction(), call.fee(), random.nextBoolean(), List.of(), null, 0));
        return;
      }
    }
  }

  private void request() {
    int number = places.size() + 1;
    String place = world.outside(number);
    boolean token = random.nextBoolean();
    long units = (50 + random.nextInt(2_000)) * 100L;
    boolean[] taken = {false};
    for (int tries = 0; !taken[0] && tries < 20; tries++) {
      world.survive(() -> {
        int asset = token ? World.USDT.id() : World.ETH.id();
        places.put(world.request(MINE, "order-" + number, asset, place, units).id(), place);
        taken[0] = true;
      });
    }
  }

  private void cancel() {
    for (long id : places.keySet()) {
      if (random.nextInt(3) == 0) {
        world.survive(() -> {
          try {
            world.withdrawals.cancel(MINE, id);
          } catch (WithdrawalException e) {
            assertThat(e.reason()).isEqualTo(WithdrawalException.Reason.WRONG_STATE);
          }
        });
        return;
      }
    }
  }

  private void operatorCancels() {
    long group = 1L + random.nextInt(8);
    Set<Long> release = new HashSet<>();
    places.keySet().stream().filter(id -> random.nextBoolean()).forEach(release::add);
    world.survive(() -> {
      try {
        world.payouts.cancel(group, release, "operator");
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("group");
      }
    });
  }

  private void reorganise() {
    int depth = 1 + random.nextInt(2);
    if (node.chain().size() > depth + 3) {
      List<ModelEvm.Call> dropped = node.disconnect(depth);
      if (random.nextBoolean()) {
        dropped.forEach(node::submit);
      }
      node.mine(depth + 1);
    }
  }

  private void heal() {
    world.crashes.oneIn(0);
    node.lie(Lie.NONE);
    for (int i = 0; i < 100 && isOpen(); i++) {
      world.settle();
      world.later(Duration.ofMinutes(i % 2 == 0 ? 6 : 21));
      node.mine();
    }
    world.settle();
  }

  private boolean isOpen() {
    return world
            .database
            .jooq()
            .fetchValue(
                """
                select exists (select from custody_withdrawals
                               where state not in ('DONE', 'VOIDED', 'REFUSED'))
                    or exists (select from custody_groups where state in ('INTENT', 'SENDING', 'MINED'))
                """)
        == Boolean.TRUE;
  }

  private BigInteger received(String place) {
    BigInteger sum = BigInteger.ZERO;
    for (EvmBlock block : node.chain()) {
      for (int i = 0; i < block.transactions().size(); i++) {
        EvmBlock.Transaction transaction = block.transactions().get(i);
        EvmBlock.Receipt receipt = block.receipts().get(i);
        if (receipt.succeeded() && place.equals(transaction.to())) {
          sum = sum.add(transaction.value());
        }
        for (EvmBlock.Log log : receipt.logs()) {
          if (log.topics().size() == 3 && log.topics().get(2).endsWith(place)) {
            sum = sum.add(new BigInteger(log.data(), 16));
          }
        }
      }
    }
    return sum;
  }

  private void checkEnd() {
    for (Map.Entry<Long, String> place : places.entrySet()) {
      Withdrawal w = world.withdrawals.await(place.getKey(), Duration.ZERO);
      assertThat(w.state())
          .as("withdrawal %d: %s", w.id(), w.attention())
          .isIn(WithdrawalState.DONE, WithdrawalState.VOIDED, WithdrawalState.REFUSED);
      BigInteger expected =
          w.state() == WithdrawalState.DONE
              ? world.asset(w.asset()).atoms(w.amount())
              : BigInteger.ZERO;
      assertThat(received(place.getValue()))
          .as("withdrawal %d is %s", w.id(), w.state())
          .isEqualTo(expected);
    }
    String head = node.chain().getLast().hash();
    BigInteger unit = BigInteger.TEN.pow(10);
    assertThat(FLOAT.subtract(node.balance(hot, head)).divide(unit).longValueExact())
        .isEqualTo(FUNDED + world.ledger.free(ModelLedger.CUSTODY, World.ETH.id()));
    BigInteger tokens = node.tokenBalance(World.USDT_CONTRACT, hot, head);
    long unitsGone = BigInteger.TEN.pow(12).subtract(tokens).longValueExact() * 100;
    assertThat(unitsGone)
        .isEqualTo(FUNDED + world.ledger.free(ModelLedger.CUSTODY, World.USDT.id()));
    assertThat(world.ledger.held(MINE, World.ETH.id())).isZero();
    assertThat(world.ledger.held(MINE, World.USDT.id())).isZero();
  }
}
