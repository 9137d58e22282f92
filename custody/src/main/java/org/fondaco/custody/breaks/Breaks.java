package org.fondaco.custody.breaks;

import static org.fondaco.db.schema.Tables.CUSTODY_BREAKS;

import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Opens and closes breaks; one that is open keeps the time at which it was opened. */
public final class Breaks {

  /** Why there is one. */
  public enum Cause {
    /** Coins that the ledger was told of have left the canonical chain. */
    CREDITED_ORPHANED,
    /** The ledger refused a credit. */
    CREDIT_REJECTED,
    /** The ledger refused to take a written-off deposit back. */
    WRITE_OFF_REJECTED,
    /** The ledger refused to stop an account, or to let it act again. */
    FREEZE_REJECTED,
    /** Coins of ours were moved by a transaction that custody did not sign. */
    FOREIGN_SPEND,
    /** An account holds less than the scanned blocks explain. */
    BALANCE_MISSING,
    /** The equation of a cut does not close. */
    UNEXPLAINED,
    /** A node has an output or a balance otherwise than the blocks that were scanned. */
    NODE_DIFFERS,
    /** The database has an account's balance otherwise than the ledger. */
    PROJECTION_DIFFERS,
    /** A withdrawal is booked as paid, and its payment has left the canonical chain. */
    PAYOUT_ORPHANED,
    /** A payment was mined although its funds were released, or the other way round. */
    PAYOUT_CONTRADICTED,
    /** A token's contract moved another amount than it was told to. */
    WRONG_TRANSFER,
    /** The ledger refused to book a payment, to release a hold, or to book a network fee. */
    PAYOUT_REJECTED
  }

  private Breaks() {}

  /**
   * Opens a break, or notes the new amount of one that is open.
   *
   * @param atoms below zero = missing
   */
  public static void open(
      DSLContext transaction,
      int asset,
      Cause cause,
      String key,
      BigInteger atoms,
      String note,
      Instant at) {
    OffsetDateTime now = at.atOffset(ZoneOffset.UTC);
    transaction
        .insertInto(CUSTODY_BREAKS)
        .set(CUSTODY_BREAKS.ASSET, asset)
        .set(CUSTODY_BREAKS.CAUSE, cause.name())
        .set(CUSTODY_BREAKS.KEY, key)
        .set(CUSTODY_BREAKS.ATOMS, atoms)
        .set(CUSTODY_BREAKS.NOTE, note)
        .set(CUSTODY_BREAKS.OPENED_AT, now)
        .set(CUSTODY_BREAKS.SEEN_AT, now)
        .onConflict(CUSTODY_BREAKS.ASSET, CUSTODY_BREAKS.CAUSE, CUSTODY_BREAKS.KEY)
        .where(CUSTODY_BREAKS.CLOSED_AT.isNull())
        .doUpdate()
        .set(CUSTODY_BREAKS.ATOMS, atoms)
        .set(CUSTODY_BREAKS.NOTE, note)
        .set(CUSTODY_BREAKS.SEEN_AT, now)
        .execute();
  }

  /** Closes a break; does nothing when none is open. */
  public static void close(
      DSLContext transaction, int asset, Cause cause, String key, String note, Instant at) {
    transaction
        .update(CUSTODY_BREAKS)
        .set(CUSTODY_BREAKS.CLOSED_AT, at.atOffset(ZoneOffset.UTC))
        .set(
            CUSTODY_BREAKS.NOTE,
            DSL.concat(DSL.coalesce(CUSTODY_BREAKS.NOTE, ""), DSL.inline("; "), DSL.val(note)))
        .where(CUSTODY_BREAKS.ASSET.eq(asset))
        .and(CUSTODY_BREAKS.CAUSE.eq(cause.name()))
        .and(CUSTODY_BREAKS.KEY.eq(key))
        .and(CUSTODY_BREAKS.CLOSED_AT.isNull())
        .execute();
  }
}
