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
import org.fondaco.custody.audit.AuditPort;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
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
  private static final Duration LIFE = Duration.ofHours(72);
  private static final Duration RETRY = Duration.ofMinutes(1);

  private final Transactions transactions;
  private final Map<ChainName, GroupPlanner> planners;
  private final Map<Integer, Asset> assets;
  private final List<TierTarget> targets;
  private final AuditPort audit;
  private final Approvals approvals;
  private final InstantSource clock;
  private final Map<Long, Instant> notBefore = new HashMap<>();

  public Movements(
      Transactions transactions,
      Map<ChainName, GroupPlanner> planners,
      Map<Integer, Asset> assets,
      List<TierTarget> targets,
      AuditPort audit,
      InstantSource clock) {
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
    if (!assets.containsKey(asset) || atoms.signum() <= 0 || from.equals(to)) {
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
    }
  }

  private void move(CustodyMovementsRecord row, Movement.State state) {
    row.setState(state.name());
    row.setChangedAt(now());
    row.update();
  }

  /** Expires, proposes by thresholds, plans what is approved; true = did something. */
  public boolean step() {
    return transactions.result(this::expire)
        | transactions.result(this::proposeByThresholds)
        | planNext();
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
      BigInteger hot = held(t, asset, "HOT");
      if (hot.compareTo(target.max()) > 0) {
        BigInteger rest = hot.subtract(target.target());
        propose(
            t, asset.id(), "HOT", target.reserve(), rest, "custody", "hot is above its maximum");
        proposed = true;
      } else if (hot.compareTo(target.min()) < 0) {
        BigInteger lack = target.target().subtract(hot).min(held(t, asset, target.reserve()));
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

  /** What a tier holds by the scanned blocks. */
  static BigInteger held(DSLContext t, Asset asset, String tier) {
    String sql =
        asset.chain().hasOutputs()
            ? """
            select coalesce(sum(o.atoms), 0) from custody_outputs o
            join custody_addresses a on a.address_id = o.address_id
            where o.chain = {0} and a.tier = {1} and o.spent_height is null
            """
            : """
            select coalesce(sum(c.atoms), 0) from custody_balance_changes c
            join custody_addresses a on a.address_id = c.address_id
            where c.chain = {0} and a.tier = {1} and c.asset = {2}
            """;
    return t.resultQuery(sql, asset.chain().name(), tier, asset.id())
        .fetchSingle()
        .get(0, BigInteger.class);
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
    CustodyAddressesRecord from =
        transactions.result(t -> youngest(t, asset.chain(), row.getFromTier()));
    CustodyAddressesRecord to =
        transactions.result(t -> youngest(t, asset.chain(), row.getToTier()));
    String halted = transactions.result(t -> Halts.reason(t, asset.id()).orElse(null));
    if (planner == null || from == null || to == null || halted != null) {
      return later(row, halted == null ? "a tier has no address" : halted);
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
    Planned planned = planner.plan(plan, (t, group) -> assigned(t, row.getMovementId(), group));
    return switch (planned) {
      case Planned.Group _ -> true;
      case Planned.Impossible no -> later(row, no.message());
    };
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

  /** The newest ones first. */
  public static List<Movement> list(DSLContext t, int limit) {
    return t.selectFrom(CUSTODY_MOVEMENTS)
        .orderBy(CUSTODY_MOVEMENTS.MOVEMENT_ID.desc())
        .limit(limit)
        .fetch(row ->
            new Movement(
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
                row.getAttention()));
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
