package org.fondaco.custody.scan;

import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESSES;
import static org.fondaco.db.schema.Tables.CUSTODY_WATCH_VERSIONS;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.fondaco.custody.chain.ChainName;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Scripts and accounts that are ours, in memory. A block's transaction compares the family's
 * version after the block was read: an address that is issued later was known to nobody when the
 * block was made, so no payment to it can be in there. For one thread.
 */
final class WatchList {
  private final String family;
  private final Map<String, Watched> byScript = new HashMap<>();
  private final List<Watched> inOrder = new ArrayList<>();
  private long version;

  /**
   * An address of ours.
   *
   * @param script scriptPubKey or 20 bytes, hexadecimal
   * @param account the customer, null for the house's and nobody's
   */
  record Watched(long addressId, String script, @Nullable Long account) {}

  WatchList(ChainName chain) {
    this.family = chain.name();
  }

  /** Takes up what changed since the last time. */
  void refresh(DSLContext transaction) {
    Long now =
        transaction
            .select(CUSTODY_WATCH_VERSIONS.VERSION)
            .from(CUSTODY_WATCH_VERSIONS)
            .where(CUSTODY_WATCH_VERSIONS.FAMILY.eq(family))
            .fetchOne(CUSTODY_WATCH_VERSIONS.VERSION);
    if (now == null || now == version) {
      return;
    }
    transaction
        .select(CUSTODY_ADDRESSES.ADDRESS_ID, CUSTODY_ADDRESSES.SCRIPT, CUSTODY_ADDRESSES.ACCOUNT)
        .from(CUSTODY_ADDRESSES)
        .where(CUSTODY_ADDRESSES.FAMILY.eq(family))
        .and(CUSTODY_ADDRESSES.WATCH_VERSION.gt(version))
        .orderBy(CUSTODY_ADDRESSES.WATCH_VERSION)
        .forEach(row -> {
          String script = HexFormat.of().formatHex(row.value2());
          Watched watched = new Watched(row.value1(), script, row.value3());
          if (byScript.put(script, watched) == null) {
            inOrder.add(watched);
          } else {
            inOrder.replaceAll(w -> w.script().equals(script) ? watched : w);
          }
        });
    version = now;
  }

  @Nullable Watched find(String script) {
    return byScript.get(script);
  }

  /** All of them, the longest watched first. */
  List<Watched> all() {
    return inOrder;
  }
}
