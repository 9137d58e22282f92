package org.fondaco.custody.backup;

import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESSES;
import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESS_COUNTERS;

import java.util.List;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.key.Tier;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** The owner map as the tables have it. */
public final class OwnerMapRows {
  private OwnerMapRows() {}

  /** Reads both tables at one instant. */
  public static OwnerMap read(DSLContext database) {
    return database.transactionResult(transaction -> {
      DSLContext t = DSL.using(transaction);
      t.execute("set transaction isolation level repeatable read read only");
      return new OwnerMap(counters(t), owners(t));
    });
  }

  private static List<OwnerMap.Counter> counters(DSLContext t) {
    return t.selectFrom(CUSTODY_ADDRESS_COUNTERS)
        .orderBy(CUSTODY_ADDRESS_COUNTERS.FAMILY, CUSTODY_ADDRESS_COUNTERS.TIER)
        .fetch(row ->
            new OwnerMap.Counter(
                ChainName.valueOf(row.getFamily()), Tier.valueOf(row.getTier()), row.getNext()));
  }

  private static List<OwnerMap.Owner> owners(DSLContext t) {
    return t.select(CUSTODY_ADDRESSES.FAMILY, CUSTODY_ADDRESSES.INDEX, CUSTODY_ADDRESSES.ACCOUNT)
        .from(CUSTODY_ADDRESSES)
        .where(CUSTODY_ADDRESSES.ACCOUNT.isNotNull())
        .and(CUSTODY_ADDRESSES.INDEX.ge(0L))
        .orderBy(CUSTODY_ADDRESSES.FAMILY, CUSTODY_ADDRESSES.INDEX)
        .fetch(row ->
            new OwnerMap.Owner(
                ChainName.valueOf(row.value1()), Math.toIntExact(row.value2()), row.value3()));
  }
}
