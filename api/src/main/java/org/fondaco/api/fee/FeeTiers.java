package org.fondaco.api.fee;

import static org.fondaco.db.schema.Tables.ACCOUNT_FEE_TIERS;
import static org.fondaco.db.schema.Tables.ACCOUNT_VOLUMES;
import static org.fondaco.db.schema.Tables.FEE_TIER_OVERRIDES;

import java.math.BigInteger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.fondaco.api.audit.AuditLog;
import org.fondaco.api.venue.VenueControl;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent.AccountChanged;
import org.fondaco.engine.protocol.EngineEvent.FeesChanged;
import org.fondaco.engine.protocol.EngineEvent.SymbolChanged;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.readmodel.ReadModel;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Query;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives every account the fee tier of what it traded (docs/adr/0025): in the 30 whole UTC days
 * before today and in what of today is in the database, valued in one asset by the last prices.
 *
 * <p>Exactly once: what an account has is asked of the engine's read model at the moment of the
 * change, under venue control's turn, and only a difference is sent, through its numbered and
 * audited outbox. A recomputation that is interrupted anywhere is therefore completed by the next
 * one, and one that is repeated changes nothing.
 */
public final class FeeTiers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FeeTiers.class);
  private static final String ACTOR = "fee tiers";
  private static final int DAYS = 30;
  private static final long DAY_SECONDS = 86_400;
  private static final int TIER_MAX = 15;

  private final DSLContext database;
  private final VenueControl control;
  private final ReadModel readModel;
  private final String valuationAsset;
  private final InstantSource clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("fee-tiers").daemon().factory());

  private int doneDay = Integer.MIN_VALUE;
  private int waitingDay = Integer.MIN_VALUE;
  private long waitingSequence;

  /**
   * Nothing is computed before {@link #start()} or {@link #tick()}.
   *
   * @param valuationAsset code of the asset that volumes are valued in
   */
  public FeeTiers(
      DSLContext database,
      VenueControl control,
      ReadModel readModel,
      String valuationAsset,
      InstantSource clock) {
    this.database = database;
    this.control = control;
    this.readModel = readModel;
    this.valuationAsset = valuationAsset;
    this.clock = clock;
  }

  /** Recomputes soon, and then once on every UTC day. */
  public void start() {
    timer.scheduleWithFixedDelay(this::quietTick, 0, 10, TimeUnit.SECONDS);
  }

  private void quietTick() {
    try {
      tick();
    } catch (RuntimeException e) {
      // The next tick tries again; a failure here must not end the timer.
      LOG.warn("fee tiers are not recomputed: {}", e.getMessage());
    }
  }

  /**
   * Recomputes if it has not been done on this UTC day and the database has all trades from before
   * the day was first seen. A clock that steps makes it run once more at most, which changes
   * nothing.
   */
  public synchronized void tick() {
    int today = today();
    if (today == doneDay) {
      return;
    }
    if (today != waitingDay) {
      waitingDay = today;
      waitingSequence = readModel.sequence();
    }
    if (readModel.watermark() >= waitingSequence) {
      recompute(ACTOR);
    }
  }

  /**
   * Recomputes now.
   *
   * @param actor who asked, for the audit log
   * @throws org.jooq.exception.DataAccessException when the database is down
   */
  public synchronized Recomputation recompute(String actor) {
    int today = today();
    long watermark = readModel.watermark();
    Optional<Valuation> valuation = Valuation.now(readModel, valuationAsset);
    List<Recomputation.Change> changes = new ArrayList<>();
    Map<Long, BigInteger> volumes = new TreeMap<>();
    Map<Long, Integer> tiers = new TreeMap<>();
    if (valuation.isPresent()) {
      volumes = volumes(valuation.get(), today);
      Schedule schedule = Schedule.read(database);
      tiers = tiers(volumes, schedule);
      completeRates(actor, schedule, new TreeSet<>(tiers.values()));
      tiers.forEach((account, tier) -> change(actor, account, tier).ifPresent(changes::add));
      remember(volumes, tiers, today);
    } else {
      LOG.info("fee tiers are not recomputed: the venue has no asset {}", valuationAsset);
    }
    doneDay = today;
    return new Recomputation(today, watermark, tiers.size(), List.copyOf(changes));
  }

  /**
   * Fixes an account's tier by hand, from now on and for every recomputation.
   *
   * @throws IllegalArgumentException when there is no such tier
   */
  public synchronized RejectReason override(String actor, long account, int tier) {
    if (tier < 0 || tier > TIER_MAX) {
      throw new IllegalArgumentException("tier " + tier);
    }
    if (readModel.account(account).isEmpty()) {
      return RejectReason.UNKNOWN_ACCOUNT;
    }
    database.transaction(configuration -> {
      audit(configuration.dsl(), actor, "fee.override", account, tier);
      configuration
          .dsl()
          .insertInto(FEE_TIER_OVERRIDES)
          .set(FEE_TIER_OVERRIDES.ACCOUNT_ID, account)
          .set(FEE_TIER_OVERRIDES.TIER, tier)
          .set(FEE_TIER_OVERRIDES.ACTOR, actor)
          .onDuplicateKeyUpdate()
          .set(FEE_TIER_OVERRIDES.TIER, tier)
          .set(FEE_TIER_OVERRIDES.ACTOR, actor)
          .set(FEE_TIER_OVERRIDES.SET_AT, DSL.currentOffsetDateTime())
          .execute();
    });
    completeRates(actor, Schedule.read(database), new TreeSet<>(List.of(tier)));
    change(actor, account, tier);
    return RejectReason.NONE;
  }

  /** Leaves the tier to the next recomputation again; false = it was not fixed. */
  public synchronized boolean liftOverride(String actor, long account) {
    return database.transactionResult(configuration -> {
      int lifted =
          configuration
              .dsl()
              .deleteFrom(FEE_TIER_OVERRIDES)
              .where(FEE_TIER_OVERRIDES.ACCOUNT_ID.eq(account))
              .execute();
      if (lifted > 0) {
        audit(configuration.dsl(), actor, "fee.override.lifted", account, -1);
      }
      return lifted > 0;
    });
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private int today() {
    return (int) Math.floorDiv(clock.instant().getEpochSecond(), DAY_SECONDS);
  }

  private Map<Long, BigInteger> volumes(Valuation valuation, int today) {
    Map<Long, Map<Integer, BigInteger>> traded = new HashMap<>();
    database
        .select(
            ACCOUNT_VOLUMES.ACCOUNT_ID, ACCOUNT_VOLUMES.ASSET_ID, DSL.sum(ACCOUNT_VOLUMES.VOLUME))
        .from(ACCOUNT_VOLUMES)
        .where(ACCOUNT_VOLUMES.DAY.between(today - DAYS, today))
        .groupBy(ACCOUNT_VOLUMES.ACCOUNT_ID, ACCOUNT_VOLUMES.ASSET_ID)
        .forEach(row ->
            traded
                .computeIfAbsent(row.value1(), account -> new HashMap<>())
                .put(row.value2(), row.value3().toBigIntegerExact()));
    Map<Long, BigInteger> volumes = new TreeMap<>();
    traded.forEach((account, units) -> volumes.put(account, valuation.whole(units)));
    return volumes;
  }

  /** Of every account that may have another tier than it should: traded, raised once, or fixed. */
  private Map<Long, Integer> tiers(Map<Long, BigInteger> volumes, Schedule schedule) {
    Map<Long, Integer> tiers = new TreeMap<>();
    database
        .select(ACCOUNT_FEE_TIERS.ACCOUNT_ID)
        .from(ACCOUNT_FEE_TIERS)
        .where(ACCOUNT_FEE_TIERS.TIER.gt(0))
        .forEach(row -> tiers.put(row.value1(), schedule.tier(BigInteger.ZERO)));
    volumes.forEach((account, volume) -> tiers.put(account, schedule.tier(volume)));
    database
        .selectFrom(FEE_TIER_OVERRIDES)
        .forEach(row -> tiers.put(row.getAccountId(), row.getTier()));
    return tiers;
  }

  private Optional<Recomputation.Change> change(String actor, long account, int tier) {
    List<Recomputation.Change> made = new ArrayList<>();
    RejectReason reason =
        control.change(
            actor,
            () -> {
              Optional<AccountChanged> present =
                  readModel.account(account).filter(options -> options.feeTier() != tier);
              present.ifPresent(
                  options -> made.add(new Recomputation.Change(account, options.feeTier(), tier)));
              return present.map(options ->
                  new Command.SetAccount(
                      account,
                      options.tradingEnabled(),
                      tier,
                      options.tradeGroupId(),
                      options.clientIdWindow()));
            });
    if (reason != RejectReason.NONE) {
      LOG.warn("account {} does not get fee tier {}: {}", account, tier, reason);
      return Optional.empty();
    }
    return made.stream().findFirst();
  }

  /**
   * Gives a symbol the rates of every tier that has none there, from those of tier 0: the engine
   * charges nothing where a tier has no rates.
   */
  public synchronized void completeRates(String actor, int symbol) {
    for (Schedule.Tier tier : Schedule.read(database).tiers()) {
      completeRates(actor, symbol, tier);
    }
  }

  /** A tier in use must have rates everywhere. */
  private void completeRates(String actor, Schedule schedule, TreeSet<Integer> inUse) {
    for (Schedule.Tier tier : schedule.tiers()) {
      if (inUse.contains(tier.tier())) {
        for (SymbolChanged symbol : readModel.symbols()) {
          completeRates(actor, symbol.symbol(), tier);
        }
      }
    }
  }

  private void completeRates(String actor, int symbol, Schedule.Tier tier) {
    Optional<FeesChanged> standard = readModel.fees(symbol, 0);
    if (tier.tier() == 0 || standard.isEmpty() || readModel.fees(symbol, tier.tier()).isPresent()) {
      return;
    }
    control.execute(
        actor,
        new Command.SetFees(
            symbol,
            tier.tier(),
            Schedule.Tier.share(standard.get().makerRate(), tier.makerShare()),
            Schedule.Tier.share(standard.get().takerRate(), tier.takerShare())));
  }

  private void remember(Map<Long, BigInteger> volumes, Map<Long, Integer> tiers, int day) {
    database.transaction(configuration -> {
      DSLContext transaction = configuration.dsl();
      transaction.deleteFrom(ACCOUNT_FEE_TIERS).execute();
      List<Query> rows = new ArrayList<>();
      tiers.forEach((account, tier) ->
          rows.add(
              transaction
                  .insertInto(ACCOUNT_FEE_TIERS)
                  .set(ACCOUNT_FEE_TIERS.ACCOUNT_ID, account)
                  .set(ACCOUNT_FEE_TIERS.TIER, tier)
                  .set(ACCOUNT_FEE_TIERS.VOLUME, volumes.getOrDefault(account, BigInteger.ZERO))
                  .set(ACCOUNT_FEE_TIERS.DAY, day)));
      transaction.batch(rows).execute();
    });
  }

  private static void audit(
      DSLContext transaction, String actor, String action, long account, int tier) {
    AuditLog.append(
        transaction,
        actor,
        action,
        JSONB.valueOf("{\"account\":%d,\"feeTier\":%d}".formatted(account, tier)));
  }
}
