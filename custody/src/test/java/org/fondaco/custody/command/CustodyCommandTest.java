package org.fondaco.custody.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESSES;
import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESS_COUNTERS;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fondaco.custody.address.Derivation;
import org.fondaco.custody.address.DerivedAddress;
import org.fondaco.custody.backup.RestoredKeys;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.guard.Anchor;
import org.fondaco.custody.guard.Guard;
import org.fondaco.custody.guard.GuardEntry;
import org.fondaco.custody.key.Digest;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.vault.Argon2;
import org.fondaco.custody.vault.CustodyFolder;
import org.fondaco.custody.vault.Vault;
import org.fondaco.db.Database;
import org.fondaco.db.DatabaseConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands as an operator gives them, on a venue with a real database. */
class CustodyCommandTest {
  private static final Map<String, String> PASSPHRASE =
      Map.of("FONDACO_CUSTODY_PASSPHRASE", "correct horse battery");

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Map<String, String> environment, String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = CustodyCommand.commandLine(environment, new Argon2(32, 1, 1));
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private int run(Path data, String... arguments) {
    Map<String, String> environment = new HashMap<>(PASSPHRASE);
    environment.put("FONDACO_DATA", data.toString());
    return run(environment, arguments);
  }

  private static Derivation derivation(Path data) throws Exception {
    return Vault.read(CustodyFolder.below(data).vault()).derivation();
  }

  private String words() {
    Matcher words = Pattern.compile("\\n\\n((?:  [a-z ]+\\n){4})\\n").matcher(out.toString());
    assertThat(words.find()).as(out.toString()).isTrue();
    return words.group(1);
  }

  @Test
  void wordsAloneBringTheKeysBack() throws Exception {
    Path data = folder.resolve("venue");
    assertThat(run(data, "init")).as(err.toString()).isZero();
    String words = words();
    assertThat(words.strip().split("\\s+")).hasSize(24);
    assertThat(out.toString()).contains("BTC HOT m/84'/0'/1' tpub").doesNotContain("COLD");
    assertThat(run(data, "init")).as("nothing is overwritten").isEqualTo(1);
    assertThat(err.toString()).contains("is there already");
    assertThat(run(data, "verify", "--open")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("All is well.").contains("no database yet");

    Path paper = folder.resolve("paper");
    Files.writeString(paper, words);
    Path again = folder.resolve("again");
    assertThat(run(again, "restore", "--words", paper.toString(), "--last-index", "20"))
        .as(err.toString())
        .isZero();
    assertThat(derivation(again).accounts()).isEqualTo(derivation(data).accounts());
    RestoredKeys restored = RestoredKeys.read(CustodyFolder.below(again)).orElseThrow();
    assertThat(restored.ranges())
        .hasSize(derivation(data).accounts().size())
        .allSatisfy(range -> {
          assertThat(range.lastIndex()).isEqualTo(19);
          assertThat(range.owners()).isEmpty();
        });
    RestoredKeys.done(CustodyFolder.below(again));
    assertThat(RestoredKeys.read(CustodyFolder.below(again))).isEmpty();

    Files.writeString(paper, words.replaceFirst("[a-z]+", "wombat"));
    assertThat(run(folder.resolve("wrong"), "restore", "--words", paper.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("word 1 is not in BIP-39's English list");
  }

  @Test
  void theColdTierIsMadeElsewhereAndWatchedHere() throws Exception {
    Path offline = folder.resolve("offline");
    assertThat(run(offline, "init", "--tiers", "cold")).isZero();
    String cold = derivation(offline).accounts().getFirst().line();
    assertThat(cold).startsWith("BTC COLD m/84'/0'/3' tpub");
    Path online = folder.resolve("online");
    assertThat(run(online, "init", "--watch", cold)).as(err.toString()).isZero();
    DerivedAddress there = derivation(offline).derive(ChainName.BTC, Tier.COLD, 3);
    DerivedAddress here = derivation(online).derive(ChainName.BTC, Tier.COLD, 3);
    assertThat(here.address()).isEqualTo(there.address());
    assertThat(here.key()).hasToString("watched:m/84'/0'/3'/0/3");
    assertThat(run(online, "verify", "--open")).as(err.toString()).isZero();
    assertThat(run(online, "init", "--watch", "nonsense")).isEqualTo(1);
    assertThat(run(folder.resolve("x"), "init", "--watch", "nonsense")).isEqualTo(2);
    assertThat(run(folder.resolve("x"), "init", "--tiers", "lukewarm")).isEqualTo(2);
    assertThat(run(folder.resolve("x"), "init", "--network", "mars")).isEqualTo(2);
    assertThat(Files.exists(folder.resolve("x/custody/vault"))).isFalse();
  }

  @Test
  void aBackupBringsOwnersAndTheGuardFileBackToo() throws Exception {
    Path data = folder.resolve("venue");
    assertThat(run(data, "init")).isZero();
    CustodyFolder custody = CustodyFolder.below(data);
    Path backup = folder.resolve("backup");
    try (Database database =
        Database.start(new DatabaseConfig.Embedded(data.resolve("postgres"), 0))) {
      issue(database, derivation(data));
      assertThat(run(data, "verify")).as(out.toString()).isZero();
      assertThat(out.toString()).contains("3 in the table").contains("All is well.");
      sign(custody);
      assertThat(run(data, "backup", backup.toString())).as(err.toString()).isZero();
      assertThat(out.toString()).contains("3 addresses with an owner");
      assertThat(run(data, "backup", backup.toString())).isEqualTo(1);

      assertThat(run(data, "verify")).isEqualTo(1);
      assertThat(out.toString())
          .contains("Addresses: 3 in the table were derived again.")
          .contains("the database is older than the file");
      database
          .jooq()
          .update(CUSTODY_ADDRESSES)
          .set(CUSTODY_ADDRESSES.ADDRESS, "bcrt1qthief")
          .where(CUSTODY_ADDRESSES.INDEX.eq(1L))
          .execute();
      database
          .jooq()
          .update(CUSTODY_ADDRESS_COUNTERS)
          .set(CUSTODY_ADDRESS_COUNTERS.NEXT, 2L)
          .execute();
      assertThat(run(data, "verify")).isEqualTo(1);
      assertThat(out.toString())
          .contains("the address bcrt1qthief does not come from the vault as BTC CUSTOMER 1")
          .contains("the counter of BTC CUSTOMER is not past index 2");
    }
    assertThatItComesBack(data, custody, backup);
    assertThat(run(data, "verify")).as("of a venue that is stopped").isEqualTo(1);
    assertThat(out.toString()).contains("bcrt1qthief");
  }

  private static void sign(CustodyFolder custody) throws Exception {
    try (Guard guard = Guard.open(custody.guard())) {
      guard.append(
          new GuardEntry(
              Anchor.nonce("ETH", "0xaa", BigInteger.ONE),
              GuardEntry.NOBODY,
              0,
              Digest.sha256("unsigned"),
              List.of(Digest.sha256("signed"))));
    }
  }

  private void assertThatItComesBack(Path data, CustodyFolder custody, Path backup)
      throws Exception {
    Path again = folder.resolve("again");
    assertThat(
            run(
                Map.of("FONDACO_CUSTODY_PASSPHRASE", "another horse battery"),
                "restore",
                "--data",
                again.toString(),
                "--from",
                backup.toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("wrong passphrase");
    assertThat(run(again, "restore", "--from", backup.toString())).as(err.toString()).isZero();
    CustodyFolder restored = CustodyFolder.below(again);
    assertThat(derivation(again).accounts()).isEqualTo(derivation(data).accounts());
    assertThat(Files.readAllBytes(restored.guard())).isEqualTo(Files.readAllBytes(custody.guard()));
    assertThat(RestoredKeys.read(restored).orElseThrow().ranges())
        .filteredOn(range -> range.family() == ChainName.BTC && range.tier() == Tier.CUSTOMER)
        .singleElement()
        .satisfies(range -> {
          assertThat(range.lastIndex()).isEqualTo(3 + 1_000 - 1);
          assertThat(range.owners()).isEqualTo(Map.of(0, 100L, 1, 101L, 2, 102L));
        });
    byte[] bytes = Files.readAllBytes(backup);
    bytes[bytes.length / 2] ^= 1;
    Files.write(backup, bytes);
    assertThat(run(folder.resolve("third"), "restore", "--from", backup.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("the file is damaged");
    assertThat(new String(bytes, StandardCharsets.UTF_8)).startsWith("fondaco-backup 1\nmade ");
  }

  private static void issue(Database database, Derivation derivation) {
    database
        .jooq()
        .insertInto(CUSTODY_ADDRESS_COUNTERS)
        .set(CUSTODY_ADDRESS_COUNTERS.FAMILY, "BTC")
        .set(CUSTODY_ADDRESS_COUNTERS.TIER, "CUSTOMER")
        .set(CUSTODY_ADDRESS_COUNTERS.NEXT, 3L)
        .execute();
    for (int i = 0; i < 3; i++) {
      DerivedAddress derived = derivation.derive(ChainName.BTC, Tier.CUSTOMER, i);
      database
          .jooq()
          .insertInto(CUSTODY_ADDRESSES)
          .set(CUSTODY_ADDRESSES.FAMILY, "BTC")
          .set(CUSTODY_ADDRESSES.TIER, "CUSTOMER")
          .set(CUSTODY_ADDRESSES.INDEX, (long) i)
          .set(CUSTODY_ADDRESSES.PATH, derived.key().toString())
          .set(CUSTODY_ADDRESSES.ADDRESS, derived.address().text())
          .set(CUSTODY_ADDRESSES.SCRIPT, derived.address().target())
          .set(CUSTODY_ADDRESSES.ACCOUNT, 100L + i)
          .set(CUSTODY_ADDRESSES.STATE, "ISSUED")
          .execute();
    }
  }

  @Test
  void whatIsNotUnderstoodIsSaid() {
    assertThat(run(folder)).isEqualTo(2);
    assertThat(run(folder, "restore")).isEqualTo(2);
    assertThat(run(folder, "help", "init")).isZero();
    assertThat(out.toString()).contains("24 words");
    assertThat(run(folder, "verify")).isEqualTo(1);
    assertThat(err.toString()).contains("fondaco custody init makes one");
  }
}
