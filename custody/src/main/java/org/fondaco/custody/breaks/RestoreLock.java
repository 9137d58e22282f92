package org.fondaco.custody.breaks;

import static org.fondaco.db.schema.Tables.CUSTODY_ASSETS;
import static org.fondaco.db.schema.Tables.CUSTODY_BREAKS;
import static org.fondaco.db.schema.Tables.CUSTODY_CHAINS;
import static org.fondaco.db.schema.Tables.CUSTODY_RESTORES;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.fondaco.custody.chain.ChainName;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Keys that were brought back come with a guard file that may be older than what was signed. Until
 * a chain has been scanned to its node's tip, what it knows of spent coins and used nonces is not
 * enough to sign by. The lock is in the database, so that a restart forgets nothing.
 */
public final class RestoreLock {
  private static final String WHY =
      "the keys were restored: nothing is signed before the chain has been scanned to its tip";

  private static final String LEFT =
      "the keys were restored, and coins have left that this database knows nothing of";

  private RestoreLock() {}

  /**
   * A chain after a restore.
   *
   * @param releasedAt null = it signs nothing
   * @param releasedHeight of the tip that it was scanned to, null as long as that is to come
   */
  public record State(
      ChainName chain,
      Instant restoredAt,
      @Nullable Instant releasedAt,
      @Nullable Long releasedHeight) {}

  /**
   * Locks every chain, those that are not served too.
   *
   * @param since heights from which chains are scanned that never were; 0 for those not named
   * @param guardDigest of the guard file's newest entry, null when it has none
   */
  public static void lock(
      DSLContext t, Map<ChainName, Long> since, byte @Nullable [] guardDigest, Instant now) {
    for (ChainName chain : ChainName.values()) {
      t.deleteFrom(CUSTODY_RESTORES).where(CUSTODY_RESTORES.CHAIN.eq(chain.name())).execute();
      t.insertInto(CUSTODY_RESTORES)
          .set(CUSTODY_RESTORES.CHAIN, chain.name())
          .set(CUSTODY_RESTORES.RESTORED_AT, now.atOffset(ZoneOffset.UTC))
          .set(CUSTODY_RESTORES.SINCE_HEIGHT, since.getOrDefault(chain, 0L))
          .set(CUSTODY_RESTORES.GUARD_DIGEST, guardDigest)
          .execute();
    }
  }

  private static Condition held(ChainName chain) {
    return CUSTODY_RESTORES.CHAIN.eq(chain.name()).and(CUSTODY_RESTORES.RELEASED_AT.isNull());
  }

  /** True where nothing may be signed or sent. */
  public static boolean holds(DSLContext t, ChainName chain) {
    return t.fetchExists(CUSTODY_RESTORES, held(chain));
  }

  /** As a condition: the chain may sign. */
  public static Condition free(ChainName chain) {
    return DSL.notExists(DSL.selectFrom(CUSTODY_RESTORES).where(held(chain)));
  }

  /** True while blocks of before the cursor are being read again. */
  public static boolean readsAgain(DSLContext t, ChainName chain) {
    return t.fetchExists(
        CUSTODY_CHAINS,
        CUSTODY_CHAINS.CHAIN.eq(chain.name()).and(CUSTODY_CHAINS.RESCAN_NEXT.isNotNull()));
  }

  /** Why nothing of a chain leaves, null when this does not keep it. */
  static @Nullable String reason(DSLContext t, String chain) {
    return holds(t, ChainName.valueOf(chain)) ? WHY : null;
  }

  /**
   * The chain has been scanned to its tip: it may sign. Assets of which coins left that this
   * database knows nothing of are halted until two people have looked: what left may have been paid
   * to those whose deposits have just been found again.
   */
  public static void release(DSLContext t, ChainName chain, long height, Instant now) {
    t.selectDistinct(CUSTODY_BREAKS.ASSET)
        .from(CUSTODY_BREAKS)
        .join(CUSTODY_ASSETS)
        .on(CUSTODY_ASSETS.ASSET.eq(CUSTODY_BREAKS.ASSET))
        .where(CUSTODY_ASSETS.CHAIN.eq(chain.name()))
        .and(CUSTODY_BREAKS.CAUSE.eq(Breaks.Cause.FOREIGN_SPEND.name()))
        .and(CUSTODY_BREAKS.CLOSED_AT.isNull())
        .forEach(row -> Halts.asset(t, row.value1(), LEFT, now));
    t.update(CUSTODY_RESTORES)
        .set(CUSTODY_RESTORES.RELEASED_AT, now.atOffset(ZoneOffset.UTC))
        .set(CUSTODY_RESTORES.RELEASED_HEIGHT, height)
        .where(held(chain))
        .execute();
  }

  /** The height from which a chain that was never scanned begins; empty = its present tip. */
  public static OptionalLong since(DSLContext t, ChainName chain) {
    return t.selectFrom(CUSTODY_RESTORES)
        .where(held(chain))
        .fetchOptional(CUSTODY_RESTORES.SINCE_HEIGHT)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  /** True when a guard file whose newest entry this is was brought back into this database. */
  public static boolean knows(DSLContext t, byte[] guardDigest) {
    return t.fetchExists(CUSTODY_RESTORES, CUSTODY_RESTORES.GUARD_DIGEST.eq(guardDigest));
  }

  /** Every chain of the last restore; empty when there was none. */
  public static List<State> states(DSLContext t) {
    return t.selectFrom(CUSTODY_RESTORES)
        .orderBy(CUSTODY_RESTORES.CHAIN)
        .fetch(row ->
            new State(
                ChainName.valueOf(row.getChain()),
                row.getRestoredAt().toInstant(),
                row.getReleasedAt() == null ? null : row.getReleasedAt().toInstant(),
                row.getReleasedHeight()));
  }
}
