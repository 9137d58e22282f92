package org.fondaco.custody.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.custody.sweep.SweepWorld.ETH;
import static org.fondaco.custody.sweep.SweepWorld.HEIGHT;
import static org.fondaco.custody.sweep.SweepWorld.USDT;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.ModelEvm;
import org.fondaco.custody.issue.IssuedAddress;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.payout.GroupOutcome;
import org.fondaco.custody.payout.GroupPlan;
import org.fondaco.custody.payout.Purpose;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Accounts one after another: tokens first, gas where there is none, the coin last and whole. */
class AccountSweeperTest {
  /** Twice the model's base fee of 1 gwei, and its tip of 1 gwei. */
  private static final BigInteger PRICE = BigInteger.valueOf(3_000_000_000L);

  private static final BigInteger COIN_FEE = PRICE.multiply(BigInteger.valueOf(21_000));
  private static final BigInteger TOKEN_GAS = PRICE.multiply(BigInteger.valueOf(240_000));
  private static final int WORTH = 3;
  private static final long TOKEN_LEAST = 1_000_000;
  private static final long DEEP = HEIGHT - 1;

  private final SweepWorld world = new SweepWorld();
  private final Sweeps sweeps = new Sweeps(world::now);
  private final AccountSweeper sweeper =
      new AccountSweeper(
          ETH,
          Map.of(2, ETH, 5, USDT),
          Map.of(2, BigInteger.ONE, 5, BigInteger.valueOf(TOKEN_LEAST)),
          new ModelEvm("sweeps", 1337),
          new SweepRules(2, WORTH, 5, SweepWorld.PAUSE),
          world.lead,
          world.addresses,
          world,
          world::now);
  private final IssuedAddress anna = world.customer(1_000, ChainName.ETH);
  private final IssuedAddress ben = world.customer(1_001, ChainName.ETH);
  private final IssuedAddress hot = world.addresses.house(ChainName.ETH, Tier.HOT);

  @AfterEach
  void close() {
    world.close();
  }

  private static BigInteger worth() {
    return COIN_FEE.multiply(BigInteger.valueOf(WORTH));
  }

  private void sweptToken(IssuedAddress from, long atoms) {
    GroupPlan plan = world.plans.getLast();
    assertThat(plan.purpose()).isEqualTo(Purpose.SWEEP);
    assertThat(plan.asset()).isEqualTo(USDT);
    assertThat(plan.from()).isEqualTo(new GroupPlan.From.Account(from.id()));
    assertThat(plan.payments())
        .singleElement()
        .satisfies(payment -> {
          assertThat(payment.address()).isEqualTo(hot.address());
          assertThat(payment.atoms()).isEqualTo(atoms);
          assertThat(payment.withdrawalId()).isNull();
        });
  }

  private void sweptCoin(IssuedAddress from) {
    GroupPlan plan = world.plans.getLast();
    assertThat(plan.purpose()).isEqualTo(Purpose.SWEEP);
    assertThat(plan.asset()).isEqualTo(ETH);
    assertThat(plan.from()).isEqualTo(new GroupPlan.From.Account(from.id()));
    assertThat(plan.payments()).isEmpty();
    assertThat(plan.restId()).isEqualTo(hot.id());
  }

  private void finish(long group, GroupOutcome outcome) {
    world.group(group, outcome.name());
    world.lead.run(t -> {
      sweeps.mined(t, group, "ab", true);
      sweeps.finished(t, group, outcome);
    });
  }

  private boolean stepLater() {
    world.later(SweepWorld.PAUSE);
    return sweeper.step();
  }

  @Test
  void aCoinIsSweptWhenItIsWorthItsFeeExactly() {
    world.deposit(anna, ETH, worth().subtract(BigInteger.ONE), DEEP, "CREDITED");
    assertThat(sweeper.step()).isFalse();
    assertThat(world.plans).isEmpty();
    world.change(anna, ETH, BigInteger.ONE, DEEP);
    assertThat(sweeper.step()).as("one look a pause").isFalse();
    assertThat(stepLater()).isTrue();
    sweptCoin(anna);
    assertThat(world.sweeps()).containsExactly("1 2 ASSIGNED");
    assertThat(stepLater()).as("one at a time").isFalse();
    finish(1, GroupOutcome.PAID);
    assertThat(world.sweeps()).containsExactly("1 2 DONE");
  }

  @Test
  void tokensGoFirstAndTheCoinOnlyWhenNoneIsLeft() {
    world.deposit(anna, ETH, worth().shiftLeft(4), DEEP, "FINAL");
    world.deposit(anna, USDT, TOKEN_LEAST, DEEP);
    world.deposit(ben, ETH, worth(), DEEP, "CREDITED");
    assertThat(sweeper.step()).isTrue();
    sweptToken(anna, TOKEN_LEAST);
    assertThat(sweeper.step()).as("another account meanwhile").isTrue();
    sweptCoin(ben);
    assertThat(stepLater()).isFalse();
    world.change(anna, USDT, BigInteger.valueOf(-TOKEN_LEAST), DEEP);
    finish(1, GroupOutcome.PAID);
    assertThat(stepLater()).isTrue();
    sweptCoin(anna);
    assertThat(world.sweeps()).containsExactly("1 5 DONE", "1 2 ASSIGNED", "2 2 ASSIGNED");
  }

  @Test
  void tooFewTokensStayAndDoNotHoldTheCoinBack() {
    world.deposit(anna, USDT, TOKEN_LEAST - 1, DEEP);
    world.deposit(anna, ETH, worth(), DEEP, "CREDITED");
    assertThat(sweeper.step()).isTrue();
    sweptCoin(anna);
  }

  @Test
  void aTokenWithoutGasIsFundedOnceAndSweptByTheSameRow() {
    world.deposit(anna, USDT, 5 * TOKEN_LEAST, DEEP);
    IssuedAddress station = world.addresses.house(ChainName.ETH, Tier.GAS);
    world.refuse(plan -> plan.purpose() == Purpose.SWEEP ? "GAS" : "");
    assertThat(sweeper.step()).isTrue();
    GroupPlan funding = world.plans.getLast();
    assertThat(funding.purpose()).isEqualTo(Purpose.FUNDING);
    assertThat(funding.asset()).isEqualTo(ETH);
    assertThat(funding.from()).isEqualTo(new GroupPlan.From.Account(station.id()));
    assertThat(funding.restId()).isEqualTo(station.id());
    assertThat(funding.payments())
        .singleElement()
        .satisfies(payment -> {
          assertThat(payment.address()).isEqualTo(anna.address());
          assertThat(payment.atoms()).isEqualTo(TOKEN_GAS);
        });
    assertThat(world.sweeps()).containsExactly("1 5 FUNDING");
    assertThat(stepLater()).as("it waits for the gas").isFalse();
    world.change(anna, ETH, TOKEN_GAS, DEEP);
    finish(1, GroupOutcome.PAID);
    assertThat(world.sweeps()).containsExactly("1 5 FUNDED");
    world.refuse(plan -> "");
    assertThat(stepLater()).isTrue();
    sweptToken(anna, 5 * TOKEN_LEAST);
    assertThat(world.sweeps()).containsExactly("1 5 ASSIGNED");
    finish(2, GroupOutcome.PAID);
    assertThat(world.sweeps()).containsExactly("1 5 DONE");
  }

  @Test
  void gasThatNoLongerSufficesIsSentAgainForTheSameSweep() {
    world.deposit(anna, USDT, TOKEN_LEAST, DEEP);
    world.refuse(plan -> plan.purpose() == Purpose.SWEEP ? "GAS" : "");
    assertThat(sweeper.step()).isTrue();
    finish(1, GroupOutcome.PAID);
    assertThat(stepLater()).isTrue();
    assertThat(world.plans.getLast().purpose()).isEqualTo(Purpose.FUNDING);
    assertThat(world.sweeps()).containsExactly("1 5 FUNDING");
  }

  @Test
  void gasThatDidNotComeFailsTheSweepAndItIsPlannedAnew() {
    world.deposit(anna, USDT, TOKEN_LEAST, DEEP);
    world.refuse(plan -> plan.purpose() == Purpose.SWEEP ? "GAS" : "");
    assertThat(sweeper.step()).isTrue();
    finish(1, GroupOutcome.CANCELLED);
    assertThat(world.sweeps()).containsExactly("1 5 FAILED CANCELLED");
    assertThat(stepLater()).isTrue();
    assertThat(world.sweeps()).containsExactly("1 5 FAILED CANCELLED", "2 5 FUNDING");
  }

  @Test
  void aSweepThatTheContractRefusedIsPlannedAnew() {
    world.deposit(anna, USDT, TOKEN_LEAST, DEEP);
    assertThat(sweeper.step()).isTrue();
    finish(1, GroupOutcome.REVERTED);
    assertThat(world.sweeps()).containsExactly("1 5 FAILED REVERTED");
    assertThat(stepLater()).isTrue();
    assertThat(world.sweeps()).containsExactly("1 5 FAILED REVERTED", "2 5 ASSIGNED");
  }

  @Test
  void onlyMissingGasIsFunded() {
    world.deposit(anna, USDT, TOKEN_LEAST, DEEP);
    for (String reason : List.of("FUNDS", "FEE_CAP", "DUST", "REVERTS", "HALTED", "TAKEN")) {
      world.refuse(plan -> reason);
      assertThat(stepLater()).as(reason).isFalse();
      assertThat(world.plans.getLast().purpose()).isEqualTo(Purpose.SWEEP);
    }
    assertThat(world.sweeps()).isEmpty();
  }

  @Test
  void anAccountThatCannotBeSweptNowLetsTheNextOneBe() {
    world.deposit(anna, USDT, TOKEN_LEAST, DEEP);
    world.deposit(ben, USDT, 2 * TOKEN_LEAST, DEEP);
    world.refuse(
        plan -> plan.from().equals(new GroupPlan.From.Account(anna.id())) ? "REVERTS" : "");
    assertThat(sweeper.step()).isTrue();
    sweptToken(ben, 2 * TOKEN_LEAST);
  }

  @Test
  void accountsAtRestOnly() {
    String shallow = world.deposit(anna, USDT, BigInteger.valueOf(TOKEN_LEAST), HEIGHT, "CREDITED");
    assertThat(shallow).isNotEmpty();
    assertThat(stepLater()).as("not deep enough").isFalse();
    for (String state : List.of("SEEN", "CONFIRMED", "SUSPENSE", "UNATTRIBUTED")) {
      world.sql.execute("update custody_deposits set height = ?, state = ?", DEEP, state);
      assertThat(stepLater()).as(state).isFalse();
    }
    world.sql.execute("update custody_deposits set state = 'CREDITED'");
    for (String state : List.of("INTENT", "SENDING", "MINED")) {
      world.sql.execute("delete from custody_groups");
      world.sql.execute(
          "insert into custody_groups (chain, purpose, asset, from_id, state, created_at, changed_at) values ('ETH', 'PAY', 2, ?, ?, now(), now())",
          anna.id(),
          state);
      assertThat(stepLater()).as("a payout is " + state).isFalse();
    }
    world.sql.execute("delete from custody_groups");
    world.sql.execute("update custody_chains set halted = 'a drill' where chain = 'ETH'");
    assertThat(stepLater()).as("halted").isFalse();
    world.sql.execute("update custody_chains set halted = null");
    assertThat(stepLater()).isTrue();
    sweptToken(anna, TOKEN_LEAST);
  }

  @Test
  void aReorganisationBringsAMinedSweepBackUntilItIsDone() {
    world.deposit(anna, USDT, TOKEN_LEAST, DEEP);
    assertThat(sweeper.step()).isTrue();
    world.lead.run(t -> sweeps.mined(t, 1, "ab", true));
    assertThat(world.sweeps()).containsExactly("1 5 MINED");
    world.lead.run(t -> sweeps.unmined(t, 1));
    assertThat(world.sweeps()).containsExactly("1 5 ASSIGNED");
    finish(1, GroupOutcome.PAID);
    world.lead.run(t -> sweeps.unmined(t, 1));
    assertThat(world.sweeps()).as("a deep one; the group has it").containsExactly("1 5 DONE");
  }

  @Test
  void houseAccountsAndUnlistedAssetsAreLeftAlone() {
    world.change(hot, ETH, worth().shiftLeft(8), DEEP);
    world.change(anna, new Asset(9, "OLD", ChainName.ETH, null, 6, 6), worth(), DEEP);
    assertThat(sweeper.step()).isFalse();
    assertThat(world.plans).isEmpty();
  }
}
