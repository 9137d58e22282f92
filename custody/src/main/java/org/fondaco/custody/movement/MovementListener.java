package org.fondaco.custody.movement;

import static org.fondaco.db.schema.Tables.CUSTODY_MOVEMENTS;

import java.time.InstantSource;
import java.time.ZoneOffset;
import org.fondaco.custody.payout.GroupListener;
import org.fondaco.custody.payout.GroupOutcome;
import org.jooq.DSLContext;

/** Hears how the groups of movements end; for the purpose MOVEMENT. */
public final class MovementListener implements GroupListener {
  private final InstantSource clock;

  public MovementListener(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void mined(DSLContext t, long groupId, String txid, boolean paid) {}

  @Override
  public void unmined(DSLContext t, long groupId) {}

  @Override
  public void finished(DSLContext t, long groupId, GroupOutcome outcome) {
    Movement.State end = outcome == GroupOutcome.PAID ? Movement.State.DONE : Movement.State.FAILED;
    t.update(CUSTODY_MOVEMENTS)
        .set(CUSTODY_MOVEMENTS.STATE, end.name())
        .set(CUSTODY_MOVEMENTS.CHANGED_AT, clock.instant().atOffset(ZoneOffset.UTC))
        .where(CUSTODY_MOVEMENTS.GROUP_ID.eq(groupId))
        .and(CUSTODY_MOVEMENTS.STATE.eq(Movement.State.ASSIGNED.name()))
        .execute();
  }
}
