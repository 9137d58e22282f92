package org.fondaco.custody.payout;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.CoreBlock;
import org.fondaco.custody.chain.ModelCore;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.payout.utxo.UtxoRules;
import org.fondaco.custody.withdrawal.Withdrawal;
import org.fondaco.custody.withdrawal.WithdrawalException;
import org.fondaco.custody.withdrawal.WithdrawalState;
import org.junit.jupiter.api.Test;

/** Customers and an operator cancel on one thread while another plans, signs, sends and raises. */
class CancelRaceTest {
  private static final int COUNT = 30;

  @Test
  void exactlyOneOfPostAndVoid() {
    ModelCore node = new ModelCore("race");
    Random random = new Random(7);
    try (World world =
        new World(ChainName.BTC, node, UtxoRules.of(ChainName.BTC), World.rules(100_000), random)) {
      String hot = world.house("HOT", 0);
      List<CoreBlock.Output> outputs = new ArrayList<>();
      for (int i = 0; i < COUNT; i++) {
        outputs.add(ModelCore.output(hot, BigInteger.valueOf(100_000)));
      }
      node.submit(node.make(List.of(node.outside()), outputs));
      node.mine(2);
      world.fund(World.CUSTOMER, 1, 10_000_000);
      world.settle();
      Map<Long, String> places = new HashMap<>();
      for (int i = 1; i <= COUNT; i++) {
        Withdrawal w = world.request(World.CUSTOMER, "w" + i, 1, world.outside(i), 50_000);
        places.put(w.id(), world.outside(i));
      }
      List<Long> ids = new ArrayList<>(places.keySet());
      Collections.shuffle(ids, random);
      CompletableFuture<Void> cancels =
          CompletableFuture.runAsync(() -> ids.forEach(id -> cancel(world, id)));
      while (!cancels.isDone()) {
        world.round();
        world.later(Duration.ofSeconds(90));
      }
      cancels.join();
      for (int i = 0; i < 12; i++) {
        world.settle();
        node.mine();
      }
      world.settle();
      check(world, node, places);
    }
  }

  private static void cancel(World world, long id) {
    try {
      world.withdrawals.cancel(World.CUSTOMER, id);
    } catch (WithdrawalException e) {
      try {
        world.payouts.cancel(1 + id % 8, List.of(id), "operator");
      } catch (IllegalArgumentException tooLate) {
        assertThat(tooLate).hasMessageContaining("group");
      }
    }
  }

  private static void check(World world, ModelCore node, Map<Long, String> places) {
    Map<String, Integer> paid = new HashMap<>();
    node.chain()
        .forEach(block ->
            block
                .transactions()
                .forEach(t -> t.outputs().forEach(o -> paid.merge(o.script(), 1, Integer::sum))));
    int done = 0;
    for (Map.Entry<Long, String> place : places.entrySet()) {
      Withdrawal w = world.withdrawals.await(place.getKey(), Duration.ZERO);
      assertThat(w.state()).isIn(WithdrawalState.DONE, WithdrawalState.VOIDED);
      boolean isDone = w.state() == WithdrawalState.DONE;
      assertThat(paid.getOrDefault(place.getValue(), 0)).isEqualTo(isDone ? 1 : 0);
      done += isDone ? 1 : 0;
    }
    long posts = count(world, LedgerCommand.Post.class);
    long voids = count(world, LedgerCommand.Void.class);
    assertThat(posts).isEqualTo(done);
    assertThat(posts + voids).isEqualTo(COUNT);
    assertThat(world.ledger.held(World.CUSTOMER, 1)).isZero();
  }

  private static long count(World world, Class<? extends LedgerCommand> kind) {
    return world.ledger.history().stream().filter(e -> kind.isInstance(e.getKey())).count();
  }
}
