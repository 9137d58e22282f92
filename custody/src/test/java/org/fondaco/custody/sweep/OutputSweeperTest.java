package org.fondaco.custody.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.custody.sweep.SweepWorld.BTC;
import static org.fondaco.custody.sweep.SweepWorld.HEIGHT;

import java.math.BigInteger;
import java.util.List;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.ModelCore;
import org.fondaco.custody.issue.IssuedAddress;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.payout.GroupPlan;
import org.fondaco.custody.payout.Purpose;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which outputs are collected, and when. */
class OutputSweeperTest {
  /** An input costs 296 satoshi at the model's 2 a byte; it must be worth ten times that. */
  private static final long LEAST = 2_960;

  private static final long DEEP = HEIGHT - 1;

  private final SweepWorld world = new SweepWorld();
  private final OutputSweeper sweeper =
      new OutputSweeper(
          BTC,
          new ModelCore("sweeps"),
          new SweepRules(2, 10, 3, SweepWorld.PAUSE),
          world.lead,
          world.addresses,
          world,
          world::now);
  private final IssuedAddress anna = world.customer(1_000, ChainName.BTC);
  private final IssuedAddress ben = world.customer(1_001, ChainName.BTC);

  @AfterEach
  void close() {
    world.close();
  }

  private String output(IssuedAddress to, long atoms, long height, String state) {
    return world.deposit(to, BTC, BigInteger.valueOf(atoms), height, state);
  }

  private List<String> swept() {
    GroupPlan plan = world.plans.getLast();
    assertThat(plan.purpose()).isEqualTo(Purpose.SWEEP);
    assertThat(plan.payments()).isEmpty();
    assertThat(plan.restId()).isEqualTo(world.addresses.house(ChainName.BTC, Tier.HOT).id());
    return ((GroupPlan.From.Outputs) plan.from()).outpoints();
  }

  @Test
  void takesWhatIsCreditedDeepAndWorthItsFeeTheDearestFirst() {
    String exactly = output(anna, LEAST, DEEP, "CREDITED");
    output(anna, LEAST - 1, DEEP, "CREDITED");
    String dear = output(ben, 70_000, DEEP, "FINAL");
    output(ben, 80_000, DEEP + 1, "CREDITED");
    for (String state : List.of("SEEN", "CONFIRMED", "BELOW_MIN", "SUSPENSE", "UNATTRIBUTED")) {
      output(ben, 90_000, DEEP, state);
    }
    assertThat(sweeper.step()).isTrue();
    assertThat(swept()).containsExactly(dear, exactly);
  }

  @Test
  void takesNoMoreThanFitsOneTransaction() {
    output(anna, 10_000, DEEP, "CREDITED");
    String third = output(anna, 20_000, DEEP, "CREDITED");
    String second = output(anna, 30_000, DEEP, "CREDITED");
    String first = output(anna, 40_000, DEEP, "CREDITED");
    assertThat(sweeper.step()).isTrue();
    assertThat(swept()).containsExactly(first, second, third);
  }

  @Test
  void leavesTheHouseAndWhatIsSpentOrAnotherPayouts() {
    output(world.addresses.house(ChainName.BTC, Tier.HOT), 90_000, DEEP, "CREDITED");
    String spent = output(anna, 80_000, DEEP, "CREDITED");
    world.sql.execute(
        "update custody_outputs set spent_height = 100 where encode(txid, 'hex') || ':0' = ?",
        spent);
    String taken = output(anna, 70_000, DEEP, "CREDITED");
    world.sql.execute(
        "insert into custody_groups (chain, purpose, asset, state, created_at, changed_at) values ('BTC', 'PAY', 1, 'SENDING', now(), now())");
    world.sql.execute(
        "insert into custody_anchors (chain, anchor, group_id) select 'BTC', ?, group_id from custody_groups",
        taken);
    assertThat(sweeper.step()).isFalse();
    assertThat(world.plans).isEmpty();
  }

  @Test
  void oneSweepAtATimeAndOneLookAPause() {
    output(anna, 50_000, DEEP, "CREDITED");
    assertThat(sweeper.step()).isTrue();
    assertThat(sweeper.step()).isFalse();
    for (String state : List.of("INTENT", "SENDING", "MINED")) {
      world.group(1, state);
      world.later(SweepWorld.PAUSE);
      assertThat(sweeper.step()).as(state).isFalse();
    }
    assertThat(world.plans).hasSize(1);
    for (String state : List.of("PAID", "CANCELLED", "REVERTED", "CONFLICTED")) {
      world.group(1, state);
      world.sql.execute("delete from custody_groups where group_id > 1");
      world.later(SweepWorld.PAUSE.minusMillis(1));
      assertThat(sweeper.step()).as("too early").isFalse();
      world.later(SweepWorld.PAUSE.minus(SweepWorld.PAUSE.minusMillis(1)));
      assertThat(sweeper.step()).as(state).isTrue();
    }
  }

  @Test
  void aHaltedChainIsNotSwept() {
    output(anna, 50_000, DEEP, "CREDITED");
    world.sql.execute("update custody_chains set halted = 'a drill' where chain = 'BTC'");
    assertThat(sweeper.step()).isFalse();
    world.sql.execute("update custody_chains set halted = null");
    world.later(SweepWorld.PAUSE);
    assertThat(sweeper.step()).isTrue();
  }
}
