package org.fondaco.api.operations;

import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESSES;
import static org.fondaco.db.schema.Tables.CUSTODY_ASSETS;
import static org.fondaco.db.schema.Tables.CUSTODY_BALANCE_CHANGES;
import static org.fondaco.db.schema.Tables.CUSTODY_BREAKS;
import static org.fondaco.db.schema.Tables.CUSTODY_CHAINS;
import static org.fondaco.db.schema.Tables.CUSTODY_CUTS;
import static org.fondaco.db.schema.Tables.CUSTODY_DEPOSITS;
import static org.fondaco.db.schema.Tables.CUSTODY_GROUPS;
import static org.fondaco.db.schema.Tables.CUSTODY_HALTS;
import static org.fondaco.db.schema.Tables.CUSTODY_OUTBOX;
import static org.fondaco.db.schema.Tables.CUSTODY_WITHDRAWALS;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fondaco.custody.breaks.RestoreLock;
import org.jooq.DSLContext;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * What custody's tables say at one moment, for the metrics.
 *
 * @param outbox commands that the engine has not answered
 * @param withdrawals by state, those that are not over
 * @param deposits by state, those that wait
 * @param payouts by state, those that are not over
 * @param attention payouts and withdrawals that a person has to look at
 * @param halts by scope: venue, asset, chain
 * @param restored chains that sign nothing because their keys were brought back
 * @param breaks that are open
 * @param conclusiveCut when the last one ended, null = there was none
 * @param gasStation coins of the gas station by chain, as custody's rows say
 */
record CustodyReading(
    long outbox,
    Map<String, Long> withdrawals,
    Map<String, Long> deposits,
    Map<String, Long> payouts,
    long attention,
    Map<String, Long> halts,
    long restored,
    long breaks,
    @Nullable OffsetDateTime conclusiveCut,
    Map<String, Double> gasStation) {
  static final List<String> WITHDRAWALS =
      List.of(
          "REQUESTED",
          "RESERVED",
          "AWAITING",
          "APPROVED",
          "ASSIGNED",
          "MINED",
          "FINAL",
          "POSTING",
          "DONE_ORPHANED",
          "VOIDING",
          "INTERNAL");
  static final List<String> DEPOSITS = List.of("SEEN", "CONFIRMED", "CREDITED_ORPHANED");
  static final List<String> PAYOUTS = List.of("INTENT", "SENDING", "MINED");
  static final List<String> HALTS = List.of("venue", "asset", "chain");
  private static final int QUERY_SECONDS_MAX = 2;

  static CustodyReading of(DSLContext database) {
    DSLContext sql =
        database.configuration().deriveSettings(s -> s.withQueryTimeout(QUERY_SECONDS_MAX)).dsl();
    return new CustodyReading(
        sql.fetchCount(CUSTODY_OUTBOX, CUSTODY_OUTBOX.OUTCOME.isNull()),
        byState(sql, CUSTODY_WITHDRAWALS.STATE, WITHDRAWALS),
        byState(sql, CUSTODY_DEPOSITS.STATE, DEPOSITS),
        byState(sql, CUSTODY_GROUPS.STATE, PAYOUTS),
        sql.fetchCount(
                CUSTODY_GROUPS,
                CUSTODY_GROUPS.STATE.in(PAYOUTS).and(CUSTODY_GROUPS.ATTENTION.isNotNull()))
            + sql.fetchCount(
                CUSTODY_WITHDRAWALS,
                CUSTODY_WITHDRAWALS
                    .STATE
                    .in(WITHDRAWALS)
                    .and(CUSTODY_WITHDRAWALS.ATTENTION.isNotNull())),
        halts(sql),
        RestoreLock.states(sql).stream().filter(state -> state.releasedAt() == null).count(),
        sql.fetchCount(CUSTODY_BREAKS, CUSTODY_BREAKS.CLOSED_AT.isNull()),
        sql.select(CUSTODY_CUTS.FINISHED_AT)
            .from(CUSTODY_CUTS)
            .where(CUSTODY_CUTS.STATE.eq("DONE"))
            .orderBy(CUSTODY_CUTS.CUT_ID.desc())
            .limit(1)
            .fetchOne(CUSTODY_CUTS.FINISHED_AT),
        gasStation(sql));
  }

  private static Map<String, Long> byState(
      DSLContext sql, TableField<?, String> state, List<String> states) {
    Map<String, Long> counts = new HashMap<>();
    sql.select(state, DSL.count())
        .from(state.getTable())
        .where(state.in(states))
        .groupBy(state)
        .forEach(row -> counts.put(row.value1(), row.value2().longValue()));
    return counts;
  }

  private static Map<String, Long> halts(DSLContext sql) {
    return Map.of(
        "venue",
        (long)
            sql.fetchCount(
                CUSTODY_HALTS, CUSTODY_HALTS.LIFTED_AT.isNull().and(CUSTODY_HALTS.ASSET.isNull())),
        "asset",
        (long) sql.fetchCount(CUSTODY_ASSETS, CUSTODY_ASSETS.HALTED.isNotNull()),
        "chain",
        (long) sql.fetchCount(CUSTODY_CHAINS, CUSTODY_CHAINS.HALTED.isNotNull()));
  }

  private static Map<String, Double> gasStation(DSLContext sql) {
    Map<String, Double> coins = new HashMap<>();
    sql.select(
            CUSTODY_ASSETS.CHAIN, CUSTODY_ASSETS.DECIMALS, DSL.sum(CUSTODY_BALANCE_CHANGES.ATOMS))
        .from(CUSTODY_ADDRESSES)
        .join(CUSTODY_ASSETS)
        .on(CUSTODY_ASSETS.CHAIN.eq(CUSTODY_ADDRESSES.FAMILY))
        .and(CUSTODY_ASSETS.CONTRACT.isNull())
        .join(CUSTODY_BALANCE_CHANGES)
        .on(CUSTODY_BALANCE_CHANGES.ADDRESS_ID.eq(CUSTODY_ADDRESSES.ADDRESS_ID))
        .and(CUSTODY_BALANCE_CHANGES.ASSET.eq(CUSTODY_ASSETS.ASSET))
        .where(CUSTODY_ADDRESSES.TIER.eq("GAS"))
        .groupBy(CUSTODY_ASSETS.CHAIN, CUSTODY_ASSETS.DECIMALS)
        .forEach(row -> {
          BigDecimal atoms = row.value3();
          coins.put(
              row.value1(), atoms == null ? 0 : atoms.movePointLeft(row.value2()).doubleValue());
        });
    return coins;
  }
}
