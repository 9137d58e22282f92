package org.fondaco.custody.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fondaco.custody.deposit.DepositException;
import org.fondaco.custody.deposit.Deposits;
import org.fondaco.custody.leader.Leadership;
import org.fondaco.custody.leader.TestDatabase;
import org.fondaco.custody.ledger.ModelLedger;
import org.fondaco.custody.outbox.Dispatcher;
import org.fondaco.custody.outbox.Subject;
import org.fondaco.custody.policy.Person;
import org.fondaco.custody.policy.PolicyException;
import org.fondaco.custody.reconciliation.Adjustments.Adjustment;
import org.fondaco.custody.reconciliation.Adjustments.Proposal;
import org.fondaco.custody.reconciliation.Adjustments.State;
import org.fondaco.db.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One proposes, another one books, and nobody reaches the custody account. */
class AdjustmentsTest {
  private static final long CUSTOMER = 1_000;
  private static final Person ANNA = new Person("anna", null);
  private static final Person BOB = new Person("bob", null);

  private final Database database = TestDatabase.empty();
  private final Leadership lead = TestDatabase.lead(database);
  private final ModelLedger ledger = new ModelLedger();
  private final List<String> log = new ArrayList<>();
  private final Adjustments adjustments =
      new Adjustments(
          InstantSource.system(),
          (_, who, action, _) -> log.add(who + " " + action),
          DepositDecisions.of(new Deposits(List.of(), InstantSource.system())));
  private final Dispatcher dispatcher =
      new Dispatcher(
          lead, ledger, Map.of(Subject.Kind.ADJUSTMENT, adjustments), InstantSource.system());

  @AfterEach
  void close() {
    lead.close();
  }

  private long propose(Proposal proposal) {
    return lead.result(t -> adjustments.propose(t, "anna", proposal, "support case 7"));
  }

  private Adjustment newest() {
    return Adjustments.list(database.jooq(), 1).getFirst();
  }

  @Test
  void aMoveOutOfSuspenseIsBookedBySomebodyElse() {
    long id = propose(new Proposal.Move(ModelLedger.SUSPENSE, CUSTOMER, 1, 25));
    assertThatThrownBy(() -> lead.run(t -> adjustments.approve(t, id, ANNA, "")))
        .isInstanceOf(PolicyException.class);
    lead.run(t -> adjustments.approve(t, id, BOB, "checked"));
    assertThat(newest().state()).isEqualTo(State.BOOKING);
    while (dispatcher.step()) {
      assertThat(newest().state()).isEqualTo(State.BOOKED);
    }
    assertThat(ledger.free(CUSTOMER, 1)).isEqualTo(25);
    assertThat(ledger.free(ModelLedger.SUSPENSE, 1)).isEqualTo(-25);
    assertThat(ledger.free(ModelLedger.CUSTODY, 1)).isZero();
    assertThatThrownBy(() -> lead.run(t -> adjustments.approve(t, id, BOB, "again")))
        .hasMessage("no adjustment " + id + " waits");
    assertThat(log).containsExactly("anna adjustment.proposed", "bob custody.approved");
  }

  @Test
  void whatTheLedgerRefusesIsRefused() {
    long id = propose(new Proposal.Move(CUSTOMER, ModelLedger.HOUSE, 1, 25));
    lead.run(t -> adjustments.approve(t, id, BOB, ""));
    while (dispatcher.step()) {
      assertThat(newest().state()).isEqualTo(State.REFUSED);
    }
    assertThat(newest().note()).isEqualTo("INSUFFICIENT_BALANCE");
  }

  @Test
  void nobodyMovesTheCustodyAccountByHand() {
    for (Proposal proposal :
        List.of(
            new Proposal.Move(ModelLedger.CUSTODY, CUSTOMER, 1, 1),
            new Proposal.Move(CUSTOMER, ModelLedger.CUSTODY, 1, 1),
            new Proposal.Attribute(1, ModelLedger.CUSTODY),
            new Proposal.WriteOff(1, ModelLedger.CUSTODY))) {
      assertThatThrownBy(() -> propose(proposal))
          .hasMessage("account 1 cannot be adjusted by hand");
    }
  }

  @Test
  void aRejectionEndsItAndTheProposerMayTakeItBack() {
    long id = propose(new Proposal.Move(ModelLedger.SUSPENSE, CUSTOMER, 1, 25));
    lead.run(t -> adjustments.reject(t, id, ANNA, "a mistake"));
    assertThat(newest().state()).isEqualTo(State.REJECTED);
    assertThat(dispatcher.step()).isFalse();
  }

  @Test
  void aDepositThatDoesNotWaitIsLeftAloneAndNothingIsWritten() {
    lead.run(t -> {
      t.execute(
          "insert into custody_chains (chain, identity, cursor_height, cursor_hash) values ('BTC', '', 9, '')");
      t.execute(
          "insert into custody_assets (asset, code, chain, decimals, scale) values (1, 'BTC', 'BTC', 8, 8)");
      t.execute(
          "insert into custody_addresses (family, tier, index, path, address, script, state) values ('BTC', 'HOT', 0, '', '', '', 'USED')");
      t.execute(
          """
          insert into custody_deposits (chain, txid, position, asset, account, address_id, atoms, units, residue,
            height, block_hash, state, seen_at, changed_at)
          select 'BTC', '', '0', 1, null, address_id, 5, 5, 0, 3, '', 'UNATTRIBUTED', now(), now()
          from custody_addresses
          """);
    });
    long writeOff = propose(new Proposal.WriteOff(1, ModelLedger.HOUSE));
    assertThatThrownBy(() -> lead.run(t -> adjustments.approve(t, writeOff, BOB, "")))
        .isInstanceOf(DepositException.class);
    assertThat(newest().state()).as("rolled back").isEqualTo(State.PROPOSED);
    long attribute = propose(new Proposal.Attribute(1, ModelLedger.HOUSE));
    lead.run(t -> adjustments.approve(t, attribute, BOB, "our own float"));
    assertThat(newest().state()).isEqualTo(State.BOOKED);
    assertThat(
            database.jooq().fetchSingle("select account from custody_deposits").get(0, Long.class))
        .isEqualTo(ModelLedger.HOUSE);
  }
}
