package org.fondaco.custody.payout;

import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESSES;

import java.util.HexFormat;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.db.schema.tables.records.CustodyAddressesRecord;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An address of ours.
 *
 * @param key as {@code KeyRef} writes it
 */
record House(long addressId, String tier, byte[] script, String key) {
  /** Offline: it is signed elsewhere, whatever the signer says. */
  static final String COLD = "COLD";

  /** Lower-case hexadecimal. */
  String hex() {
    return HexFormat.of().formatHex(script);
  }

  static House byId(DSLContext t, long id) {
    CustodyAddressesRecord row = t.fetchOne(CUSTODY_ADDRESSES, CUSTODY_ADDRESSES.ADDRESS_ID.eq(id));
    if (row == null) {
      throw new IllegalArgumentException("no address " + id);
    }
    return of(row);
  }

  /** The youngest address of a tier, null when there is none. */
  static @Nullable House ofTier(DSLContext t, ChainName chain, String tier) {
    CustodyAddressesRecord row =
        t.selectFrom(CUSTODY_ADDRESSES)
            .where(CUSTODY_ADDRESSES.FAMILY.eq(chain.name()))
            .and(CUSTODY_ADDRESSES.TIER.eq(tier))
            .and(CUSTODY_ADDRESSES.STATE.ne("RETIRED"))
            .orderBy(CUSTODY_ADDRESSES.ADDRESS_ID.desc())
            .limit(1)
            .fetchOne();
    return row == null ? null : of(row);
  }

  private static House of(CustodyAddressesRecord row) {
    return new House(row.getAddressId(), row.getTier(), row.getScript(), row.getPath());
  }
}
