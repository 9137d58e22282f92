package org.fondaco.custody.incident;

import static org.fondaco.db.schema.Tables.CUSTODY_ASSETS;
import static org.fondaco.db.schema.Tables.CUSTODY_BREAKS;
import static org.fondaco.db.schema.Tables.CUSTODY_CHAINS;

import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.fondaco.custody.chain.ChainName;
import org.jooq.DSLContext;

/** Opens and closes breaks, and stops assets and chains, in the caller's transaction. */
public final class Incidents {
  private Incidents() {}

  /**
   * Opens a break; one that is open under the same asset, cause and key keeps its age.
   *
   * @param cause for example payout-orphaned
   * @param key of the row that explains it
   * @param atoms below zero = missing
   */
  public static void open(
      DSLContext t,
      int asset,
      String cause,
      String key,
      BigInteger atoms,
      String note,
      Instant now) {
    OffsetDateTime time = now.atOffset(ZoneOffset.UTC);
    int seen =
        t.update(CUSTODY_BREAKS)
            .set(CUSTODY_BREAKS.SEEN_AT, time)
            .set(CUSTODY_BREAKS.ATOMS, atoms)
            .set(CUSTODY_BREAKS.NOTE, note)
            .where(CUSTODY_BREAKS.ASSET.eq(asset))
            .and(CUSTODY_BREAKS.CAUSE.eq(cause))
            .and(CUSTODY_BREAKS.KEY.eq(key))
            .and(CUSTODY_BREAKS.CLOSED_AT.isNull())
            .execute();
    if (seen == 0) {
      t.insertInto(CUSTODY_BREAKS)
          .set(CUSTODY_BREAKS.ASSET, asset)
          .set(CUSTODY_BREAKS.CAUSE, cause)
          .set(CUSTODY_BREAKS.KEY, key)
          .set(CUSTODY_BREAKS.ATOMS, atoms)
          .set(CUSTODY_BREAKS.NOTE, note)
          .set(CUSTODY_BREAKS.OPENED_AT, time)
          .set(CUSTODY_BREAKS.SEEN_AT, time)
          .execute();
    }
  }

  /** Closes a break; without one, nothing happens. */
  public static void close(DSLContext t, int asset, String cause, String key, Instant now) {
    t.update(CUSTODY_BREAKS)
        .set(CUSTODY_BREAKS.CLOSED_AT, now.atOffset(ZoneOffset.UTC))
        .where(CUSTODY_BREAKS.ASSET.eq(asset))
        .and(CUSTODY_BREAKS.CAUSE.eq(cause))
        .and(CUSTODY_BREAKS.KEY.eq(key))
        .and(CUSTODY_BREAKS.CLOSED_AT.isNull())
        .execute();
  }

  /** Stops withdrawals of an asset; the first reason stays. */
  public static void haltAsset(DSLContext t, int asset, String why, Instant now) {
    t.update(CUSTODY_ASSETS)
        .set(CUSTODY_ASSETS.HALTED, why)
        .set(CUSTODY_ASSETS.HALTED_AT, now.atOffset(ZoneOffset.UTC))
        .where(CUSTODY_ASSETS.ASSET.eq(asset))
        .and(CUSTODY_ASSETS.HALTED.isNull())
        .execute();
  }

  /** Stops a chain: nothing is signed for it; the first reason stays. */
  public static void haltChain(DSLContext t, ChainName chain, String why, Instant now) {
    t.update(CUSTODY_CHAINS)
        .set(CUSTODY_CHAINS.HALTED, why)
        .set(CUSTODY_CHAINS.HALTED_AT, now.atOffset(ZoneOffset.UTC))
        .where(CUSTODY_CHAINS.CHAIN.eq(chain.name()))
        .and(CUSTODY_CHAINS.HALTED.isNull())
        .execute();
  }
}
