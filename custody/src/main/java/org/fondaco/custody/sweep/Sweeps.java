package org.fondaco.custody.sweep;

import static org.fondaco.db.schema.Tables.CUSTODY_SWEEPS;

import java.time.InstantSource;
import org.fondaco.custody.payout.GroupListener;
import org.fondaco.custody.payout.GroupOutcome;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** What becomes of sweeps and their gas, told by their groups. */
public final class Sweeps implements GroupListener {
  private final InstantSource clock;

  public Sweeps(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void mined(DSLContext t, long groupId, String txid, boolean paid) {
    move(t, CUSTODY_SWEEPS.GROUP_ID.eq(groupId), "ASSIGNED", "MINED", null);
  }

  @Override
  public void unmined(DSLContext t, long groupId) {
    move(t, CUSTODY_SWEEPS.GROUP_ID.eq(groupId), "MINED", "ASSIGNED", null);
  }

  /** A sweep that was not paid has failed and is planned anew; so is one whose gas did not come. */
  @Override
  public void finished(DSLContext t, long groupId, GroupOutcome outcome) {
    boolean paid = outcome == GroupOutcome.PAID;
    String reason = paid ? null : outcome.name();
    move(t, CUSTODY_SWEEPS.GROUP_ID.eq(groupId), "MINED", paid ? "DONE" : "FAILED", reason);
    move(t, CUSTODY_SWEEPS.GROUP_ID.eq(groupId), "ASSIGNED", paid ? "DONE" : "FAILED", reason);
    move(
        t, CUSTODY_SWEEPS.FUNDING_GROUP.eq(groupId), "FUNDING", paid ? "FUNDED" : "FAILED", reason);
  }

  private void move(
      DSLContext t, Condition which, String from, String to, @Nullable String reason) {
    t.update(CUSTODY_SWEEPS)
        .set(CUSTODY_SWEEPS.STATE, to)
        .set(CUSTODY_SWEEPS.REASON, reason)
        .set(CUSTODY_SWEEPS.CHANGED_AT, SweepRows.at(clock.instant()))
        .where(which)
        .and(CUSTODY_SWEEPS.STATE.eq(from))
        .execute();
  }
}
