package org.fondaco.custody.sweep;

import static org.fondaco.db.schema.Tables.CUSTODY_SWEEPS;

import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.db.schema.tables.records.CustodySweepsRecord;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Sweeps as rows. */
final class SweepRows {

  private SweepRows() {}

  static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** Gas is on its way to the account. */
  static void funding(
      DSLContext t,
      ChainName chain,
      long addressId,
      int asset,
      BigInteger atoms,
      long group,
      Instant now) {
    CustodySweepsRecord row = funded(t, addressId);
    if (row == null) {
      row = fresh(t, chain, addressId, asset, now);
    }
    row.setAtoms(atoms);
    row.setChangedAt(at(now));
    row.setState("FUNDING");
    row.setFundingGroup(group);
    row.store();
  }

  /** The sweep itself is planned: goes on from FUNDED where there was gas to send first. */
  static void assigned(
      DSLContext t,
      ChainName chain,
      long addressId,
      int asset,
      BigInteger atoms,
      long group,
      Instant now) {
    CustodySweepsRecord row = funded(t, addressId);
    if (row == null) {
      row = fresh(t, chain, addressId, asset, now);
    }
    row.setAsset(asset);
    row.setAtoms(atoms);
    row.setState("ASSIGNED");
    row.setGroupId(group);
    row.setChangedAt(at(now));
    row.store();
  }

  /** The live sweep whose gas has come, but perhaps no longer suffices. */
  private static @Nullable CustodySweepsRecord funded(DSLContext t, long addressId) {
    return t.selectFrom(CUSTODY_SWEEPS)
        .where(CUSTODY_SWEEPS.ADDRESS_ID.eq(addressId))
        .and(CUSTODY_SWEEPS.STATE.eq("FUNDED"))
        .forUpdate()
        .fetchOne();
  }

  private static CustodySweepsRecord fresh(
      DSLContext t, ChainName chain, long addressId, int asset, Instant now) {
    Integer last =
        t.select(DSL.max(CUSTODY_SWEEPS.SEQ))
            .from(CUSTODY_SWEEPS)
            .where(CUSTODY_SWEEPS.ADDRESS_ID.eq(addressId))
            .fetchOne(0, Integer.class);
    CustodySweepsRecord row = t.newRecord(CUSTODY_SWEEPS);
    row.setChain(chain.name());
    row.setAddressId(addressId);
    row.setSeq(last == null ? 1 : last + 1);
    row.setAsset(asset);
    row.setCreatedAt(at(now));
    row.setChangedAt(at(now));
    return row;
  }
}
