package org.fondaco.custody.policy;

import static org.fondaco.db.schema.Tables.CUSTODY_ASSETS;
import static org.fondaco.db.schema.Tables.CUSTODY_VELOCITY;
import static org.fondaco.db.schema.Tables.CUSTODY_WITHDRAWALS;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.withdrawal.WithdrawalPolicy.Candidate;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What was let go, or waits for people, in the sliding windows of the limits. */
final class Velocity {

  private Velocity() {}

  /**
   * What a withdrawal counted for when its funds were held.
   *
   * @param reference in the reference currency
   */
  record Consumed(BigDecimal reference, Instant at) {}

  static void consume(DSLContext t, Candidate candidate, BigDecimal reference, Instant at) {
    t.insertInto(CUSTODY_VELOCITY)
        .set(CUSTODY_VELOCITY.WITHDRAWAL_ID, candidate.withdrawalId())
        .set(CUSTODY_VELOCITY.ACCOUNT, candidate.account())
        .set(CUSTODY_VELOCITY.ASSET, candidate.asset().id())
        .set(CUSTODY_VELOCITY.AMOUNT, candidate.amount())
        .set(CUSTODY_VELOCITY.REFERENCE, reference)
        .set(CUSTODY_VELOCITY.AT, time(at))
        .onConflictDoNothing()
        .execute();
  }

  static Optional<Consumed> of(DSLContext t, long withdrawalId) {
    return t.selectFrom(CUSTODY_VELOCITY)
        .where(CUSTODY_VELOCITY.WITHDRAWAL_ID.eq(withdrawalId))
        .fetchOptional(row -> new Consumed(row.getReference(), row.getAt().toInstant()));
  }

  /**
   * Sums over withdrawals that came before one, in windows that end with it. Seen like this the
   * same documents say the same of it whenever they are asked.
   */
  static Facts.Usage before(DSLContext t, Candidate candidate, Instant at) {
    Map<String, BigDecimal> known = new HashMap<>();
    return (per, asset, window, unit) ->
        known.computeIfAbsent(
            per + "|" + asset + "|" + window + "|" + unit,
            _ -> sum(t, candidate, at, per, asset, window, unit));
  }

  private static BigDecimal sum(
      DSLContext t,
      Candidate candidate,
      Instant at,
      Limit.Per per,
      @Nullable String asset,
      Window window,
      Limit.Unit unit) {
    Condition where =
        CUSTODY_VELOCITY
            .AT
            .gt(time(at.minus(window.length())))
            .and(
                DSL.row(CUSTODY_VELOCITY.AT, CUSTODY_VELOCITY.WITHDRAWAL_ID)
                    .lt(time(at), candidate.withdrawalId()))
            .andNotExists(
                DSL.selectFrom(CUSTODY_WITHDRAWALS)
                    .where(CUSTODY_WITHDRAWALS.WITHDRAWAL_ID.eq(CUSTODY_VELOCITY.WITHDRAWAL_ID))
                    .and(CUSTODY_WITHDRAWALS.STATE.in("VOIDING", "VOIDED", "REFUSED")));
    if (per == Limit.Per.CUSTOMER) {
      where = where.and(CUSTODY_VELOCITY.ACCOUNT.eq(candidate.account()));
    }
    if (asset != null) {
      where = where.and(CUSTODY_ASSETS.CODE.eq(asset));
    }
    var value =
        unit == Limit.Unit.REFERENCE
            ? DSL.sum(CUSTODY_VELOCITY.REFERENCE)
            : DSL.sum(CUSTODY_VELOCITY.AMOUNT);
    BigDecimal sum =
        t.select(DSL.coalesce(value, BigDecimal.ZERO))
            .from(CUSTODY_VELOCITY)
            .join(CUSTODY_ASSETS)
            .on(CUSTODY_ASSETS.ASSET.eq(CUSTODY_VELOCITY.ASSET))
            .where(where)
            .fetchSingle()
            .value1();
    return unit == Limit.Unit.REFERENCE ? sum : sum.movePointLeft(candidate.asset().scale());
  }

  /** Whole coins of an amount of units. */
  static BigDecimal coins(Asset asset, long units) {
    return BigDecimal.valueOf(units, asset.scale());
  }

  private static OffsetDateTime time(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
