package org.fondaco.custody.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fondaco.db.schema.Tables.CUSTODY_ATTEMPTS;
import static org.fondaco.db.schema.Tables.CUSTODY_WITHDRAWAL_STEPS;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.CoreBlock;
import org.fondaco.custody.chain.Lie;
import org.fondaco.custody.chain.ModelCore;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.ledger.ModelLedger;
import org.fondaco.custody.payout.utxo.UtxoRules;
import org.fondaco.custody.policy.Halts;
import org.fondaco.custody.withdrawal.Withdrawal;
import org.fondaco.custody.withdrawal.WithdrawalException;
import org.fondaco.custody.withdrawal.WithdrawalPolicy.Verdict;
import org.fondaco.custody.withdrawal.WithdrawalRequest;
import org.fondaco.custody.withdrawal.WithdrawalState;
import org.fondaco.custody.withdrawal.WithdrawalTerms.Terms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One withdrawal at a time, state by state, with a model of Bitcoin. */
class WithdrawalWayTest {
  private static final long MINE = World.CUSTOMER;

  private final ModelCore node = new ModelCore("way");
  private World world;
  private String hot;

  @BeforeEach
  void begin() {
    world =
        new World(
            ChainName.BTC, node, UtxoRules.of(ChainName.BTC), World.rules(100_000), new Random(1));
    hot = world.house("HOT", 0);
    node.submit(
        node.make(
            List.of(node.outside()),
            List.of(
                ModelCore.output(hot, BigInteger.valueOf(600_000)),
                ModelCore.output(hot, BigInteger.valueOf(300_000)))));
    node.mine(2);
    world.fund(MINE, 1, 500_000);
    world.settle();
  }

  @AfterEach
  void end() {
    world.close();
  }

  private Withdrawal now(Withdrawal withdrawal) {
    return world.withdrawals.await(withdrawal.id(), Duration.ZERO);
  }

  private List<String> states(Withdrawal withdrawal) {
    return world
        .database
        .jooq()
        .select(CUSTODY_WITHDRAWAL_STEPS.STATE)
        .from(CUSTODY_WITHDRAWAL_STEPS)
        .where(CUSTODY_WITHDRAWAL_STEPS.WITHDRAWAL_ID.eq(withdrawal.id()))
        .orderBy(CUSTODY_WITHDRAWAL_STEPS.STEP)
        .fetch(CUSTODY_WITHDRAWAL_STEPS.STATE)
        .stream()
        .distinct()
        .toList();
  }

  private long received(String script) {
    return node.chain().stream()
        .flatMap(block -> block.transactions().stream())
        .flatMap(transaction -> transaction.outputs().stream())
        .filter(output -> output.script().equals(script))
        .mapToLong(output -> output.atoms().longValueExact())
        .sum();
  }

  @Test
  void isPaidExactlyAndBooked() {
    Withdrawal w = world.request(MINE, "a", 1, world.outside(1), 100_000);
    assertThat(w.state()).isEqualTo(WithdrawalState.REQUESTED);
    world.settle();
    assertThat(now(w).state()).isEqualTo(WithdrawalState.ASSIGNED);
    CoreBlock.Transaction sent = node.mempool().getFirst();
    assertThat(now(w).txid()).isEqualTo(sent.txid());
    assertThat(world.ledger.held(MINE, 1)).isEqualTo(101_000);
    node.mine();
    world.settle();
    assertThat(now(w).state()).isEqualTo(WithdrawalState.MINED);
    node.mine(2);
    world.settle();
    assertThat(now(w).state()).isEqualTo(WithdrawalState.DONE);
    assertThat(states(w))
        .containsExactly(
            "REQUESTED", "RESERVED", "APPROVED", "ASSIGNED", "MINED", "FINAL", "POSTING", "DONE");
    assertThat(received(world.outside(1))).isEqualTo(100_000);
    assertThat(world.ledger.free(MINE, 1)).isEqualTo(399_000);
    assertThat(world.ledger.held(MINE, 1)).isZero();
    long change =
        sent.outputs().stream()
            .filter(o -> o.script().equals(hot))
            .mapToLong(o -> o.atoms().longValueExact())
            .sum();
    long fee = 300_000 - 100_000 - change;
    // 2 sat a virtual byte, one input, a payment and change: 141 virtual bytes.
    assertThat(fee).isEqualTo(282);
    assertThat(world.ledger.free(ModelLedger.HOUSE, 1)).isEqualTo(1_000 - fee);
  }

  @Test
  void nothingOfAHaltedAssetIsSignedOrLeavesHoweverFarItWas() {
    for (String reached : List.of("INTENT", "SIGNED")) {
      Withdrawal w = world.request(MINE, reached, 1, world.outside(1), 100_000);
      while (attempts(reached) == 0) {
        assertThat(world.round()).as(reached).isTrue();
      }
      new Halts(() -> world.now, (t, who, what, json) -> {})
          .halt(world.database.jooq(), null, "alice", "somebody is inside");
      world.settle();
      assertThat(attempts(reached)).as(reached).isOne();
      assertThat(node.mempool()).as(reached).isEmpty();
      assertThat(now(w).state()).isEqualTo(WithdrawalState.ASSIGNED);
      world.database.jooq().execute("update custody_halts set lifted_at = now()");
      world.settle();
      assertThat(attempts("SENDING")).as(reached).isOne();
      node.mine(3);
      world.settle();
      assertThat(now(w).state()).isEqualTo(WithdrawalState.DONE);
    }
    assertThat(received(world.outside(1))).isEqualTo(200_000);
  }

  private int attempts(String state) {
    return world.database.jooq().fetchCount(CUSTODY_ATTEMPTS, CUSTODY_ATTEMPTS.STATE.eq(state));
  }

  @Test
  void termsFollowTheNetworkAndOutliveItsSilence() {
    NetworkTerms terms =
        new NetworkTerms(
            Map.of(1, new Terms(100, 700), 5, new Terms(9, 10)),
            Map.of(ChainName.BTC, world.payouts::paymentCost),
            () -> world.now);
    // 226 virtual bytes at 2 sat.
    assertThat(terms.of(World.BTC)).isEqualTo(new Terms(452, 700));
    assertThat(terms.of(World.USDT)).isEqualTo(new Terms(9, 10));
    node.lie(Lie.AWAY);
    world.later(Duration.ofMinutes(5));
    assertThat(terms.of(World.BTC)).isEqualTo(new Terms(452, 700));
    assertThatThrownBy(() -> terms.of(World.LTC)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theSameOrderIdIsTheSameWithdrawal() {
    Withdrawal first = world.request(MINE, "same", 1, world.outside(1), 100_000);
    Withdrawal second = world.request(MINE, "same", 1, world.outside(1), 100_000);
    assertThat(second.id()).isEqualTo(first.id());
    assertRefused(WithdrawalException.Reason.ORDER_ID_USED, "same", world.outside(1), "0.00100001");
    assertRefused(WithdrawalException.Reason.ORDER_ID_USED, "same", world.outside(2), "0.001");
  }

  @Test
  void refusesWhatItCannotPayWithThePreciseReason() {
    String out = world.outside(1);
    assertRefused(WithdrawalException.Reason.NOT_POSITIVE, "n", out, "0");
    assertRefused(WithdrawalException.Reason.NOT_POSITIVE, "n", out, "-1");
    assertRefused(WithdrawalException.Reason.TOO_PRECISE, "n", out, "0.000000001");
    assertRefused(WithdrawalException.Reason.BELOW_MINIMUM, "n", out, "0.00004999");
    assertRefused(WithdrawalException.Reason.TOO_LARGE, "n", out, "1E+999999999");
    assertRefused(WithdrawalException.Reason.TOO_LARGE, "n", out, "92233720368.54775807");
    assertRefused(WithdrawalException.Reason.HOUSE_ADDRESS, "n", hot, "0.001");
    assertRefused(WithdrawalException.Reason.MALFORMED_ORDER_ID, "", out, "0.001");
    Withdrawal above = world.request(MINE, "above", 1, out, 499_001);
    world.settle();
    assertThat(now(above).state()).isEqualTo(WithdrawalState.REFUSED);
    assertThat(now(above).reason()).isEqualTo("INSUFFICIENT_BALANCE");
    Withdrawal all = world.request(MINE, "all", 1, out, 499_000);
    world.settle();
    assertThat(now(all).state()).isEqualTo(WithdrawalState.ASSIGNED);
  }

  private void assertRefused(
      WithdrawalException.Reason reason, String order, String address, String amount) {
    assertThatThrownBy(() ->
            world.withdrawals.request(
                new WithdrawalRequest(MINE, order, 1, address, new BigDecimal(amount))))
        .isInstanceOfSatisfying(
            WithdrawalException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void ownAddressesMoveInside() {
    String theirs = world.address("CUSTOMER", 5, 1_001L);
    String mine = world.address("CUSTOMER", 6, MINE);
    assertRefused(WithdrawalException.Reason.SELF_DEPOSIT, "s", mine, "0.001");
    Withdrawal w = world.request(MINE, "in", 1, theirs, 100_000);
    world.settle();
    assertThat(now(w).state()).isEqualTo(WithdrawalState.DONE);
    assertThat(states(w)).containsExactly("REQUESTED", "RESERVED", "APPROVED", "INTERNAL", "DONE");
    assertThat(world.ledger.free(1_001, 1)).isEqualTo(100_000);
    assertThat(world.ledger.free(MINE, 1)).isEqualTo(400_000);
    assertThat(node.mempool()).isEmpty();
  }

  @Test
  void canBeCancelledUntilItIsBeingPaid() {
    world.verdict = Verdict.AWAIT;
    Withdrawal early = world.request(MINE, "early", 1, world.outside(1), 100_000);
    world.withdrawals.cancel(MINE, early.id());
    Withdrawal waits = world.request(MINE, "waits", 1, world.outside(2), 100_000);
    world.settle();
    assertThat(now(early).state()).isEqualTo(WithdrawalState.VOIDED);
    assertThat(now(waits).state()).isEqualTo(WithdrawalState.AWAITING);
    assertThatThrownBy(() -> world.withdrawals.cancel(1_001, waits.id()))
        .isInstanceOf(WithdrawalException.class);
    world.withdrawals.cancel(MINE, waits.id());
    world.withdrawals.cancel(MINE, waits.id());
    world.settle();
    assertThat(now(waits).state()).isEqualTo(WithdrawalState.VOIDED);
    world.verdict = Verdict.ALLOW;
    Withdrawal late = world.request(MINE, "late", 1, world.outside(3), 100_000);
    world.settle();
    assertThatThrownBy(() -> world.withdrawals.cancel(MINE, late.id()))
        .isInstanceOf(WithdrawalException.class);
    assertThat(world.ledger.free(MINE, 1)).isEqualTo(399_000);
  }

  @Test
  void peopleApproveAndReject() {
    world.verdict = Verdict.AWAIT;
    Withdrawal good = world.request(MINE, "good", 1, world.outside(1), 100_000);
    Withdrawal bad = world.request(MINE, "bad", 1, world.outside(2), 100_000);
    world.settle();
    world.lead.run(t -> world.withdrawals.approve(t, good.id(), "two people"));
    world.lead.run(t -> world.withdrawals.reject(t, bad.id(), "looks like fraud"));
    world.settle();
    assertThat(now(good).state()).isEqualTo(WithdrawalState.ASSIGNED);
    assertThat(now(bad).state()).isEqualTo(WithdrawalState.VOIDED);
    assertThat(now(bad).reason()).isEqualTo("looks like fraud");
    assertThatThrownBy(() -> world.lead.run(t -> world.withdrawals.approve(t, bad.id(), "x")))
        .isInstanceOf(WithdrawalException.class);
  }

  @Test
  void severalAreOneTransactionAndAreRaisedTogether() {
    Withdrawal one = world.request(MINE, "1", 1, world.outside(1), 100_000);
    Withdrawal two = world.request(MINE, "2", 1, world.outside(2), 50_000);
    while (world.dispatcher.step() || world.withdrawals.step()) {
      // Both are approved before the payout looks.
    }
    world.settle();
    CoreBlock.Transaction first = node.mempool().getFirst();
    assertThat(first.outputs()).hasSize(3);
    world.later(Duration.ofMinutes(21));
    world.settle();
    assertThat(node.mempool()).hasSize(1);
    CoreBlock.Transaction raised = node.mempool().getFirst();
    assertThat(raised.txid()).isNotEqualTo(first.txid());
    assertThat(raised.inputs()).containsAll(first.inputs());
    assertThat(raised.outputs().subList(0, 2)).isEqualTo(first.outputs().subList(0, 2));
    node.mine(3);
    world.settle();
    assertThat(now(one).state()).isEqualTo(WithdrawalState.DONE);
    assertThat(now(two).state()).isEqualTo(WithdrawalState.DONE);
    assertThat(now(two).txid()).isEqualTo(raised.txid());
  }

  @Test
  void anOperatorsCancelReleasesOneAndPaysTheOtherAgain() {
    Withdrawal one = world.request(MINE, "1", 1, world.outside(1), 100_000);
    Withdrawal two = world.request(MINE, "2", 1, world.outside(2), 50_000);
    while (world.dispatcher.step() || world.withdrawals.step()) {
      // Both are approved before the payout looks.
    }
    world.settle();
    world.payouts.cancel(1, List.of(one.id()), "eve");
    world.settle();
    assertThat(node.mempool()).hasSize(1);
    assertThat(node.mempool().getFirst().outputs()).allMatch(o -> o.script().equals(hot));
    node.mine(3);
    world.settle();
    assertThat(now(one).state()).isEqualTo(WithdrawalState.VOIDED);
    assertThat(now(two).state()).isEqualTo(WithdrawalState.ASSIGNED);
    node.mine(3);
    world.settle();
    assertThat(now(two).state()).isEqualTo(WithdrawalState.DONE);
    assertThat(received(world.outside(1))).isZero();
    assertThat(received(world.outside(2))).isEqualTo(50_000);
  }

  @Test
  void aPaymentThatADeepReorganisationTookIsSentAgain() {
    Withdrawal w = world.request(MINE, "deep", 1, world.outside(1), 100_000);
    world.settle();
    node.mine(3);
    world.settle();
    assertThat(now(w).state()).isEqualTo(WithdrawalState.DONE);
    List<CoreBlock.Transaction> gone = node.disconnect(3);
    gone.forEach(t -> node.forget(t.txid()));
    node.mine(4);
    world.settle();
    assertThat(now(w).state()).isEqualTo(WithdrawalState.DONE_ORPHANED);
    assertThat(node.mempool()).hasSize(1);
    node.mine();
    world.settle();
    assertThat(now(w).state()).isEqualTo(WithdrawalState.DONE);
    node.mine(3);
    world.settle();
    assertThat(received(world.outside(1))).isEqualTo(100_000);
    long posts =
        world.ledger.history().stream()
            .filter(e -> e.getKey() instanceof LedgerCommand.Post)
            .count();
    assertThat(posts).isEqualTo(1);
    assertThat(world.ledger.free(ModelLedger.HOUSE, 1)).isEqualTo(1_000 - 282);
  }
}
