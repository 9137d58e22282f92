package org.fondaco.custody.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.db.schema.Tables.CUSTODY_DEPOSITS;
import static org.fondaco.db.schema.Tables.CUSTODY_WITHDRAWALS;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.deposit.DepositException;
import org.fondaco.custody.ledger.ModelLedger;
import org.fondaco.custody.policy.Halts;
import org.fondaco.custody.policy.Person;
import org.fondaco.custody.policy.PolicyException;
import org.fondaco.custody.reconciliation.Adjustments.Proposal;
import org.fondaco.custody.scan.ScanStatus;
import org.fondaco.db.schema.tables.records.CustodyDepositsRecord;
import org.fondaco.db.schema.tables.records.CustodyWithdrawalsRecord;
import org.jspecify.annotations.Nullable;

/** What the venue's people decide, always two where two are needed. */
final class People {
  private static final Person ANNA = new Person("anna", null);
  private static final Person BEN = new Person("ben", null);

  private final Venue venue;

  /** Whose deposits are by their word. */
  final Map<Long, Long> attributed = new HashMap<>();

  /** Whose credit the house may bear, by deposit. */
  final Map<Long, Long> borne = new HashMap<>();

  People(Venue venue) {
    this.venue = venue;
  }

  // Withdrawals.

  String review(Random random) {
    List<CustodyWithdrawalsRecord> waiting = waiting();
    if (waiting.isEmpty()) {
      return "nothing to review";
    }
    CustodyWithdrawalsRecord row = waiting.get(random.nextInt(waiting.size()));
    long id = row.getWithdrawalId();
    if (random.nextInt(4) == 0) {
      venue.survive(() -> {
        try {
          Person himself = new Person("carl", row.getAccount());
          venue.custody.review().say(id, himself, true, "mine");
          throw new AssertionError("he approved his own withdrawal " + id);
        } catch (PolicyException e) {
          assertThat(e).hasMessageNotContaining("AWAITING");
        }
      });
      return "nobody approves his own withdrawal " + id;
    }
    boolean yes = random.nextInt(4) > 0;
    say(id, yes);
    return (yes ? "approves " : "rejects ") + id;
  }

  private List<CustodyWithdrawalsRecord> waiting() {
    return venue
        .sql
        .selectFrom(CUSTODY_WITHDRAWALS)
        .where(CUSTODY_WITHDRAWALS.STATE.eq("AWAITING"))
        .orderBy(CUSTODY_WITHDRAWALS.WITHDRAWAL_ID)
        .fetch();
  }

  private void say(long id, boolean yes) {
    venue.survive(() -> {
      try {
        venue.custody.review().say(id, ANNA, yes, "looked at it");
      } catch (PolicyException e) {
        assertThat(e).hasMessageContaining("anna");
      }
    });
  }

  void approveAll() {
    waiting().forEach(row -> say(row.getWithdrawalId(), true));
  }

  // Halts.

  String halt(Random random) {
    List<Asset> assets = venue.assets();
    Integer asset = random.nextInt(3) == 0 ? null : assets.get(random.nextInt(3)).id();
    venue.survive(() ->
        venue
            .custody
            .transactions()
            .run(t -> venue.custody.halts().halt(t, asset, "anna", "a drill")));
    return "halts " + (asset == null ? "everything" : venue.asset(asset).code());
  }

  String lift() {
    List<Halts.Halt> open = Halts.open(venue.sql);
    open.forEach(halt -> lift(halt.asset()));
    return "lifts " + open.size() + " halts";
  }

  private void lift(@Nullable Integer asset) {
    for (String person : List.of("anna", "ben")) {
      venue.survive(() -> {
        try {
          venue
              .custody
              .transactions()
              .run(t -> venue.custody.halts().lift(t, asset, person, "the drill is over"));
        } catch (PolicyException e) {
          // Who died after his word was written has asked before, or it is lifted by now.
          assertThat(e).hasMessageMatching("a second person has to lift the halt|it is not halted");
        }
      });
    }
  }

  /** Operators accept a branch that is deeper than custody takes by itself. */
  String resume() {
    List<ChainName> resumed = new ArrayList<>();
    for (ScanStatus status : venue.custody.statuses()) {
      if (status.state() == ScanStatus.State.HALTED) {
        assertThat(status.explanation()).contains("more than 6 blocks");
        venue.survive(() ->
            venue.custody.transactions().run(t -> venue.custody.resume(t, status.chain(), 100)));
        resumed.add(status.chain());
      }
    }
    return "resumes " + resumed;
  }

  // Corrections.

  String correct(Random random) {
    int done = 0;
    for (CustodyDepositsRecord row :
        venue.sql.selectFrom(CUSTODY_DEPOSITS).orderBy(CUSTODY_DEPOSITS.DEPOSIT_ID)) {
      if (random.nextInt(3) > 0) {
        done += decide(row, random.nextBoolean()) ? 1 : 0;
      }
    }
    return "corrects " + done + " deposits";
  }

  /** Decides on everything that waits for a decision. */
  boolean correctAll() {
    boolean did = false;
    for (CustodyDepositsRecord row :
        venue.sql.selectFrom(CUSTODY_DEPOSITS).orderBy(CUSTODY_DEPOSITS.DEPOSIT_ID)) {
      did |= decide(row, true);
    }
    return did;
  }

  private boolean decide(CustodyDepositsRecord row, boolean houseBears) {
    long id = row.getDepositId();
    boolean there = row.getHeight() != null;
    switch (row.getState()) {
      case "UNATTRIBUTED" -> {
        if (!there || row.getUnits() == 0) {
          return false;
        }
        if (book(new Proposal.Attribute(id, ModelLedger.HOUSE))) {
          attributed.put(id, ModelLedger.HOUSE);
        }
      }
      case "WRITTEN_OFF" -> {
        if (!there || row.getCredited() != 0 || row.getUnits() == 0) {
          return false;
        }
        long owner = borne.containsKey(id) ? ModelLedger.HOUSE : row.getAccount();
        if (book(new Proposal.Attribute(id, owner))) {
          attributed.put(id, owner);
        }
      }
      case "CREDITED_ORPHANED" -> {
        if (there && row.getCredited() <= row.getUnits()) {
          return false;
        }
        long from = houseBears ? ModelLedger.HOUSE : row.getAccount();
        if (book(new Proposal.WriteOff(id, from)) && houseBears) {
          borne.put(id, row.getAccount());
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** One proposes, the other one books; true when it was booked, whoever died. */
  private boolean book(Proposal proposal) {
    long[] id = {0};
    venue.survive(() ->
        id[0] =
            venue
                .custody
                .transactions()
                .result(t ->
                    venue.custody.adjustments().propose(t, "anna", proposal, "as the bank says")));
    if (id[0] == 0) {
      return false;
    }
    venue.survive(() -> {
      try {
        venue
            .custody
            .transactions()
            .run(t -> venue.custody.adjustments().approve(t, id[0], BEN, "yes"));
      } catch (DepositException e) {
        assertThat(e).hasMessageContaining("deposit");
      }
    });
    return "BOOKED"
        .equals(
            venue.sql.fetchValue(
                "select state from custody_adjustments where adjustment_id = ?", id[0]));
  }
}
