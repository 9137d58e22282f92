package org.fondaco.custody.policy;

import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESS_BOOK;
import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESS_BOOK_ONLY;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import org.fondaco.custody.audit.AuditPort;
import org.jooq.DSLContext;
import org.jooq.Record1;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Addresses that customers know. An address can be used a day after it was added; whoever wants his
 * withdrawals to go to listed addresses only gets that at once, and loses it a day after he asked.
 * A thief of a session has to wait as long, and the customer sees it.
 */
public final class AddressBook {
  /** From adding an address to its use, and from asking for freedom to having it. */
  public static final Duration COOL_DOWN = Duration.ofHours(24);

  private final InstantSource clock;
  private final AuditPort audit;

  public AddressBook(InstantSource clock, AuditPort audit) {
    this.clock = clock;
    this.audit = audit;
  }

  /**
   * Adds an address; does nothing when it is listed.
   *
   * @param chain of the address
   * @param script scriptPubKey, or 20 bytes
   * @return the entry's id
   */
  public long add(
      DSLContext t, long account, String chain, byte[] script, String address, String label) {
    OffsetDateTime now = now();
    Record1<Long> added =
        t.insertInto(CUSTODY_ADDRESS_BOOK)
            .set(CUSTODY_ADDRESS_BOOK.ACCOUNT, account)
            .set(CUSTODY_ADDRESS_BOOK.CHAIN, chain)
            .set(CUSTODY_ADDRESS_BOOK.SCRIPT, script)
            .set(CUSTODY_ADDRESS_BOOK.ADDRESS, address)
            .set(CUSTODY_ADDRESS_BOOK.LABEL, label)
            .set(CUSTODY_ADDRESS_BOOK.ADDED_AT, now)
            .set(CUSTODY_ADDRESS_BOOK.USABLE_AT, now.plus(COOL_DOWN))
            .onConflictDoNothing()
            .returningResult(CUSTODY_ADDRESS_BOOK.ENTRY_ID)
            .fetchOne();
    if (added == null) {
      return t.select(CUSTODY_ADDRESS_BOOK.ENTRY_ID)
          .from(CUSTODY_ADDRESS_BOOK)
          .where(CUSTODY_ADDRESS_BOOK.ACCOUNT.eq(account))
          .and(CUSTODY_ADDRESS_BOOK.CHAIN.eq(chain))
          .and(CUSTODY_ADDRESS_BOOK.SCRIPT.eq(script))
          .and(CUSTODY_ADDRESS_BOOK.REMOVED_AT.isNull())
          .fetchSingle()
          .value1();
    }
    log(t, account, "addressbook.added", address);
    return added.value1();
  }

  /** Removes an entry at once; false when the account has no such entry. */
  public boolean remove(DSLContext t, long account, long entryId) {
    String address =
        t.update(CUSTODY_ADDRESS_BOOK)
            .set(CUSTODY_ADDRESS_BOOK.REMOVED_AT, now())
            .where(CUSTODY_ADDRESS_BOOK.ENTRY_ID.eq(entryId))
            .and(CUSTODY_ADDRESS_BOOK.ACCOUNT.eq(account))
            .and(CUSTODY_ADDRESS_BOOK.REMOVED_AT.isNull())
            .returningResult(CUSTODY_ADDRESS_BOOK.ADDRESS)
            .fetchOne(CUSTODY_ADDRESS_BOOK.ADDRESS);
    if (address == null) {
      return false;
    }
    log(t, account, "addressbook.removed", address);
    return true;
  }

  /** Listed addresses only: from now on, or no longer once the cool-down is over. */
  public void only(DSLContext t, long account, boolean wanted) {
    OffsetDateTime ends = wanted ? null : now().plus(COOL_DOWN);
    if (wanted) {
      t.insertInto(CUSTODY_ADDRESS_BOOK_ONLY)
          .set(CUSTODY_ADDRESS_BOOK_ONLY.ACCOUNT, account)
          .onConflict(CUSTODY_ADDRESS_BOOK_ONLY.ACCOUNT)
          .doUpdate()
          .set(CUSTODY_ADDRESS_BOOK_ONLY.ENDS_AT, (OffsetDateTime) null)
          .execute();
    } else {
      // Asking twice does not bring the end nearer, and does not move it away.
      t.update(CUSTODY_ADDRESS_BOOK_ONLY)
          .set(CUSTODY_ADDRESS_BOOK_ONLY.ENDS_AT, ends)
          .where(CUSTODY_ADDRESS_BOOK_ONLY.ACCOUNT.eq(account))
          .and(CUSTODY_ADDRESS_BOOK_ONLY.ENDS_AT.isNull())
          .execute();
    }
    log(t, account, wanted ? "addressbook.only" : "addressbook.free", "");
  }

  /** True while the account's withdrawals may go to listed addresses only. */
  public boolean isOnly(DSLContext t, long account) {
    return t.fetchExists(
        t.selectFrom(CUSTODY_ADDRESS_BOOK_ONLY)
            .where(CUSTODY_ADDRESS_BOOK_ONLY.ACCOUNT.eq(account))
            .and(
                CUSTODY_ADDRESS_BOOK_ONLY
                    .ENDS_AT
                    .isNull()
                    .or(CUSTODY_ADDRESS_BOOK_ONLY.ENDS_AT.gt(now()))));
  }

  /** True when an address is listed and has been for the cool-down. */
  public boolean isUsable(DSLContext t, long account, String chain, byte[] script) {
    return t.fetchExists(
        t.selectFrom(CUSTODY_ADDRESS_BOOK)
            .where(CUSTODY_ADDRESS_BOOK.ACCOUNT.eq(account))
            .and(CUSTODY_ADDRESS_BOOK.CHAIN.eq(chain))
            .and(CUSTODY_ADDRESS_BOOK.SCRIPT.eq(script))
            .and(CUSTODY_ADDRESS_BOOK.REMOVED_AT.isNull())
            .and(CUSTODY_ADDRESS_BOOK.USABLE_AT.le(now())));
  }

  /** The account's entries, newest first. */
  public List<Entry> entries(DSLContext t, long account) {
    return t.selectFrom(CUSTODY_ADDRESS_BOOK)
        .where(CUSTODY_ADDRESS_BOOK.ACCOUNT.eq(account))
        .and(CUSTODY_ADDRESS_BOOK.REMOVED_AT.isNull())
        .orderBy(CUSTODY_ADDRESS_BOOK.ENTRY_ID.desc())
        .fetch(row ->
            new Entry(
                row.getEntryId(),
                row.getChain(),
                row.getAddress(),
                HexFormat.of().formatHex(row.getScript()),
                row.getLabel(),
                row.getUsableAt().toInstant()));
  }

  /** An address that a customer knows. */
  public record Entry(
      long id, String chain, String address, String script, String label, Instant usableAt) {}

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private void log(DSLContext t, long account, String action, String address) {
    String detail =
        JsonNodeFactory.instance
            .objectNode()
            .put("account", account)
            .put("address", address)
            .toString();
    audit.append(t, "account " + account, action, detail);
  }
}
