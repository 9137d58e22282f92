package org.fondaco.api.audit;

import static org.fondaco.db.schema.Tables.AUDIT_LOG;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Appends to the audit log and verifies it. Each row's hash is SHA-256 over the hash before it and
 * the row's own columns; a row that is changed or removed breaks every later one. Thread-safe.
 */
public final class AuditLog {

  /** Serialises appenders of all processes; an arbitrary constant that nobody else locks. */
  private static final long LOCK = 0x617564_6974L;

  private static final byte[] FIRST = new byte[32];
  private static final int FETCHED = 1_000;

  private final DSLContext database;

  public AuditLog(DSLContext database) {
    this.database = database;
  }

  /** Appends a row in a transaction of its own. */
  public void append(String actor, String action, JSONB detail) {
    database.transaction(configuration -> append(configuration.dsl(), actor, action, detail));
  }

  /**
   * Appends a row in the caller's transaction, which holds off all other appenders until it ends.
   *
   * @param actor user name, or the part of the venue that acts by itself
   * @param action for example {@code venue.control}
   */
  public static void append(DSLContext transaction, String actor, String action, JSONB detail) {
    transaction.execute("select pg_advisory_xact_lock(?)", LOCK);
    var last =
        transaction
            .select(AUDIT_LOG.SEQ, AUDIT_LOG.HASH)
            .from(AUDIT_LOG)
            .orderBy(AUDIT_LOG.SEQ.desc())
            .limit(1)
            .fetchOne();
    long seq = last == null ? 1 : last.value1() + 1;
    byte[] previous = last == null ? FIRST : last.value2();
    OffsetDateTime at =
        OffsetDateTime.ofInstant(Instant.now().truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
    // The server keeps jsonb in a normal form; the hash is over that, or nobody could verify it.
    String normal =
        transaction
            .resultQuery("select cast(cast({0} as jsonb) as text)", DSL.val(detail.data()))
            .fetchSingle(0, String.class);
    transaction
        .insertInto(AUDIT_LOG)
        .set(AUDIT_LOG.SEQ, seq)
        .set(AUDIT_LOG.AT, at)
        .set(AUDIT_LOG.ACTOR, actor)
        .set(AUDIT_LOG.ACTION, action)
        .set(AUDIT_LOG.DETAIL, detail)
        .set(AUDIT_LOG.PREV_HASH, previous)
        .set(AUDIT_LOG.HASH, hash(previous, seq, at, actor, action, normal))
        .execute();
  }

  /** The first row whose hash or predecessor is not what it must be, if there is one. */
  public OptionalLong firstBroken() {
    return verify(List.of()).firstBroken();
  }

  /**
   * Reads the whole log, a row at a time, and checks each.
   *
   * @param known rows that somebody noted elsewhere; they must still be there, which is how the
   *     loss of the last rows shows
   */
  public Verification verify(List<Head> known) {
    // Outside a transaction the driver would read all rows into memory.
    return database.transactionResult(configuration -> verify(configuration.dsl(), known));
  }

  private static Verification verify(DSLContext transaction, List<Head> known) {
    byte[] previous = FIRST;
    long expected = 1;
    Set<Head> missing = new HashSet<>(known);
    try (var rows =
        transaction
            .select(
                AUDIT_LOG.SEQ,
                AUDIT_LOG.AT,
                AUDIT_LOG.ACTOR,
                AUDIT_LOG.ACTION,
                AUDIT_LOG.DETAIL.cast(String.class),
                AUDIT_LOG.PREV_HASH,
                AUDIT_LOG.HASH)
            .from(AUDIT_LOG)
            .orderBy(AUDIT_LOG.SEQ)
            .fetchSize(FETCHED)
            .fetchLazy()) {
      for (var row : rows) {
        byte[] hash =
            hash(previous, row.value1(), row.value2(), row.value3(), row.value4(), row.value5());
        if (row.value1() != expected
            || !MessageDigest.isEqual(previous, row.value6())
            || !MessageDigest.isEqual(hash, row.value7())) {
          return new Verification(expected - 1, hex(previous), OptionalLong.of(expected));
        }
        missing.remove(new Head(expected, hex(hash)));
        previous = hash;
        expected++;
      }
    }
    OptionalLong broken = missing.stream().mapToLong(Head::seq).min();
    return new Verification(expected - 1, hex(previous), broken);
  }

  /** The last row, seq 0 when there is none. */
  public Head head() {
    Head head =
        database
            .select(AUDIT_LOG.SEQ, AUDIT_LOG.HASH)
            .from(AUDIT_LOG)
            .orderBy(AUDIT_LOG.SEQ.desc())
            .limit(1)
            .fetchOne(row -> new Head(row.value1(), hex(row.value2())));
    return head == null ? new Head(0, hex(FIRST)) : head;
  }

  /**
   * A row by number and hash.
   *
   * @param hash in hexadecimal
   */
  public record Head(long seq, String hash) {}

  /**
   * What was found.
   *
   * @param rows how many rows in a row are as they must be
   * @param headHash hash of the last of them, in hexadecimal
   * @param firstBroken the first row that is changed, out of place, or missing though it was noted
   */
  public record Verification(long rows, String headHash, OptionalLong firstBroken) {}

  private static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }

  private static byte[] hash(
      byte[] previous,
      long seq,
      OffsetDateTime at,
      String actor,
      String action,
      @Nullable String detail) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(previous);
      sha.update(ByteBuffer.allocate(Long.BYTES).putLong(0, seq));
      long micros = ChronoUnit.MICROS.between(Instant.EPOCH, at.toInstant());
      sha.update(ByteBuffer.allocate(Long.BYTES).putLong(0, micros));
      for (String text : new String[] {actor, action, detail == null ? "" : detail}) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // Lengths keep the border between two texts from moving unnoticed.
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        sha.update(bytes);
      }
      return sha.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
