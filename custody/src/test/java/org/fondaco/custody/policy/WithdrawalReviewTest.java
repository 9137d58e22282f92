package org.fondaco.custody.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fondaco.custody.policy.PolicyVenue.BTC;
import static org.fondaco.custody.policy.PolicyVenue.CUSTOMER;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.fondaco.custody.leader.Transactions;
import org.fondaco.custody.withdrawal.WithdrawalException;
import org.fondaco.custody.withdrawal.WithdrawalTerms;
import org.fondaco.custody.withdrawal.Withdrawals;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** W3 and W4 with the real withdrawals: who waits, who is asked, and who may say what. */
class WithdrawalReviewTest {
  private final PolicyVenue venue = new PolicyVenue();
  private final Transactions transactions =
      new Transactions() {
        @Override
        public <T extends @Nullable Object> T result(Function<DSLContext, T> step) {
          return venue.result(step);
        }
      };
  private final Withdrawals withdrawals =
      new Withdrawals(
          transactions,
          venue::now,
          Map.of(1, BTC),
          (_, text) -> {
            throw new WithdrawalException(WithdrawalException.Reason.MALFORMED_ADDRESS, text);
          },
          _ -> new WithdrawalTerms.Terms(0, 1),
          _ -> false,
          venue.policy,
          (_, who, action, detail) -> venue.log.add(who + " " + action + " " + detail));
  private final WithdrawalReview review =
      new WithdrawalReview(
          transactions,
          venue.policy,
          withdrawals,
          Map.of(1, BTC),
          (_, who, action, _) -> venue.log.add(who + " " + action),
          venue::now);

  @BeforeEach
  void policy() {
    venue.run(t -> venue.edition.install(t, DefaultPolicy.of(List.of("BTC"))));
  }

  /** Funds are held; the withdrawals' own step asks the policy. */
  private void reserved(long id, long units) {
    venue.run(t ->
        t.execute(
            """
            insert into custody_withdrawals (withdrawal_id, account, withdraw_order_id, asset, chain, address,
              script, amount, fee, state, hold_id, requested_at, changed_at)
            overriding system value values (?, ?, ?, 1, 'BTC', 'there', '\\x0014', ?, 0, 'RESERVED', ?, now(), now())
            """,
            id,
            CUSTOMER,
            "w" + id,
            units,
            id));
    while (withdrawals.step()) {
      assertThat(state(id)).isNotEqualTo("RESERVED");
    }
  }

  private String state(long id) {
    return venue.result(t ->
        t.fetchSingle("select state from custody_withdrawals where withdrawal_id = ?", id)
            .get(0, String.class));
  }

  @Test
  void aSmallOneGoesAtOnceAndALargeOneWhenSomebodyElseAgrees() {
    reserved(1, 100_000_000);
    assertThat(state(1)).isEqualTo("APPROVED");
    reserved(2, 1_100_000_000);
    assertThat(state(2)).isEqualTo("AWAITING");
    assertThatThrownBy(() -> review.say(2, new Person("owner", CUSTOMER), true, ""))
        .hasMessage("nobody approves what he initiated himself");
    assertThat(review.step()).isFalse();
    review.say(2, new Person("anna", null), true, "known customer");
    assertThat(state(2)).isEqualTo("APPROVED");
    assertThat(venue.log).anyMatch(line -> line.startsWith("anna custody.approved"));
    assertThat(venue.log.getLast()).isEqualTo("custody withdrawal.review");
  }

  @Test
  void theTreeOfADenialIsInTheRowAndInTheAuditLog() {
    venue.prices.clear();
    reserved(1, 100_000_000);
    assertThat(state(1)).isEqualTo("VOIDING");
    String tree =
        venue.result(t ->
            t.fetchSingle("select policy_tree::text from custody_withdrawals")
                .get(0, String.class));
    assertThat(tree).contains("the price of BTC is not known");
    assertThat(venue.log.getLast())
        .startsWith("custody withdrawal.held {\"withdrawal\":1,\"verdict\":\"DENY\"")
        .contains("the price of BTC is not known");
  }

  @Test
  void aRejectionReleasesAndNobodyCanApproveAfterwards() {
    reserved(1, 1_100_000_000);
    review.say(1, new Person("anna", null), false, "fraud");
    assertThat(state(1)).isEqualTo("VOIDING");
    assertThatThrownBy(() -> review.say(1, new Person("bob", null), true, ""))
        .hasMessage("withdrawal 1 is VOIDING");
  }

  @Test
  void whatAHaltLetsWaitGoesOnWhenTwoPeopleLiftIt() {
    venue.run(t -> venue.halts.halt(t, null, "anna", "smoke"));
    reserved(1, 100_000_000);
    assertThat(state(1)).isEqualTo("AWAITING");
    assertThat(review.step()).isFalse();
    venue.run(t -> venue.halts.lift(t, null, "anna", ""));
    venue.run(t -> venue.halts.lift(t, null, "bob", ""));
    assertThat(review.step()).as("looks once a second").isFalse();
    venue.passes(Duration.ofSeconds(1));
    assertThat(review.step()).isTrue();
    assertThat(state(1)).isEqualTo("APPROVED");
  }
}
