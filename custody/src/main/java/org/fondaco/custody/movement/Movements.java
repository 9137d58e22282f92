package org.fondaco.custody.movement;

import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESSES;
import static org.fondaco.db.schema.Tables.CUSTODY_MOVEMENTS;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.fondaco.custody.audit.AuditPort;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.NodeUnavailable;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.leader.Transactions;
import org.fondaco.custody.payout.GroupPlan;
import org.fondaco.custody.payout.GroupPlanner;
import org.fondaco.custody.payout.Payment;
import org.fondaco.custody.payout.Planned;
import org.fondaco.custody.payout.Purpose;
import org.fondaco.custody.policy.Approvals;
import org.fondaco.custody.policy.Halts;
import org.fondaco.custody.policy.Person;
import org.fondaco.custody.policy.PolicyException;
import org.fondaco.custody.policy.Subject;
import org.fondaco.db.schema.tables.records.CustodyAddressesRecord;
import org.fondaco.db.schema.tables.records.CustodyMovementsRecord;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Movements between the house's tiers. The payee is the youngest address of the target tier, never
 * one that a person names. Where the source's keys are elsewhere, the group waits exported; see
 * {@code Payouts.exported} and {@code imported}. {@link #step} belongs to one thread.
 */
public final class Movements {
  private static final int APPROVALS = 2;
  private static final String COLD = "COLD";
  private static final Set<String> TIERS = Set.of("HOT", "WARM", COLD);
  private static final Duration LIFE = Duration.ofHours(72);
  private static final Duration RETRY = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Transactions transactions;
  private final Map<ChainName, GroupPlanner> planners;
  private final Map<Integer, Asset> assets;
  private final List<TierTarget> targets;
  private final AuditPort audit;
  private final Approvals approvals;
  private final InstantSource clock;
  private final TierAddresses addresses;
  private final Map<Long, Instant> notBefore = new HashMap<>();
  private volatile Instant lookAt = Instant.MIN;

  /** Makes the first address of a tier. */
  @FunctionalInterface
  public interface TierAddresses {

    /** Does nothing where the vault has no account for the tier. */
    void issue(ChainName chain, Tier tier);
  }

  /** What a tier holds of an asset. */
  public record Holding(int asset, String tier, BigInteger atoms) {}

  public Movements(
      Transactions transactions,
      Map<ChainName, GroupPlanner> planners,
      Map<Integer, Asset> assets,
      List<TierTarget> targets,
      TierAddresses addresses,
      AuditPort audit,
      InstantSource clock) {
    this.addresses = addresses;
    this.transactions = transactions;
    this.planners = Map.copyOf(planners);
    this.assets = Map.copyOf(assets);
    this.targets = List.copyOf(targets);
    this.audit = audit;
    this.approvals = new Approvals(clock, audit);
    this.clock = clock;
  }

  /**
   * Proposes a movement.
   *
   * @param by a person, or "custody" for a threshold
   * @throws PolicyException when asset or amount are impossible
   */
  public long propose(
      DSLContext t, int asset, String from, String to, BigInteger atoms, String by, String reason) {
    boolean tiers = TIERS.contains(from) && TIERS.contains(to) && !from.equals(to);
    if (!assets.containsKey(asset) || atoms.signum() <= 0 || !tiers) {
      throw new PolicyException("an asset of custody, an amount and two tiers are needed");
    }
    long id =
        t.insertInto(CUSTODY_MOVEMENTS)
            .set(CUSTODY_MOVEMENTS.ASSET, asset)
            .set(CUSTODY_MOVEMENTS.FROM_TIER, from)
            .set(CUSTODY_MOVEMENTS.TO_TIER, to)
            .set(CUSTODY_MOVEMENTS.ATOMS, atoms)
            .set(CUSTODY_MOVEMENTS.REASON, reason)
            .set(CUSTODY_MOVEMENTS.PROPOSED_BY, by)
            .set(CUSTODY_MOVEMENTS.PROPOSED_AT, now())
            .set(CUSTODY_MOVEMENTS.EXPIRES_AT, now().plus(LIFE))
            .set(CUSTODY_MOVEMENTS.STATE, Movement.State.PROPOSED.name())
            .set(CUSTODY_MOVEMENTS.CHANGED_AT, now())
            .returningResult(CUSTODY_MOVEMENTS.MOVEMENT_ID)
            .fetchSingle()
            .value1();
    String detail =
        "{\"movement\":%d,\"asset\":%d,\"from\":\"%s\",\"to\":\"%s\",\"atoms\":\"%s\"}"
            .formatted(id, asset, from, to, atoms);
    audit.append(t, by, "movement.proposed", detail);
    lookAt = Instant.MIN;
    return id;
  }

  /**
   * A person's word; the second approval is enough, one rejection ends it.
   *
   * @throws PolicyException when the person proposed it, or it does not wait
   */
  public void say(DSLContext t, long id, Person person, boolean approves, String note) {
    CustodyMovementsRecord row =
        t.selectFrom(CUSTODY_MOVEMENTS)
            .where(CUSTODY_MOVEMENTS.MOVEMENT_ID.eq(id))
            .and(CUSTODY_MOVEMENTS.STATE.eq(Movement.State.PROPOSED.name()))
            .and(CUSTODY_MOVEMENTS.EXPIRES_AT.gt(now()))
            .forUpdate()
            .fetchOptional()
            .orElseThrow(() -> new PolicyException("no movement " + id + " waits"));
    Subject subject = Subject.proposal(Subject.Kind.MOVEMENT, id, row.getProposedBy());
    approvals.say(t, subject, person, approves, note);
    if (!approves) {
      move(row, Movement.State.REJECTED);
      return;
    }
    long agreed =
        Approvals.of(t, Subject.Kind.MOVEMENT, id).stream()
            .filter(Approvals.Word::approves)
            .count();
    if (agreed >= APPROVALS) {
      move(row, Movement.State.APPROVED);
      lookAt = Instant.MIN;
    }
  }

  private void move(CustodyMovementsRecord row, Movement.State state) {
    row.setState(state.name());
    row.setChangedAt(now());
    row.update();
  }

  /** Expires, proposes by thresholds, plans what is approved; true = did something. */
  public boolean step() {
    Instant now = clock.instant();
    if (now.isBefore(lookAt)) {
      return false;
    }
    lookAt = now.plus(LOOK);
    boolean did = transactions.result(t -> expire(t) | proposeByThresholds(t)) | planNext();
    if (did) {
      lookAt = now;
    }
    return did;
  }

  private boolean expire(DSLContext t) {
    return t.update(CUSTODY_MOVEMENTS)
            .set(CUSTODY_MOVEMENTS.STATE, Movement.State.EXPIRED.name())
            .set(CUSTODY_MOVEMENTS.CHANGED_AT, now())
            .where(CUSTODY_MOVEMENTS.STATE.eq(Movement.State.PROPOSED.name()))
            .and(CUSTODY_MOVEMENTS.EXPIRES_AT.le(now()))
            .execute()
        > 0;
  }

  private boolean proposeByThresholds(DSLContext t) {
    boolean proposed = false;
    for (TierTarget target : targets) {
      Asset asset = assets.get(target.asset());
      if (asset == null || underWay(t, target.asset())) {
        continue;
      }
      BigInteger hot = TierHoldings.of(t, asset, "HOT");
      if (hot.compareTo(target.max()) > 0) {
        BigInteger rest = hot.subtract(target.target());
        propose(
            t, asset.id(), "HOT", target.reserve(), rest, "custody", "hot is above its maximum");
        proposed = true;
      } else if (hot.compareTo(target.min()) < 0) {
        BigInteger lack =
            target.target().subtract(hot).min(TierHoldings.of(t, asset, target.reserve()));
        if (lack.signum() > 0) {
          propose(
              t, asset.id(), target.reserve(), "HOT", lack, "custody", "hot is below its minimum");
          proposed = true;
        }
      }
    }
    return proposed;
  }

  /** One at a time an asset; a rejected one is not proposed again for as long as it would live. */
  private boolean underWay(DSLContext t, int asset) {
    return t.fetchExists(
        t.selectFrom(CUSTODY_MOVEMENTS)
            .where(CUSTODY_MOVEMENTS.ASSET.eq(asset))
            .and(
                CUSTODY_MOVEMENTS
                    .STATE
                    .in("PROPOSED", "APPROVED", "ASSIGNED")
                    .or(
                        CUSTODY_MOVEMENTS
                            .STATE
                            .eq("REJECTED")
                            .and(CUSTODY_MOVEMENTS.EXPIRES_AT.gt(now())))));
  }

  private boolean planNext() {
    for (CustodyMovementsRecord row :
        transactions.result(t ->
            t.selectFrom(CUSTODY_MOVEMENTS)
                .where(CUSTODY_MOVEMENTS.STATE.eq(Movement.State.APPROVED.name()))
                .orderBy(CUSTODY_MOVEMENTS.MOVEMENT_ID)
                .fetch())) {
      Instant next = notBefore.getOrDefault(row.getMovementId(), Instant.MIN);
      if (!clock.instant().isBefore(next) && plan(row)) {
        return true;
      }
    }
    return false;
  }

  private boolean plan(CustodyMovementsRecord row) {
    Asset asset = Objects.requireNonNull(assets.get(row.getAsset()));
    GroupPlanner planner = planners.get(asset.chain());
    CustodyAddressesRecord from = youngest(asset.chain(), row.getFromTier());
    CustodyAddressesRecord to = youngest(asset.chain(), row.getToTier());
    String obstacle = transactions.result(t -> obstacle(t, asset, row.getFromTier()));
    if (planner == null || from == null || to == null || obstacle != null) {
      return later(row, obstacle == null ? "a tier has no address" : obstacle);
    }
    GroupPlan plan =
        new GroupPlan(
            Purpose.MOVEMENT,
            asset,
            asset.chain().hasOutputs()
                ? new GroupPlan.From.OfTier(row.getFromTier())
                : new GroupPlan.From.Account(from.getAddressId()),
            List.of(new Payment(to.getScript(), to.getAddress(), row.getAtoms(), null)),
            from.getAddressId());
    try {
      return switch (planner.plan(plan, (t, group) -> assigned(t, row.getMovementId(), group))) {
        case Planned.Group _ -> true;
        case Planned.Impossible no -> later(row, no.message());
      };
    } catch (NodeUnavailable e) {
      return later(row, "the node has no answer");
    }
  }

  private static @Nullable String obstacle(DSLContext t, Asset asset, String from) {
    return from.equals(COLD) && TierHoldings.hasForeignForms(t, asset.chain(), from)
        ? "the cold tier has outputs of a form that is not signed for elsewhere"
        : Halts.reason(t, asset.id()).orElse(null);
  }

  /** In the transaction of the intent: two people have still agreed, and nobody has planned it. */
  private void assigned(DSLContext t, long id, long group) {
    int moved =
        t.update(CUSTODY_MOVEMENTS)
            .set(CUSTODY_MOVEMENTS.STATE, Movement.State.ASSIGNED.name())
            .set(CUSTODY_MOVEMENTS.GROUP_ID, group)
            .setNull(CUSTODY_MOVEMENTS.ATTENTION)
            .set(CUSTODY_MOVEMENTS.CHANGED_AT, now())
            .where(CUSTODY_MOVEMENTS.MOVEMENT_ID.eq(id))
            .and(CUSTODY_MOVEMENTS.STATE.eq(Movement.State.APPROVED.name()))
            .execute();
    if (moved != 1) {
      throw new IllegalStateException("movement " + id + " is assigned already");
    }
    audit.append(
        t, "custody", "movement.assigned", "{\"movement\":" + id + ",\"group\":" + group + "}");
  }

  private boolean later(CustodyMovementsRecord row, String why) {
    notBefore.put(row.getMovementId(), clock.instant().plus(RETRY));
    transactions.run(t ->
        t.update(CUSTODY_MOVEMENTS)
            .set(CUSTODY_MOVEMENTS.ATTENTION, why)
            .where(CUSTODY_MOVEMENTS.MOVEMENT_ID.eq(row.getMovementId()))
            .execute());
    return false;
  }

  /** The address that a tier is paid at; a tier of the vault gets its first one. */
  private @Nullable CustodyAddressesRecord youngest(ChainName chain, String tier) {
    CustodyAddressesRecord known = transactions.result(t -> youngest(t, chain, tier));
    if (known != null) {
      return known;
    }
    addresses.issue(chain, Tier.valueOf(tier));
    return transactions.result(t -> youngest(t, chain, tier));
  }

  private static @Nullable CustodyAddressesRecord youngest(
      DSLContext t, ChainName chain, String tier) {
    return t.selectFrom(CUSTODY_ADDRESSES)
        .where(CUSTODY_ADDRESSES.FAMILY.eq(chain.name()))
        .and(CUSTODY_ADDRESSES.TIER.eq(tier))
        .and(CUSTODY_ADDRESSES.STATE.ne("RETIRED"))
        .orderBy(CUSTODY_ADDRESSES.ADDRESS_ID.desc())
        .limit(1)
        .fetchOne();
  }

  /** What every tier holds by the scanned blocks, customers' addresses included. */
  public static List<Holding> holdings(DSLContext t) {
    return TierHoldings.all(t);
  }

  /** What hot tiers should hold. */
  public List<TierTarget> targets() {
    return targets;
  }

  /** The newest ones first. */
  public static List<Movement> list(DSLContext t, int limit) {
    return t.selectFrom(CUSTODY_MOVEMENTS)
        .orderBy(CUSTODY_MOVEMENTS.MOVEMENT_ID.desc())
        .limit(limit)
        .fetch(Movements::read);
  }

  public static Optional<Movement> byId(DSLContext t, long id) {
    return t.selectFrom(CUSTODY_MOVEMENTS)
        .where(CUSTODY_MOVEMENTS.MOVEMENT_ID.eq(id))
        .fetchOptional(Movements::read);
  }

  private static Movement read(CustodyMovementsRecord row) {
    return new Movement(
        row.getMovementId(),
        row.getAsset(),
        row.getFromTier(),
        row.getToTier(),
        row.getAtoms(),
        row.getReason(),
        row.getProposedBy(),
        row.getExpiresAt().toInstant(),
        Movement.State.valueOf(row.getState()),
        row.getGroupId(),
        row.getAttention());
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
