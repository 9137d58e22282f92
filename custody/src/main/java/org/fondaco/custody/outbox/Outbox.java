package org.fondaco.custody.outbox;

import static org.fondaco.db.schema.Tables.CUSTODY_OUTBOX;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.fondaco.custody.ledger.LedgerCommand;
import org.jooq.DSLContext;

/** Writes commands for the engine. They get their numbers from the {@link Dispatcher}, in order. */
public final class Outbox {

  private Outbox() {}

  /**
   * Writes a command in the caller's transaction; the same key again writes nothing.
   *
   * @param key the command's business key, for example {@code deposit|BTC|txid:0|credit|0}
   * @return false when a command of that key is there already
   */
  public static boolean add(
      DSLContext transaction, String key, LedgerCommand command, Subject subject) {
    return transaction
            .insertInto(CUSTODY_OUTBOX)
            .set(OutboxRows.of(transaction, command))
            .set(CUSTODY_OUTBOX.CMD_ID, commandId(key))
            .set(CUSTODY_OUTBOX.SUBJECT_KIND, subject.kind().name())
            .set(CUSTODY_OUTBOX.SUBJECT_ID, subject.id())
            .onConflict(CUSTODY_OUTBOX.CMD_ID)
            .doNothing()
            .execute()
        == 1;
  }

  /** A command to be written, with its business key. */
  public record Entry(String key, LedgerCommand command, Subject subject) {}

  /**
   * Writes commands in the caller's transaction, in their order and in one statement.
   *
   * @return how many were not there already
   */
  public static int add(DSLContext transaction, List<Entry> entries) {
    return entries.isEmpty() ? 0 : OutboxRows.insert(transaction, entries);
  }

  /**
   * Takes a command back that the engine cannot have seen.
   *
   * @return false when it has a number already, or is not there: its answer has to be awaited
   */
  public static boolean withdraw(DSLContext transaction, String key) {
    return transaction
            .deleteFrom(CUSTODY_OUTBOX)
            .where(CUSTODY_OUTBOX.CMD_ID.eq(commandId(key)))
            .and(CUSTODY_OUTBOX.N.isNull())
            .execute()
        == 1;
  }

  /** The id of the command with this business key: SHA-256, 32 bytes. */
  public static byte[] commandId(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
