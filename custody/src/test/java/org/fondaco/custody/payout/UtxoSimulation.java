package org.fondaco.custody.payout;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.CoreBlock;
import org.fondaco.custody.chain.Lie;
import org.fondaco.custody.chain.ModelCore;
import org.fondaco.custody.ledger.ModelLedger;
import org.fondaco.custody.payout.utxo.UtxoRules;
import org.fondaco.custody.withdrawal.Withdrawal;
import org.fondaco.custody.withdrawal.WithdrawalException;
import org.fondaco.custody.withdrawal.WithdrawalState;

/**
 * Requests, cancels, late blocks, lost transactions, reorganisations and deaths as a seed wills;
 * then everything heals, and each withdrawal must have been paid exactly once or not at all.
 */
final class UtxoSimulation {
  private static final long FLOAT = 3_000_000;
  private static final long FUNDED = 2_000_000;
  private static final long MINE = World.CUSTOMER;

  private final long seed;
  private final Random random;
  private final ModelCore node;
  private final World world;
  private final String hot;
  private final int asset;
  private final Map<Long, String> places = new HashMap<>();
  private final boolean deep;

  UtxoSimulation(ChainName chain, long seed, boolean deep) {
    this.seed = seed;
    this.deep = deep;
    random = new Random(seed);
    node = new ModelCore("simulation " + seed);
    node.replaces(chain == ChainName.BTC);
    world = new World(chain, node, UtxoRules.of(chain), World.rules(100_000), random);
    hot = world.house("HOT", 0);
    asset = world.assets.keySet().iterator().next();
    List<CoreBlock.Output> outputs = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      outputs.add(ModelCore.output(hot, BigInteger.valueOf(FLOAT / 6)));
    }
    node.submit(node.make(List.of(node.outside()), outputs));
    node.mine(2);
    world.fund(MINE, asset, FUNDED);
    world.settle();
  }

  /** Runs it and checks; says what happened. */
  String run(int actions) {
    try {
      world.crashes.oneIn(40);
      for (int i = 0; i < actions; i++) {
        act();
        for (int k = random.nextInt(8); k > 0; k--) {
          world.survive(world::round);
          checkAttempts();
        }
      }
      heal();
      checkEnd();
      return "seed %d: %d withdrawals, %d deaths, %d signatures in the guard"
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
      case 7 -> {
        // A node without memory, or a miner that does not like some of them.
        node.mempool().stream()
            .filter(t -> random.nextInt(3) == 0)
            .toList()
            .forEach(t -> node.forget(t.txid()));
      }
      case 8 -> reorganise();
      case 9 -> world.later(Duration.ofMinutes(random.nextInt(30)));
      case 10 -> node.lie(random.nextBoolean() ? Lie.AWAY : Lie.NONE);
      default -> node.lie(Lie.NONE);
    }
  }

  private void request() {
    int number = places.size() + 1;
    String place = world.outside(number);
    long units = 5_000L + random.nextInt(200_000);
    boolean[] taken = {false};
    for (int tries = 0; !taken[0] && tries < 20; tries++) {
      world.survive(() -> {
        try {
          Withdrawal w = world.request(MINE, "order-" + number, asset, place, units);
          places.put(w.id(), place);
          taken[0] = true;
        } catch (WithdrawalException e) {
          assertThat(e.reason()).isEqualTo(WithdrawalException.Reason.HALTED);
        }
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
    long group = 1L + random.nextInt(5);
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

  /** Shallow ones lie above the depth of finality; deep ones are what W10 is for. */
  private void reorganise() {
    int depth = 1 + random.nextInt(deep ? 5 : 2);
    if (node.chain().size() <= depth + 3) {
      return;
    }
    List<CoreBlock.Transaction> returned = node.disconnect(depth);
    if (random.nextBoolean()) {
      // Not all nodes bring them back.
      returned.forEach(t -> node.forget(t.txid()));
    }
    node.mine(depth + 1);
  }

  private void heal() {
    world.crashes.oneIn(0);
    node.lie(Lie.NONE);
    for (int i = 0; i < 60 && isOpen(); i++) {
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

  /** At every instant: all attempts of a group spend its whole anchor, and no anchor is two's. */
  private void checkAttempts() {
    List<String> faults =
        world
            .database
            .jooq()
            .resultQuery(
                """
                select a.group_id || ' attempt ' || a.number || ' misses ' || n.anchor
                from custody_attempts a
                join custody_anchors n on n.group_id = a.group_id
                where not n.anchor = any(a.inputs)
                union all
                select 'withdrawal ' || p.withdrawal_id || ' is in two open groups'
                from custody_payees p join custody_groups g on g.group_id = p.group_id
                where g.settled is null and g.conflict is null
                group by p.withdrawal_id having count(*) > 1
                union all
                select 'attempt ' || a.attempt_id || ' went out and is not signed'
                from custody_attempts a where a.state not in ('INTENT', 'LOST') and a.raw is null
                """)
            .fetch(0, String.class);
    assertThat(faults).isEmpty();
  }

  private void checkEnd() {
    Map<String, List<Long>> received = new HashMap<>();
    long hotCoins = 0;
    Set<String> spent = new HashSet<>();
    for (CoreBlock block : node.chain()) {
      for (CoreBlock.Transaction transaction : block.transactions()) {
        transaction.inputs().forEach(input -> spent.add(input.toString()));
        for (CoreBlock.Output output : transaction.outputs()) {
          received
              .computeIfAbsent(output.script(), k -> new ArrayList<>())
              .add(output.atoms().longValueExact());
        }
      }
    }
    for (CoreBlock block : node.chain()) {
      for (CoreBlock.Transaction transaction : block.transactions()) {
        for (CoreBlock.Output output : transaction.outputs()) {
          boolean unspent = !spent.contains(transaction.txid() + ":" + output.vout());
          hotCoins += output.script().equals(hot) && unspent ? output.atoms().longValueExact() : 0;
        }
      }
    }
    long paid = 0;
    for (Map.Entry<Long, String> place : places.entrySet()) {
      Withdrawal w = world.withdrawals.await(place.getKey(), Duration.ZERO);
      List<Long> got = received.getOrDefault(place.getValue(), List.of());
      assertThat(w.state())
          .as("withdrawal %d: %s, %s", w.id(), w.attention(), got)
          .isIn(WithdrawalState.DONE, WithdrawalState.VOIDED, WithdrawalState.REFUSED);
      if (w.state() == WithdrawalState.DONE) {
        assertThat(got).as("withdrawal %d", w.id()).containsExactly(w.amount());
        paid += w.amount() + w.fee();
      } else {
        assertThat(got).as("withdrawal %d is %s", w.id(), w.state()).isEmpty();
      }
    }
    assertThat(world.ledger.held(MINE, asset)).isZero();
    assertThat(world.ledger.free(MINE, asset)).isEqualTo(FUNDED - paid);
    // The equation without deposits: what is on the chain is the float and what the ledger knows.
    assertThat(hotCoins).isEqualTo(FLOAT - FUNDED - world.ledger.free(ModelLedger.CUSTODY, asset));
  }
}
