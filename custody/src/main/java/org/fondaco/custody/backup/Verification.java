package org.fondaco.custody.backup;

import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESSES;
import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESS_COUNTERS;
import static org.fondaco.db.schema.Tables.CUSTODY_ATTEMPTS;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fondaco.custody.address.Derivation;
import org.fondaco.custody.address.DerivedAddress;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.guard.Guard;
import org.fondaco.custody.guard.GuardEntry;
import org.fondaco.custody.key.Digest;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.vault.CustodyFolder;
import org.fondaco.custody.vault.Vault;
import org.fondaco.db.schema.tables.records.CustodyAddressesRecord;
import org.jooq.Cursor;
import org.jooq.DSLContext;

/**
 * Whether vault, guard file and tables belong together.
 *
 * @param faults what is wrong, one sentence each; empty where nothing is
 */
public record Verification(
    int accounts, long entries, long cutBytes, int addresses, List<String> faults) {
  private static final int FAULTS_MAX = 100;
  private static final int FETCH_ROWS = 1_000;

  public Verification {
    faults = List.copyOf(faults);
  }

  /**
   * Checks the files alone.
   *
   * @throws org.fondaco.custody.vault.VaultException if the vault is not whole
   * @throws org.fondaco.custody.guard.GuardException if the guard file is not
   */
  public static Verification of(CustodyFolder folder) throws IOException {
    Derivation derivation = Vault.read(folder.vault()).derivation();
    Guard.Opening opening = Guard.verify(folder.guard(), entry -> {});
    return new Verification(
        derivation.accounts().size(), opening.entries(), opening.cutBytes(), 0, List.of());
  }

  /** Checks the files and the tables. */
  public static Verification of(CustodyFolder folder, DSLContext database) throws IOException {
    Derivation derivation = Vault.read(folder.vault()).derivation();
    List<String> faults = new ArrayList<>();
    Set<Digest> recorded = new HashSet<>();
    List<GuardEntry> newest = new ArrayList<>();
    Guard.Opening opening =
        Guard.verify(
            folder.guard(),
            entry -> {
              recorded.add(entry.unsigned());
              newest.clear();
              newest.add(entry);
            });
    int addresses = addresses(derivation, database, faults);
    counters(database, faults);
    attempts(recorded, newest, database, faults);
    return new Verification(
        derivation.accounts().size(),
        opening.entries(),
        opening.cutBytes(),
        addresses,
        faults.subList(0, Math.min(FAULTS_MAX, faults.size())));
  }

  private static int addresses(Derivation derivation, DSLContext database, List<String> faults) {
    int checked = 0;
    try (Cursor<CustodyAddressesRecord> rows =
        database
            .selectFrom(CUSTODY_ADDRESSES)
            .where(CUSTODY_ADDRESSES.INDEX.ge(0L))
            .orderBy(CUSTODY_ADDRESSES.ADDRESS_ID)
            .fetchSize(FETCH_ROWS)
            .fetchLazy()) {
      for (CustodyAddressesRecord row : rows) {
        checked++;
        if (!isDerived(derivation, row)) {
          faults.add(
              "the address "
                  + row.getAddress()
                  + " does not come from the vault as "
                  + row.getFamily()
                  + " "
                  + row.getTier()
                  + " "
                  + row.getIndex());
        }
      }
    }
    return checked;
  }

  private static boolean isDerived(Derivation derivation, CustodyAddressesRecord row) {
    try {
      DerivedAddress derived =
          derivation.derive(
              ChainName.valueOf(row.getFamily()),
              Tier.valueOf(row.getTier()),
              Math.toIntExact(row.getIndex()));
      return derived.address().text().equals(row.getAddress())
          && derived.key().toString().equals(row.getPath())
          && Arrays.equals(derived.address().target(), row.getScript());
    } catch (IllegalArgumentException | ArithmeticException e) {
      return false;
    }
  }

  private static void counters(DSLContext database, List<String> faults) {
    database
        .select(CUSTODY_ADDRESSES.FAMILY, CUSTODY_ADDRESSES.TIER, CUSTODY_ADDRESSES.INDEX)
        .from(CUSTODY_ADDRESSES)
        .join(CUSTODY_ADDRESS_COUNTERS)
        .on(
            CUSTODY_ADDRESS_COUNTERS.FAMILY.eq(CUSTODY_ADDRESSES.FAMILY),
            CUSTODY_ADDRESS_COUNTERS.TIER.eq(CUSTODY_ADDRESSES.TIER))
        .where(CUSTODY_ADDRESSES.INDEX.ge(CUSTODY_ADDRESS_COUNTERS.NEXT))
        .fetch()
        .forEach(row ->
            faults.add(
                "the counter of "
                    + row.value1()
                    + " "
                    + row.value2()
                    + " is not past index "
                    + row.value3()
                    + ", which is issued"));
  }

  /** What was signed is in both, or one of the two is older than the other. */
  private static void attempts(
      Set<Digest> recorded, List<GuardEntry> newest, DSLContext database, List<String> faults) {
    Set<Digest> known = new HashSet<>();
    database
        .select(CUSTODY_ATTEMPTS.DIGEST, CUSTODY_ATTEMPTS.STATE, CUSTODY_ATTEMPTS.ATTEMPT_ID)
        .from(CUSTODY_ATTEMPTS)
        .fetch()
        .forEach(row -> {
          Digest digest = Digest.of(row.value1());
          known.add(digest);
          if (!row.value2().equals("INTENT") && !recorded.contains(digest)) {
            faults.add(
                "attempt "
                    + row.value3()
                    + " is signed and not in the guard file: the file is"
                    + " older than the database");
          }
        });
    for (GuardEntry entry : newest) {
      if (!known.contains(entry.unsigned())) {
        faults.add(
            "the newest entry of the guard file, "
                + entry.unsigned()
                + ", is not in the database:"
                + " the database is older than the file");
      }
    }
  }
}
