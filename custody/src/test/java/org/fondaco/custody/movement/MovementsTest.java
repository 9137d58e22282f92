package org.fondaco.custody.movement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.leader.Leadership;
import org.fondaco.custody.leader.TestDatabase;
import org.fondaco.custody.payout.GroupOutcome;
import org.fondaco.custody.payout.GroupPlan;
import org.fondaco.custody.payout.GroupPlanner;
import org.fondaco.custody.payout.Planned;
import org.fondaco.custody.payout.Purpose;
import org.fondaco.custody.policy.Halts;
import org.fondaco.custody.policy.Person;
import org.fondaco.custody.policy.PolicyException;
import org.fondaco.db.Database;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MovementsTest {
  private static final Asset BTC = new Asset(1, "BTC", ChainName.BTC, null, 8, 8);

  private final Database database = TestDatabase.empty();
  private final Leadership lead = TestDatabase.lead(database);
  private final List<String> log = new ArrayList<>();
  private final Planner planner = new Planner();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Movements movements =
      new Movements(
          lead,
          Map.of(ChainName.BTC, planner),
          Map.of(1, BTC),
          List.of(new TierTarget(1, atoms(100), atoms(500), atoms(1_000), "COLD")),
          (_, _) -> {},
          (_, who, action, _) -> log.add(who + " " + action),
          () -> now);

  /** Writes the group's row as Payouts does, or says that it is impossible. */
  private final class Planner implements GroupPlanner {
    private final List<GroupPlan> plans = new ArrayList<>();
    private boolean possible = true;

    @Override
    public Planned plan(GroupPlan plan, ObjLongConsumer<DSLContext> intent) {
      if (!possible) {
        return new Planned.Impossible(Planned.Reason.FUNDS, "too little");
      }
      plans.add(plan);
      long group = plans.size();
      lead.run(t -> {
        t.execute(
            "insert into custody_groups (group_id, chain, purpose, asset, state, created_at, changed_at) overriding system value values (?, 'BTC', 'MOVEMENT', 1, 'INTENT', now(), now())",
            group);
        intent.accept(t, group);
      });
      return new Planned.Group(group);
    }
  }

  private static BigInteger atoms(long atoms) {
    return BigInteger.valueOf(atoms);
  }

  @BeforeEach
  void setUp() {
    lead.run(t -> {
      t.execute(
          "insert into custody_chains (chain, identity, cursor_height, cursor_hash) values ('BTC', '', 9, '')");
      t.execute(
          "insert into custody_assets (asset, code, chain, decimals, scale) values (1, 'BTC', 'BTC', 8, 8)");
      for (String tier : List.of("HOT", "COLD")) {
        t.execute(
            "insert into custody_addresses (family, tier, index, path, address, script, state) values ('BTC', ?, 0, '', ?, ?, 'USED')",
            tier,
            tier.toLowerCase(Locale.ROOT),
            tier.getBytes(StandardCharsets.UTF_8));
      }
    });
  }

  @AfterEach
  void close() {
    lead.close();
  }

  private void output(int vout, String tier, long atoms) {
    lead.run(t ->
        t.execute(
            """
            insert into custody_outputs (chain, txid, vout, address_id, atoms, coinbase, height, block_hash, origin)
            values ('BTC', '', ?, (select address_id from custody_addresses where tier = ?), ?, false, 1, '', 'INTERNAL')
            """,
            vout,
            tier,
            atoms));
  }

  private Movement newest() {
    return Movements.list(database.jooq(), 1).getFirst();
  }

  private void say(String person, boolean approves) {
    long id = newest().id();
    lead.run(t -> movements.say(t, id, new Person(person, null), approves, ""));
  }

  @Test
  void whatIsAboveTheMaximumIsProposedAndMovesWhenTwoOthersAgree() {
    output(0, "HOT", 1_200);
    assertThat(movements.step()).isTrue();
    assertThat(movements.step()).as("once").isFalse();
    assertThat(newest().atoms()).isEqualTo(700);
    assertThat(newest().proposedBy()).isEqualTo("custody");
    say("anna", true);
    say("anna", true);
    assertThat(movements.step()).as("one person twice").isFalse();
    say("bob", true);
    assertThat(newest().state()).isEqualTo(Movement.State.APPROVED);
    assertThat(movements.step()).isTrue();
    GroupPlan plan = planner.plans.getFirst();
    assertThat(plan.purpose()).isEqualTo(Purpose.MOVEMENT);
    assertThat(plan.from()).isEqualTo(new GroupPlan.From.OfTier("HOT"));
    assertThat(plan.payments().getFirst().address()).isEqualTo("cold");
    assertThat(plan.payments().getFirst().atoms()).isEqualTo(700);
    assertThat(newest().state()).isEqualTo(Movement.State.ASSIGNED);
    MovementListener listener = new MovementListener(() -> now);
    lead.run(t -> listener.finished(t, 1, GroupOutcome.PAID));
    assertThat(newest().state()).isEqualTo(Movement.State.DONE);
    assertThat(log)
        .containsExactly(
            "custody movement.proposed",
            "anna custody.approved",
            "bob custody.approved",
            "custody movement.assigned");
  }

  @Test
  void whatTheHotTierLacksComesFromTheReserveAsFarAsItHasIt() {
    output(0, "HOT", 50);
    output(1, "COLD", 120);
    assertThat(movements.step()).isTrue();
    assertThat(newest().fromTier()).isEqualTo("COLD");
    assertThat(newest().atoms()).isEqualTo(120);
  }

  @Test
  void neitherApproverIsTheProposerAndOneRejectionEndsIt() {
    lead.run(t -> movements.propose(t, 1, "HOT", "COLD", atoms(5), "anna", "audit"));
    assertThatThrownBy(() -> say("anna", true)).isInstanceOf(PolicyException.class);
    say("bob", true);
    say("carl", false);
    assertThat(newest().state()).isEqualTo(Movement.State.REJECTED);
    assertThatThrownBy(() -> say("dora", true)).hasMessageContaining("waits");
    assertThat(planner.plans).isEmpty();
  }

  @Test
  void aProposalExpiresAndAHaltLetsAnApprovedOneWait() {
    output(0, "HOT", 500);
    lead.run(t -> movements.propose(t, 1, "HOT", "COLD", atoms(5), "anna", ""));
    now = now.plus(Duration.ofHours(72));
    assertThatThrownBy(() -> say("bob", true)).isInstanceOf(PolicyException.class);
    movements.step();
    assertThat(newest().state()).isEqualTo(Movement.State.EXPIRED);
    lead.run(t -> movements.propose(t, 1, "HOT", "COLD", atoms(6), "anna", ""));
    say("bob", true);
    say("carl", true);
    Halts halts = new Halts(() -> now, (_, _, _, _) -> {});
    lead.run(t -> halts.halt(t, null, "zoe", "smoke"));
    assertThat(movements.step()).isFalse();
    assertThat(newest().attention()).isEqualTo("smoke");
    lead.run(t -> halts.lift(t, null, "zoe", ""));
    lead.run(t -> halts.lift(t, null, "yan", ""));
    planner.possible = false;
    now = now.plus(Duration.ofMinutes(1));
    assertThat(movements.step()).isFalse();
    assertThat(newest().attention()).isEqualTo("too little");
    planner.possible = true;
    now = now.plus(Duration.ofMinutes(1));
    assertThat(movements.step()).isTrue();
    assertThat(newest().state()).isEqualTo(Movement.State.ASSIGNED);
    assertThat(newest().attention()).isNull();
  }
}
