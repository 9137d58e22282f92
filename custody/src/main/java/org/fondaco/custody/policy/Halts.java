package org.fondaco.custody.policy;

import static org.fondaco.db.schema.Tables.CUSTODY_ASSETS;
import static org.fondaco.db.schema.Tables.CUSTODY_CHAINS;
import static org.fondaco.db.schema.Tables.CUSTODY_HALTS;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.fondaco.custody.audit.AuditPort;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.db.schema.tables.records.CustodyChainsRecord;
import org.fondaco.db.schema.tables.records.CustodyHaltsRecord;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The halt switch, for everything or for one asset. One person, or custody itself, halts at once;
 * two people go on. What was allowed before waits meanwhile. What a break halted is lifted here,
 * too; for a halted chain people agree here, and its scanner goes on.
 */
public final class Halts {
  private final InstantSource clock;
  private final AuditPort audit;

  public Halts(InstantSource clock, AuditPort audit) {
    this.clock = clock;
    this.audit = audit;
  }

  /**
   * Halts; does nothing but withdraw a wish to lift when it is halted already.
   *
   * @param asset the only asset, null = everything
   * @param who a person, or "custody"
   */
  public void halt(DSLContext t, @Nullable Integer asset, String who, String reason) {
    OffsetDateTime now = now();
    t.insertInto(CUSTODY_HALTS)
        .set(CUSTODY_HALTS.ASSET, asset)
        .set(CUSTODY_HALTS.REASON, reason)
        .set(CUSTODY_HALTS.HALTED_BY, who)
        .set(CUSTODY_HALTS.HALTED_AT, now)
        .onConflictDoNothing()
        .execute();
    t.update(CUSTODY_HALTS)
        .setNull(CUSTODY_HALTS.LIFT_ASKED_BY)
        .setNull(CUSTODY_HALTS.LIFT_ASKED_AT)
        .where(scope(asset))
        .execute();
    if (asset != null) {
      t.update(CUSTODY_ASSETS)
          .set(CUSTODY_ASSETS.HALTED, reason)
          .set(CUSTODY_ASSETS.HALTED_AT, now)
          .where(CUSTODY_ASSETS.ASSET.eq(asset))
          .and(CUSTODY_ASSETS.HALTED.isNull())
          .execute();
    }
    log(t, who, "custody.halted", asset, reason);
  }

  /**
   * Asks to lift a halt, or lifts it when another person has asked.
   *
   * @return true when it is lifted now
   * @throws PolicyException when nothing is halted, or the same person asked before
   */
  public boolean lift(DSLContext t, @Nullable Integer asset, String person, String note) {
    adopt(t, asset);
    CustodyHaltsRecord halt =
        t.selectFrom(CUSTODY_HALTS).where(scope(asset)).forUpdate().fetchOne();
    if (halt == null) {
      throw new PolicyException("it is not halted");
    }
    if (halt.getLiftAskedBy() == null) {
      halt.setLiftAskedBy(person);
      halt.setLiftAskedAt(now());
      halt.update();
      log(t, person, "custody.lift.asked", asset, note);
      return false;
    }
    PolicyException.unless(
        !halt.getLiftAskedBy().equals(person), "a second person has to lift the halt");
    halt.setLiftedBy(person);
    halt.setLiftedAt(now());
    halt.update();
    if (asset != null) {
      t.update(CUSTODY_ASSETS)
          .setNull(CUSTODY_ASSETS.HALTED)
          .setNull(CUSTODY_ASSETS.HALTED_AT)
          .where(CUSTODY_ASSETS.ASSET.eq(asset))
          .execute();
    }
    log(t, person, "custody.lifted", asset, note);
    return true;
  }

  /**
   * Asks to let a halted chain go on, or agrees when another person has asked for the same.
   *
   * @param accepted blocks below the cursor that the node may have replaced; another number than
   *     was asked for is a new question
   * @return true when two people agree
   * @throws PolicyException when it is not halted, or the same person asked before
   */
  public boolean resume(DSLContext t, ChainName chain, int accepted, String person, String note) {
    CustodyChainsRecord row =
        t.selectFrom(CUSTODY_CHAINS)
            .where(CUSTODY_CHAINS.CHAIN.eq(chain.name()))
            .forUpdate()
            .fetchOne();
    if (row == null || row.getHalted() == null) {
      throw new PolicyException(chain + " is not halted");
    }
    String asked = row.getResumeAskedBy();
    boolean same = asked != null && row.getResumeAccepted() == accepted;
    PolicyException.unless(
        !same || !asked.equals(person), "a second person has to let " + chain + " go on");
    row.setResumeAskedBy(same ? null : person);
    row.setResumeAccepted(same ? null : accepted);
    row.update();
    String detail =
        JsonNodeFactory.instance
            .objectNode()
            .put("chain", chain.name())
            .put("accepted", accepted)
            .put("note", note)
            .toString();
    audit.append(t, person, same ? "custody.resumed" : "custody.resume.asked", detail);
    return same;
  }

  /** A halt that another part of custody set in the asset's row gets its own row. */
  private void adopt(DSLContext t, @Nullable Integer asset) {
    if (asset == null) {
      return;
    }
    t.select(CUSTODY_ASSETS.HALTED)
        .from(CUSTODY_ASSETS)
        .where(CUSTODY_ASSETS.ASSET.eq(asset))
        .and(CUSTODY_ASSETS.HALTED.isNotNull())
        .fetchOptional(CUSTODY_ASSETS.HALTED)
        .ifPresent(reason ->
            t.insertInto(CUSTODY_HALTS)
                .set(CUSTODY_HALTS.ASSET, asset)
                .set(CUSTODY_HALTS.REASON, reason)
                .set(CUSTODY_HALTS.HALTED_BY, "custody")
                .set(CUSTODY_HALTS.HALTED_AT, now())
                .onConflictDoNothing()
                .execute());
  }

  /** Why withdrawals of an asset wait, if they do; whoever halted it. */
  public static Optional<String> reason(DSLContext t, int asset) {
    return Optional.ofNullable(org.fondaco.custody.breaks.Halts.of(t, asset));
  }

  /** All halts that are not lifted. */
  public static List<Halt> open(DSLContext t) {
    return t.selectFrom(CUSTODY_HALTS)
        .where(CUSTODY_HALTS.LIFTED_AT.isNull())
        .orderBy(CUSTODY_HALTS.HALT_ID)
        .fetch(row ->
            new Halt(
                row.getAsset(),
                row.getReason(),
                row.getHaltedBy(),
                row.getHaltedAt().toInstant(),
                row.getLiftAskedBy()));
  }

  /**
   * A halt.
   *
   * @param asset null = everything
   * @param liftAskedBy who wants it lifted, null = nobody
   */
  public record Halt(
      @Nullable Integer asset,
      String reason,
      String haltedBy,
      Instant haltedAt,
      @Nullable String liftAskedBy) {}

  private static Condition scope(@Nullable Integer asset) {
    Condition which = asset == null ? CUSTODY_HALTS.ASSET.isNull() : CUSTODY_HALTS.ASSET.eq(asset);
    return which.and(CUSTODY_HALTS.LIFTED_AT.isNull());
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private void log(
      DSLContext t, String who, String action, @Nullable Integer asset, String reason) {
    String detail =
        JsonNodeFactory.instance.objectNode().put("asset", asset).put("reason", reason).toString();
    audit.append(t, who, action, detail);
  }
}
