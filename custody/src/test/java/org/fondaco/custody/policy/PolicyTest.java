package org.fondaco.custody.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.fondaco.custody.policy.PolicyVenue.BTC;
import static org.fondaco.custody.policy.PolicyVenue.CUSTOMER;
import static org.fondaco.custody.policy.PolicyVenue.ETH;
import static org.fondaco.custody.withdrawal.WithdrawalPolicy.Verdict.ALLOW;
import static org.fondaco.custody.withdrawal.WithdrawalPolicy.Verdict.AWAIT;
import static org.fondaco.custody.withdrawal.WithdrawalPolicy.Verdict.DENY;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.fondaco.custody.withdrawal.WithdrawalPolicy.Decision;
import org.junit.jupiter.api.Test;

/** The promises of design/CUSTODY.md that are the policy's, each named after who made it first. */
class PolicyTest {
  private static final String DESK =
      """
      {"groups": {"desk": ["anna", "bob", "carl"], "risk": ["dora"]}, "barred": ["carl"],
       "limits": [{"id": "day", "per": "CUSTOMER", "window": "DAY", "max": "1000", "unit": "REFERENCE"},
                  {"id": "month", "per": "VENUE", "asset": "BTC", "window": "MONTH", "max": "15", "unit": "COIN"}],
       "rules": [{"id": "small", "when": {"assets": ["BTC"], "atMost": {"AMOUNT": "100"}}, "then": "ALLOW"},
                 {"id": "large", "when": {"assets": ["BTC"]},
                  "then": {"approvals": {"all": [{"group": "desk", "count": 2}, {"group": "risk", "count": 1}]},
                           "expiresHours": 24}}]}
      """;
  private static final String OPEN = "{\"rules\": [{\"id\": \"all\", \"then\": \"ALLOW\"}]}";

  private final PolicyVenue venue = new PolicyVenue();

  @Test
  void nothingGoesOutsideTheOrderedRulesAndEveryLimit() {
    venue.install(DESK);
    assertThat(venue.held(1, BTC, "1").verdict()).isEqualTo(ALLOW);
    assertThat(venue.held(2, BTC, "1.00000001").verdict()).isEqualTo(AWAIT);
    assertThat(venue.held(3, BTC, "8").reason()).isEqualTo("limit day is exceeded");
    venue.passes(Duration.ofHours(24));
    assertThat(venue.held(4, BTC, "10").verdict()).isEqualTo(AWAIT);
    venue.passes(Duration.ofHours(24));
    assertThat(venue.held(5, BTC, "3").reason()).isEqualTo("limit month is exceeded");
    venue.passes(Duration.ofDays(28));
    assertThat(venue.held(6, BTC, "3").verdict()).isEqualTo(AWAIT);
  }

  @Test
  void aSecondLookBeforeTheSignatureSaysTheSameUnlessThePolicyWasTightened() {
    venue.install(OPEN);
    assertThat(venue.held(1, BTC, "9").verdict()).isEqualTo(ALLOW);
    venue.prices.clear();
    assertThat(venue.signing(1, BTC, "9").verdict()).isEqualTo(ALLOW);
    long draft = venue.result(t -> venue.edition.draft(t, "anna", DESK));
    venue.run(t -> venue.edition.publish(t, draft, "anna"));
    assertThat(venue.signing(1, BTC, "9").verdict()).isEqualTo(AWAIT);
  }

  @Test
  void approversOfBothGroupsAreNeededAndTheBarredDoNotCount() {
    venue.install(DESK);
    Decision asked = venue.held(1, BTC, "2");
    assertThat(asked.expiresAt()).isEqualTo(venue.now().plus(Duration.ofHours(24)));
    venue.approve(1, "anna");
    venue.approve(1, "carl");
    venue.approve(1, "dora");
    assertThat(venue.signing(1, BTC, "2").verdict()).isEqualTo(AWAIT);
    venue.approve(1, "bob");
    assertThat(venue.signing(1, BTC, "2").verdict()).isEqualTo(ALLOW);
    venue.passes(Duration.ofHours(24));
    assertThat(venue.signing(1, BTC, "2").verdict()).as("approvals expire").isEqualTo(AWAIT);
  }

  @Test
  void anInitiatorCannotApproveHisOwn() {
    Person owner = new Person("anna", CUSTOMER);
    Subject withdrawal = Subject.withdrawal(1, CUSTOMER);
    assertThatThrownBy(() -> venue.run(t -> venue.approvals.say(t, withdrawal, owner, true, "")))
        .hasMessage("nobody approves what he initiated himself");
    Subject movement = Subject.proposal(Subject.Kind.MOVEMENT, 1, "bob");
    assertThatThrownBy(() ->
            venue.run(t -> venue.approvals.say(t, movement, new Person("bob", null), true, "")))
        .isInstanceOf(PolicyException.class);
  }

  @Test
  void aCompromisedAdministratorCannotLoosen() {
    venue.install(DESK);
    long draft = venue.result(t -> venue.edition.draft(t, "mallory", OPEN));
    long version = venue.result(t -> venue.edition.publish(t, draft, "mallory"));
    assertThatThrownBy(() -> venue.run(t -> venue.edition.confirm(t, version, "mallory")))
        .hasMessage("somebody has to confirm it who neither wrote nor published it");
    venue.passes(Duration.ofDays(365));
    assertThat(venue.held(1, BTC, "11").verdict()).isEqualTo(DENY);
    venue.run(t -> venue.edition.confirm(t, version, "anna"));
    venue.passes(Duration.ofHours(48).minusNanos(1_000));
    assertThat(venue.held(2, BTC, "11").verdict()).isEqualTo(DENY);
    venue.passes(Duration.ofNanos(1_000));
    assertThat(venue.held(3, BTC, "11").verdict()).isEqualTo(ALLOW);
  }

  @Test
  void aRejectionKeepsALooseningOutAndUndoesNoTightening() {
    venue.install(OPEN);
    long tighter = venue.result(t -> venue.edition.propose(t, "anna", DESK));
    venue.run(t -> venue.edition.reject(t, tighter, "mallory", "in my way"));
    venue.passes(Duration.ofDays(30));
    assertThat(venue.held(1, ETH, "1").reason())
        .as("who rejects a tightening does not loosen")
        .isEqualTo("no rule allows it");
    assertThatThrownBy(() -> venue.run(t -> venue.edition.confirm(t, tighter, "bob")))
        .hasMessage("it was rejected by mallory");
    assertThatThrownBy(() -> venue.run(t -> venue.edition.reject(t, tighter, "bob", "")))
        .hasMessage("it was rejected by mallory");
    long looser = venue.publish(OPEN, "mallory", "bob");
    venue.passes(Duration.ofHours(47));
    venue.run(t -> venue.edition.reject(t, looser, "anna", "why?"));
    venue.passes(Duration.ofDays(30));
    assertThat(venue.held(2, ETH, "1").verdict()).as("vetoed within its notice").isEqualTo(DENY);
    long agreed = venue.publish(OPEN, "anna", "bob");
    venue.passes(Duration.ofHours(48));
    assertThat(venue.held(3, ETH, "1").verdict()).isEqualTo(ALLOW);
    assertThatThrownBy(() -> venue.run(t -> venue.edition.reject(t, agreed, "mallory", "")))
        .hasMessage("it binds already; publish another version to change it");
    List<Published> history = venue.result(t -> PolicyEdition.history(t, 9));
    assertThat(history)
        .extracting(Published::version, Published::rejectedBy)
        .containsExactly(tuple(4L, null), tuple(3L, "anna"), tuple(2L, "mallory"), tuple(1L, null));
  }

  @Test
  void whoIsBarredFromApprovingConfirmsNoPolicyEither() {
    venue.install(DESK);
    long version = venue.result(t -> venue.edition.propose(t, "mallory", OPEN));
    assertThatThrownBy(() -> venue.run(t -> venue.edition.confirm(t, version, "carl")))
        .hasMessage("the policy in force bars carl from approving");
  }

  @Test
  void aRehearsalSaysWhatWouldBeSaidAndCountsNothing() {
    venue.install(DESK);
    Policy.Imagined nine = new Policy.Imagined(CUSTOMER, BTC, "there", "0014aa", 900_000_000L);
    for (int i = 0; i < 3; i++) {
      assertThat(venue.result(t -> venue.policy.rehearse(t, nine, Optional.empty())).verdict())
          .isEqualTo(AWAIT);
    }
    assertThat(venue.held(1, BTC, "9").verdict()).isEqualTo(AWAIT);
    assertThat(venue.result(t -> venue.policy.rehearse(t, nine, Optional.empty())).reason())
        .isEqualTo("limit day is exceeded");
    assertThat(
            venue
                .result(t -> venue.policy.rehearse(t, nine, Optional.of(PolicyJson.read(OPEN))))
                .verdict())
        .isEqualTo(ALLOW);
    assertThat(venue.log).noneMatch(line -> line.contains("REHEARSAL"));
  }

  @Test
  void anEditorRemainsOneWhoeverPublishes() {
    venue.install(DESK);
    long draft = venue.result(t -> venue.edition.draft(t, "mallory", OPEN));
    venue.run(t -> venue.edition.edit(t, draft, "anna", OPEN));
    long version = venue.result(t -> venue.edition.publish(t, draft, "anna"));
    for (String person : List.of("mallory", "anna")) {
      assertThatThrownBy(() -> venue.run(t -> venue.edition.confirm(t, version, person)))
          .isInstanceOf(PolicyException.class);
    }
    assertThatThrownBy(() -> venue.run(t -> venue.edition.edit(t, draft, "bob", DESK)))
        .hasMessage("there is no draft " + draft);
  }

  @Test
  void tighteningBindsAtOnceAndALooseningCanBeTakenBack() {
    venue.install(OPEN);
    venue.publish(DESK, "anna", "bob");
    assertThat(venue.held(1, ETH, "1").reason()).isEqualTo("no rule allows it");
    venue.passes(Duration.ofHours(48));
    venue.publish(OPEN, "anna", "bob");
    venue.passes(Duration.ofHours(47));
    venue.publish(DESK, "bob", "anna");
    venue.passes(Duration.ofHours(1));
    assertThat(venue.held(2, ETH, "1").verdict()).isEqualTo(DENY);
    venue.passes(Duration.ofDays(30));
    assertThat(venue.held(3, ETH, "1").verdict()).isEqualTo(DENY);
  }

  @Test
  void aNewWalletCanOnlyReceive() {
    assertThat(venue.held(1, BTC, "0.1").reason()).isEqualTo("no policy is in force");
    venue.run(t -> venue.edition.install(t, DefaultPolicy.of(List.of("BTC"))));
    assertThat(venue.held(2, BTC, "0.1").verdict()).isEqualTo(ALLOW);
    assertThat(venue.held(3, BTC, "11").verdict()).isEqualTo(AWAIT);
    assertThat(venue.held(4, ETH, "0.1").reason()).isEqualTo("no rule allows it");
    venue.prices.remove("BTC");
    assertThat(venue.held(5, BTC, "0.1").reason()).isEqualTo("the price of BTC is not known");
  }

  @Test
  void aPersonCanRevokeUntilTheSignature() {
    venue.install(OPEN);
    assertThat(venue.held(1, BTC, "1").verdict()).isEqualTo(ALLOW);
    venue.run(t ->
        venue.approvals.say(
            t, Subject.withdrawal(1, CUSTOMER), new Person("zoe", null), false, "fraud"));
    assertThat(venue.signing(1, BTC, "1").reason()).isEqualTo("rejected by zoe");
    assertThatThrownBy(() -> venue.approve(1, "zoe"))
        .hasMessage("zoe has said the opposite before");
  }

  @Test
  void aDenialCarriesTheEvaluatedTree() {
    venue.install(DESK);
    Decision denial = venue.held(1, BTC, "11");
    assertThat(denial.tree())
        .contains("\"limit\":\"day\",\"total\":\"1100.00\",\"max\":\"1000\",\"within\":false")
        .contains(
            "\"rule\":\"small\",\"matched\":false,\"because\":\"AMOUNT 1100.00 is above 100\"")
        .contains("\"version\":1", "\"reason\":\"limit day is exceeded\"");
  }

  @Test
  void anAddressBookThatIsOptedIntoCoolsDownBothWays() {
    venue.install(OPEN);
    byte[] script = HexFormat.of().parseHex("0014aa");
    venue.run(t -> venue.book.only(t, CUSTOMER, true));
    assertThat(venue.held(1, BTC, "1").verdict()).isEqualTo(DENY);
    venue.run(t -> venue.book.add(t, CUSTOMER, "BTC", script, "there", "mine"));
    venue.passes(Duration.ofHours(24).minusSeconds(1));
    assertThat(venue.held(2, BTC, "1").verdict()).isEqualTo(DENY);
    venue.passes(Duration.ofSeconds(1));
    assertThat(venue.held(3, BTC, "1").verdict()).isEqualTo(ALLOW);
    long entry = venue.result(t -> venue.book.entries(t, CUSTOMER)).getFirst().id();
    assertThat(venue.<Boolean>result(t -> venue.book.remove(t, CUSTOMER + 1, entry))).isFalse();
    assertThat(venue.<Boolean>result(t -> venue.book.remove(t, CUSTOMER, entry))).isTrue();
    assertThat(venue.signing(3, BTC, "1").verdict()).isEqualTo(DENY);
    venue.run(t -> venue.book.only(t, CUSTOMER, false));
    venue.passes(Duration.ofHours(23));
    venue.run(t -> venue.book.only(t, CUSTOMER, false));
    assertThat(venue.held(4, BTC, "1").verdict()).isEqualTo(DENY);
    venue.passes(Duration.ofHours(1));
    assertThat(venue.held(5, BTC, "1").verdict()).isEqualTo(ALLOW);
  }

  @Test
  void aHaltLetsEverythingWaitUntilTwoPeopleLiftIt() {
    venue.install(OPEN);
    venue.run(t -> venue.halts.halt(t, BTC.id(), "custody", "deficit"));
    assertThat(venue.held(1, BTC, "1").verdict()).isEqualTo(AWAIT);
    assertThat(venue.held(2, ETH, "1").verdict()).isEqualTo(ALLOW);
    venue.run(t -> venue.halts.halt(t, null, "anna", "smoke"));
    assertThat(venue.signing(2, ETH, "1").verdict()).isEqualTo(AWAIT);
    assertThat(venue.<Boolean>result(t -> venue.halts.lift(t, null, "anna", ""))).isFalse();
    assertThatThrownBy(() -> venue.run(t -> venue.halts.lift(t, null, "anna", "")))
        .hasMessage("a second person has to lift the halt");
    assertThat(venue.<Boolean>result(t -> venue.halts.lift(t, null, "bob", ""))).isTrue();
    assertThat(venue.signing(2, ETH, "1").verdict()).isEqualTo(ALLOW);
    assertThat(venue.signing(1, BTC, "1").verdict()).isEqualTo(AWAIT);
    venue.run(t -> venue.halts.lift(t, BTC.id(), "anna", ""));
    venue.run(t -> venue.halts.halt(t, BTC.id(), "custody", "still"));
    assertThat(venue.<Boolean>result(t -> venue.halts.lift(t, BTC.id(), "bob", ""))).isFalse();
    assertThat(venue.<Boolean>result(t -> venue.halts.lift(t, BTC.id(), "anna", ""))).isTrue();
    assertThat(venue.signing(1, BTC, "1").verdict()).isEqualTo(ALLOW);
  }

  @Test
  void whateverHaltsAnAssetIsSeenByAllAndLiftedInOnePlace() {
    venue.install(OPEN);
    venue.run(t -> venue.halts.halt(t, null, "anna", "smoke"));
    assertThat(haltSeenByPayouts()).isEqualTo("smoke");
    venue.run(t -> venue.halts.lift(t, null, "anna", ""));
    venue.run(t -> venue.halts.lift(t, null, "bob", ""));
    assertThat(haltSeenByPayouts()).isEmpty();
    venue.run(t -> org.fondaco.custody.breaks.Halts.asset(t, BTC.id(), "a break", venue.now()));
    assertThat(venue.held(1, BTC, "1").verdict()).isEqualTo(AWAIT);
    venue.run(t -> venue.halts.lift(t, BTC.id(), "anna", ""));
    assertThat(haltSeenByPayouts()).isEqualTo("a break");
    venue.run(t -> venue.halts.lift(t, BTC.id(), "bob", ""));
    assertThat(haltSeenByPayouts()).isEmpty();
    assertThat(venue.signing(1, BTC, "1").verdict()).isEqualTo(ALLOW);
  }

  private String haltSeenByPayouts() {
    return venue.result(t -> Halts.reason(t, BTC.id()).orElse(""));
  }
}
