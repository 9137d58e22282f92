package org.fondaco.custody.breaks;

import static org.fondaco.db.schema.Tables.CUSTODY_ASSETS;
import static org.fondaco.db.schema.Tables.CUSTODY_CHAINS;
import static org.fondaco.db.schema.Tables.CUSTODY_HALTS;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.selectOne;

import java.time.Instant;
import java.time.ZoneOffset;
import org.fondaco.custody.chain.ChainName;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** Stops assets and chains until a person has looked; the first reason stays. */
public final class Halts {
  private Halts() {}

  /** Stops withdrawals of an asset. */
  public static void asset(DSLContext transaction, int asset, String why, Instant at) {
    transaction
        .update(CUSTODY_ASSETS)
        .set(CUSTODY_ASSETS.HALTED, why)
        .set(CUSTODY_ASSETS.HALTED_AT, at.atOffset(ZoneOffset.UTC))
        .where(CUSTODY_ASSETS.ASSET.eq(asset))
        .and(CUSTODY_ASSETS.HALTED.isNull())
        .execute();
  }

  /** Stops a chain: nothing new is signed for it. */
  public static void chain(DSLContext transaction, ChainName chain, String why, Instant at) {
    transaction
        .update(CUSTODY_CHAINS)
        .set(CUSTODY_CHAINS.HALTED, why)
        .set(CUSTODY_CHAINS.HALTED_AT, at.atOffset(ZoneOffset.UTC))
        .where(CUSTODY_CHAINS.CHAIN.eq(chain.name()))
        .and(CUSTODY_CHAINS.HALTED.isNull())
        .execute();
  }

  /**
   * Why nothing of an asset leaves: people or a break halted everything or the asset, or its chain
   * is halted, or its keys were restored and it is not scanned yet; null = it runs. The one place
   * that everybody asks.
   */
  public static @Nullable String of(DSLContext transaction, int asset) {
    var row =
        transaction
            .select(CUSTODY_ASSETS.HALTED, CUSTODY_CHAINS.HALTED, CUSTODY_ASSETS.CHAIN)
            .from(CUSTODY_ASSETS)
            .join(CUSTODY_CHAINS)
            .on(CUSTODY_CHAINS.CHAIN.eq(CUSTODY_ASSETS.CHAIN))
            .where(CUSTODY_ASSETS.ASSET.eq(asset))
            .fetchOne();
    if (row == null) {
      return "the asset is not set up";
    }
    String switched =
        transaction
            .select(CUSTODY_HALTS.REASON)
            .from(CUSTODY_HALTS)
            .where(CUSTODY_HALTS.LIFTED_AT.isNull())
            .and(CUSTODY_HALTS.ASSET.isNull().or(CUSTODY_HALTS.ASSET.eq(asset)))
            .orderBy(CUSTODY_HALTS.HALT_ID)
            .limit(1)
            .fetchOne(CUSTODY_HALTS.REASON);
    if (switched != null) {
      return switched;
    }
    if (row.value1() != null) {
      return row.value1();
    }
    return row.value2() != null ? row.value2() : RestoreLock.reason(transaction, row.value3());
  }

  /**
   * The same as a condition on the asset of a row, without the lock of a restore, which keeps
   * cancels too.
   */
  public static Condition runs(Field<Integer> asset) {
    Condition halted =
        exists(
            selectOne()
                .from(CUSTODY_ASSETS)
                .join(CUSTODY_CHAINS)
                .on(CUSTODY_CHAINS.CHAIN.eq(CUSTODY_ASSETS.CHAIN))
                .where(CUSTODY_ASSETS.ASSET.eq(asset))
                .and(CUSTODY_ASSETS.HALTED.isNotNull().or(CUSTODY_CHAINS.HALTED.isNotNull())));
    Condition switched =
        exists(
            selectOne()
                .from(CUSTODY_HALTS)
                .where(CUSTODY_HALTS.LIFTED_AT.isNull())
                .and(CUSTODY_HALTS.ASSET.isNull().or(CUSTODY_HALTS.ASSET.eq(asset))));
    return not(halted.or(switched));
  }
}
