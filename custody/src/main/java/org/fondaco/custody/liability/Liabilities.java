package org.fondaco.custody.liability;

import static org.fondaco.db.schema.Tables.BALANCES;
import static org.fondaco.db.schema.Tables.CUSTODY_LIABILITY_EPOCHS;
import static org.fondaco.db.schema.Tables.CUSTODY_LIABILITY_LEAVES;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fondaco.custody.audit.AuditPort;
import org.fondaco.custody.chain.Asset;
import org.fondaco.db.schema.tables.records.CustodyLiabilityEpochsRecord;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Epochs of proofs of liabilities. An epoch is made from all customers' balances at one instant,
 * published, and only then are proofs given: a root that is told after the first proof could be
 * made to fit it. Thread-safe.
 */
public final class Liabilities {
  /** The engine's first account that is not the venue's own. */
  static final long FIRST_CUSTOMER = 1_000;

  private static final long LEAVES_KEPT = 3_000_000;

  private final Salts salts;
  private final AuditPort audit;
  private final InstantSource clock;

  /** Trees that were asked for last, the longest unused first. */
  private final Map<Place, SumTree> trees = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Makes the door.
   *
   * @param secret of the salts, at least 32 bytes; another one makes the proofs of old epochs
   *     impossible, not wrong
   */
  public Liabilities(byte[] secret, AuditPort audit, InstantSource clock) {
    this.salts = new Salts(secret.clone());
    this.audit = audit;
    this.clock = clock;
  }

  /** A root that was made, and whether everybody may know it. */
  public record Epoch(
      long epoch, int asset, String root, long total, long leaves, boolean published) {}

  private record Place(long epoch, int asset) {}

  /**
   * Makes the next epoch of an asset from the balances that the caller's snapshot has.
   *
   * @throws IllegalArgumentException when a customer's balance is below zero: somebody owes the
   *     venue, and the total would hide it
   * @throws ArithmeticException when the total is beyond a long
   */
  public Epoch make(DSLContext t, Asset asset) {
    long last =
        t.select(DSL.coalesce(DSL.max(CUSTODY_LIABILITY_EPOCHS.EPOCH), 0L))
            .from(CUSTODY_LIABILITY_EPOCHS)
            .where(CUSTODY_LIABILITY_EPOCHS.ASSET.eq(asset.id()))
            .fetchSingle()
            .value1();
    return make(t, last + 1, asset);
  }

  /** As {@link #make(DSLContext, Asset)}, of an epoch that the asset does not have yet. */
  Epoch make(DSLContext t, long epoch, Asset asset) {
    t.insertInto(CUSTODY_LIABILITY_EPOCHS)
        .set(CUSTODY_LIABILITY_EPOCHS.EPOCH, epoch)
        .set(CUSTODY_LIABILITY_EPOCHS.ASSET, asset.id())
        .set(CUSTODY_LIABILITY_EPOCHS.ROOT, new byte[32])
        .set(CUSTODY_LIABILITY_EPOCHS.TOTAL, 0L)
        .set(CUSTODY_LIABILITY_EPOCHS.LEAVES, 0L)
        .set(CUSTODY_LIABILITY_EPOCHS.MADE_AT, clock.instant().atOffset(ZoneOffset.UTC))
        .execute();
    Long owing =
        t.select(DSL.min(BALANCES.ACCOUNT_ID))
            .from(BALANCES)
            .where(BALANCES.ASSET_ID.eq(asset.id()))
            .and(BALANCES.ACCOUNT_ID.ge(FIRST_CUSTOMER))
            .and(BALANCES.TOTAL.lt(0L))
            .fetchSingle()
            .value1();
    if (owing != null) {
      throw new IllegalArgumentException("account " + owing + " has less than nothing");
    }
    t.insertInto(
            CUSTODY_LIABILITY_LEAVES,
            CUSTODY_LIABILITY_LEAVES.EPOCH,
            CUSTODY_LIABILITY_LEAVES.ASSET,
            CUSTODY_LIABILITY_LEAVES.ACCOUNT,
            CUSTODY_LIABILITY_LEAVES.UNITS)
        .select(
            DSL.select(DSL.val(epoch), BALANCES.ASSET_ID, BALANCES.ACCOUNT_ID, BALANCES.TOTAL)
                .from(BALANCES)
                .where(BALANCES.ASSET_ID.eq(asset.id()))
                .and(BALANCES.ACCOUNT_ID.ge(FIRST_CUSTOMER))
                .and(BALANCES.TOTAL.gt(0L))
                .orderBy(BALANCES.ACCOUNT_ID))
        .execute();
    SumTree tree = build(t, new Place(epoch, asset.id()));
    SumNode root = tree.root();
    t.update(CUSTODY_LIABILITY_EPOCHS)
        .set(CUSTODY_LIABILITY_EPOCHS.ROOT, root.hash())
        .set(CUSTODY_LIABILITY_EPOCHS.TOTAL, root.sum())
        .set(CUSTODY_LIABILITY_EPOCHS.LEAVES, (long) tree.size())
        .where(CUSTODY_LIABILITY_EPOCHS.EPOCH.eq(epoch))
        .and(CUSTODY_LIABILITY_EPOCHS.ASSET.eq(asset.id()))
        .execute();
    return epoch(t, epoch, asset.id());
  }

  /** Publishes a root, and says so in the audit log; from now on there are proofs. */
  public Epoch publish(DSLContext t, long epoch, int asset, String person) {
    int published =
        t.update(CUSTODY_LIABILITY_EPOCHS)
            .set(CUSTODY_LIABILITY_EPOCHS.PUBLISHED_AT, clock.instant().atOffset(ZoneOffset.UTC))
            .where(CUSTODY_LIABILITY_EPOCHS.EPOCH.eq(epoch))
            .and(CUSTODY_LIABILITY_EPOCHS.ASSET.eq(asset))
            .and(CUSTODY_LIABILITY_EPOCHS.PUBLISHED_AT.isNull())
            .execute();
    Epoch row = epoch(t, epoch, asset);
    if (published == 1) {
      String detail =
          JsonNodeFactory.instance
              .objectNode()
              .put("epoch", epoch)
              .put("asset", asset)
              .put("root", row.root())
              .put("total", Long.toString(row.total()))
              .toString();
      audit.append(t, person, "liabilities.published", detail);
    }
    return row;
  }

  /** Published roots of an asset, newest first. */
  public List<Epoch> published(DSLContext t, int asset, int limit) {
    return t.selectFrom(CUSTODY_LIABILITY_EPOCHS)
        .where(CUSTODY_LIABILITY_EPOCHS.ASSET.eq(asset))
        .and(CUSTODY_LIABILITY_EPOCHS.PUBLISHED_AT.isNotNull())
        .orderBy(CUSTODY_LIABILITY_EPOCHS.EPOCH.desc())
        .limit(limit)
        .fetch(Liabilities::read);
  }

  /**
   * A customer's proof; empty when the epoch is not published, or he had nothing of the asset.
   *
   * @throws IllegalStateException when leaves or secret are not those of the published root
   */
  public Optional<Proof> proof(DSLContext t, long epoch, Asset asset, long account) {
    CustodyLiabilityEpochsRecord row =
        t.selectFrom(CUSTODY_LIABILITY_EPOCHS)
            .where(CUSTODY_LIABILITY_EPOCHS.EPOCH.eq(epoch))
            .and(CUSTODY_LIABILITY_EPOCHS.ASSET.eq(asset.id()))
            .and(CUSTODY_LIABILITY_EPOCHS.PUBLISHED_AT.isNotNull())
            .fetchOne();
    if (row == null) {
      return Optional.empty();
    }
    SumTree tree = tree(t, new Place(epoch, asset.id()));
    SumNode root = tree.root();
    if (!Arrays.equals(root.hash(), row.getRoot()) || root.sum() != row.getTotal()) {
      throw new IllegalStateException(
          "epoch " + epoch + ": the leaves do not lead to the published root");
    }
    Long units =
        t.select(CUSTODY_LIABILITY_LEAVES.UNITS)
            .from(CUSTODY_LIABILITY_LEAVES)
            .where(CUSTODY_LIABILITY_LEAVES.EPOCH.eq(epoch))
            .and(CUSTODY_LIABILITY_LEAVES.ASSET.eq(asset.id()))
            .and(CUSTODY_LIABILITY_LEAVES.ACCOUNT.eq(account))
            .fetchOne(CUSTODY_LIABILITY_LEAVES.UNITS);
    if (units == null) {
      return Optional.empty();
    }
    byte[] salt = salts.of(epoch, asset.id(), account);
    int place = tree.place(SumNode.leaf(epoch, asset.id(), account, salt, units));
    List<SumTree.Step> path = tree.path(place);
    return Optional.of(
        new Proof(epoch, asset.id(), asset.code(), account, salt, units, path, root));
  }

  /** Built once for many who ask; old ones are forgotten when all together are too large. */
  private synchronized SumTree tree(DSLContext t, Place place) {
    SumTree known = trees.get(place);
    if (known != null) {
      return known;
    }
    SumTree built = build(t, place);
    trees.put(place, built);
    long leaves = trees.values().stream().mapToLong(SumTree::size).sum();
    Iterator<SumTree> oldest = trees.values().iterator();
    while (leaves > LEAVES_KEPT && trees.size() > 1) {
      leaves -= oldest.next().size();
      oldest.remove();
    }
    return built;
  }

  /** Leaves in the order of their hashes, which says nothing of accounts. */
  private SumTree build(DSLContext t, Place place) {
    return new SumTree(Leaves.read(t, salts, place.epoch(), place.asset()));
  }

  private static Epoch epoch(DSLContext t, long epoch, int asset) {
    return t.selectFrom(CUSTODY_LIABILITY_EPOCHS)
        .where(CUSTODY_LIABILITY_EPOCHS.EPOCH.eq(epoch))
        .and(CUSTODY_LIABILITY_EPOCHS.ASSET.eq(asset))
        .fetchSingle(Liabilities::read);
  }

  private static Epoch read(CustodyLiabilityEpochsRecord row) {
    return new Epoch(
        row.getEpoch(),
        row.getAsset(),
        new SumNode(row.getRoot(), row.getTotal()).hex(),
        row.getTotal(),
        row.getLeaves(),
        row.getPublishedAt() != null);
  }
}
