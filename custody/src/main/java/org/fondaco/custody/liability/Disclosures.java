package org.fondaco.custody.liability;

import static org.fondaco.db.schema.Tables.BALANCES;
import static org.fondaco.db.schema.Tables.CUSTODY_DISCLOSURES;
import static org.fondaco.db.schema.Tables.CUSTODY_LIABILITY_EPOCHS;
import static org.fondaco.db.schema.Tables.PROJECTOR_WATERMARK;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.fondaco.custody.audit.AuditPort;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.signer.Signer;
import org.fondaco.db.schema.tables.records.CustodyDisclosuresRecord;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Makes and shows disclosures: an epoch of every asset's liabilities and the reserves that stand
 * for them, read in one snapshot, signed, and published in the transaction that writes them.
 * Thread-safe.
 */
public final class Disclosures {
  /** The engine's account of test funds, which a demo's customers have from. */
  private static final long TEST_FUNDS = 5;

  private static final String VERIFIER = "Verify.java";

  private final DSLContext database;
  private final Map<Integer, Asset> assets = new TreeMap<>();
  private final Liabilities liabilities;
  private final ReserveRows reserves;
  private final AuditPort audit;
  private final InstantSource clock;

  /**
   * Makes the door.
   *
   * @param assets that custody serves
   * @param statements beside the guard in the signer's permits
   */
  public Disclosures(
      DSLContext database,
      Collection<Asset> assets,
      Liabilities liabilities,
      ReserveStatements statements,
      Signer signer,
      AuditPort audit,
      InstantSource clock) {
    this.database = database;
    assets.forEach(asset -> this.assets.put(asset.id(), asset));
    this.liabilities = liabilities;
    this.reserves = new ReserveRows(statements, signer);
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Makes the next epoch. Nothing pauses: whoever reads the ledger's tables in one snapshot reads
   * one state of the ledger. It moves no money, so that it is not fenced as custody's own
   * transactions are; two who make the same epoch collide at its key.
   *
   * @param cutId the reconciliation that went before
   * @throws IllegalArgumentException when a customer has less than nothing
   * @throws org.fondaco.custody.signer.SignerException when a reserve address cannot sign
   */
  public synchronized Disclosure make(String person, @Nullable Long cutId) {
    long epoch =
        database.transactionResult(configuration -> {
          DSLContext t = configuration.dsl();
          t.execute("set transaction isolation level repeatable read");
          return written(t, person, cutId);
        });
    return published(epoch).orElseThrow();
  }

  private long written(DSLContext t, String person, @Nullable Long cutId) {
    Instant now = clock.instant();
    long sequence = t.selectFrom(PROJECTOR_WATERMARK).fetchSingle().getSequence();
    long epoch = next(t);
    t.insertInto(CUSTODY_DISCLOSURES)
        .set(CUSTODY_DISCLOSURES.EPOCH, epoch)
        .set(CUSTODY_DISCLOSURES.SEQUENCE, sequence)
        .set(CUSTODY_DISCLOSURES.CUT_ID, cutId)
        .set(CUSTODY_DISCLOSURES.MADE_BY, person)
        .set(CUSTODY_DISCLOSURES.MADE_AT, now.atOffset(ZoneOffset.UTC))
        .execute();
    for (Asset asset : assets.values()) {
      conserved(t, asset);
      liabilities.make(t, epoch, asset);
      t.update(CUSTODY_LIABILITY_EPOCHS)
          .set(CUSTODY_LIABILITY_EPOCHS.TEST_FUNDS, testFunds(t, asset))
          .where(CUSTODY_LIABILITY_EPOCHS.EPOCH.eq(epoch))
          .and(CUSTODY_LIABILITY_EPOCHS.ASSET.eq(asset.id()))
          .execute();
    }
    reserves.write(t, epoch, now);
    for (Asset asset : assets.values()) {
      liabilities.publish(t, epoch, asset.id(), person);
    }
    return epoch;
  }

  /** Above every asset's last one, so that one number names all of them. */
  private static long next(DSLContext t) {
    return t.select(DSL.coalesce(DSL.max(CUSTODY_LIABILITY_EPOCHS.EPOCH), 0L))
            .from(CUSTODY_LIABILITY_EPOCHS)
            .fetchSingle()
            .value1()
        + 1;
  }

  /** A customer who is left out would be missed here: all balances of an asset sum to nothing. */
  private static void conserved(DSLContext t, Asset asset) {
    BigDecimal sum =
        t.select(DSL.coalesce(DSL.sum(BALANCES.TOTAL), BigDecimal.ZERO))
            .from(BALANCES)
            .where(BALANCES.ASSET_ID.eq(asset.id()))
            .fetchSingle()
            .value1();
    if (sum.signum() != 0) {
      throw new IllegalStateException("all balances of " + asset.code() + " sum to " + sum);
    }
  }

  private static long testFunds(DSLContext t, Asset asset) {
    Long total =
        t.select(BALANCES.TOTAL)
            .from(BALANCES)
            .where(BALANCES.ASSET_ID.eq(asset.id()))
            .and(BALANCES.ACCOUNT_ID.eq(TEST_FUNDS))
            .fetchOne(BALANCES.TOTAL);
    return total == null ? 0 : Math.negateExact(total);
  }

  /** The newest first, without what is owed and what is there. */
  public List<Disclosure> published(int limit) {
    return database
        .selectFrom(CUSTODY_DISCLOSURES)
        .orderBy(CUSTODY_DISCLOSURES.EPOCH.desc())
        .limit(limit)
        .fetch(row -> read(row, List.of(), List.of()));
  }

  /** All of one. */
  public Optional<Disclosure> published(long epoch) {
    return database
        .selectFrom(CUSTODY_DISCLOSURES)
        .where(CUSTODY_DISCLOSURES.EPOCH.eq(epoch))
        .fetchOptional(row -> read(row, owed(epoch), ReserveRows.read(database, epoch)));
  }

  private List<Disclosure.Owed> owed(long epoch) {
    return database
        .selectFrom(CUSTODY_LIABILITY_EPOCHS)
        .where(CUSTODY_LIABILITY_EPOCHS.EPOCH.eq(epoch))
        .and(CUSTODY_LIABILITY_EPOCHS.PUBLISHED_AT.isNotNull())
        .orderBy(CUSTODY_LIABILITY_EPOCHS.ASSET)
        .fetch(asset ->
            new Disclosure.Owed(
                asset.getAsset(),
                new SumNode(asset.getRoot(), asset.getTotal()).hex(),
                asset.getTotal(),
                asset.getLeaves(),
                asset.getTestFunds(),
                asset.getUnswept()));
  }

  private static Disclosure read(
      CustodyDisclosuresRecord row, List<Disclosure.Owed> owed, List<Disclosure.Reserve> reserves) {
    return new Disclosure(
        row.getEpoch(),
        row.getMadeAt().toInstant(),
        row.getMadeBy(),
        row.getSequence(),
        row.getCutId(),
        owed,
        reserves);
  }

  /**
   * A customer's proof.
   *
   * @return empty when there is no such epoch of the asset, or he had nothing of it
   */
  public Optional<Proof> proof(long epoch, int asset, long account) {
    Asset known = assets.get(asset);
    return known == null || account < Liabilities.FIRST_CUSTOMER
        ? Optional.empty()
        : liabilities.proof(database, epoch, known, account);
  }

  /** What became of a signature that was made elsewhere. */
  public enum Taking {
    TAKEN,
    /** The epoch does not have the address. */
    NO_ADDRESS,
    /** It is not the address's over the epoch's message. */
    NOT_ITS_OWN
  }

  /** Adds the signature of an address whose key is elsewhere. */
  public Taking sign(long epoch, String address, String signature, String person) {
    return database.transactionResult(configuration -> {
      DSLContext t = configuration.dsl();
      Taking taking = ReserveRows.sign(t, epoch, address, signature, clock.instant());
      if (taking == Taking.TAKEN) {
        String detail =
            JsonNodeFactory.instance
                .objectNode()
                .put("epoch", epoch)
                .put("address", address)
                .put("signature", signature)
                .toString();
        audit.append(t, person, "liabilities.reserve-signed", detail);
      }
      return taking;
    });
  }

  /** Source of the program that checks a proof: {@code java Verify.java proof.json}. */
  public static String verifier() {
    try (InputStream source = Disclosures.class.getResourceAsStream(VERIFIER)) {
      if (source == null) {
        throw new IllegalStateException(VERIFIER + " is not packed");
      }
      return new String(source.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(VERIFIER + " cannot be read", e);
    }
  }

  /** By the engine's id. */
  public Map<Integer, Asset> assets() {
    return Map.copyOf(assets);
  }
}
