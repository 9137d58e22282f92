package org.fondaco.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.db.schema.Tables.AUDIT_LOG;
import static org.fondaco.db.schema.Tables.CUSTODY_ASSETS;
import static org.fondaco.db.schema.Tables.CUSTODY_CHAINS;
import static org.fondaco.db.schema.Tables.CUSTODY_POLICIES;

import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.fondaco.api.Browser.Reply;
import org.fondaco.api.security.Role;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.backup.Restore;
import org.fondaco.custody.breaks.RestoreLock;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.key.Mnemonic;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.vault.Argon2;
import org.fondaco.custody.vault.CustodyFolder;
import org.fondaco.custody.vault.Passphrase;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Custody as those who run a venue see it: keys that were restored, nodes that are away, and what
 * people decide meanwhile.
 */
@Timeout(120)
class VenueCustodyTest {
  private static final String PASSPHRASE = "correct horse battery";
  private static final String TOKEN = "a0b86991c6218b36c1d19d4a2e9eb0ce3606eb48";
  private static final String PAYEE = "0x00000000000000000000000000000000000000aa";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ALL = "{\"rules\": [{\"id\": \"all\", \"then\": \"ALLOW\"}]}";
  private static final String EVALUATION = "/admin/v1/policy/evaluation";

  @TempDir static Path data;
  private static TestVenue venue;
  private static Browser anna;
  private static Browser bob;
  private static Browser carl;

  @BeforeAll
  static void start() throws Exception {
    TestVenue.start(data).seed().close();
    try (Passphrase passphrase = Passphrase.of(PASSPHRASE.toCharArray())) {
      Restore.fromWords(
          CustodyFolder.below(data),
          Mnemonic.newEntropy(),
          Network.REGTEST,
          EnumSet.of(Tier.CUSTOMER, Tier.HOT, Tier.GAS),
          passphrase,
          new Argon2(32, 1, 1),
          2,
          Map.of(ChainName.ETH, 7L));
    }
    // Nobody listens at port 9.
    venue =
        TestVenue.startWithOwnCustody(
            data,
            "FONDACO_CUSTODY_PASSPHRASE",
            PASSPHRASE,
            "FONDACO_BTC_URL",
            "http://user:secret@127.0.0.1:9",
            "FONDACO_ETH_URL",
            "http://127.0.0.1:9/v3/secret",
            "FONDACO_USDT_CONTRACT",
            "0x" + TOKEN);
    anna = venue.person("anna", Role.ADMINISTRATOR);
    bob = venue.person("bruno", Role.ADMINISTRATOR);
    carl = venue.person("carl", Role.ADMINISTRATOR);
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  private static DSLContext sql() {
    return venue.venue().database().jooq();
  }

  private static JsonNode chain(String name) {
    for (JsonNode chain : anna.get("/admin/v1/custody").ok().json().path("chains")) {
      if (chain.path("chain").asString().equals(name)) {
        return chain;
      }
    }
    throw new AssertionError("no chain " + name);
  }

  @Test
  void theBannerTellsWhatCustodyStandsOnAndNoSecret() {
    assertThat(Announcement.of(venue.venue()))
        .contains("Custody        on, regtest, of BTC ETH USDT")
        .contains("Vault        " + data.resolve("custody/vault"))
        .contains("BTC  node    http://127.0.0.1:9\n")
        .contains("ETH  node    http://127.0.0.1:9\n")
        .doesNotContain("secret", PASSPHRASE);
  }

  @Test
  void restoredKeysSignNothingAndHealthAndMetricsTellHowItStands() {
    JsonNode btc = chain("BTC");
    assertThat(btc.path("state").asString()).isEqualTo("WAITING");
    assertThat(btc.path("restored").path("signs").asBoolean()).isFalse();
    JsonNode ready = new Browser(venue.venue().address()).get("/health/ready").ok().json();
    assertThat(ready.path("components").path("custody").asString())
        .as("a node may be away for a minute")
        .isEqualTo("UP");
    String metrics = new Browser(venue.venue().address()).get("/metrics").ok().text();
    assertThat(metrics.lines().filter(line -> line.startsWith("fondaco_custody_")))
        .contains(
            "fondaco_custody_outbox_pending 0.0",
            "fondaco_custody_withdrawals{state=\"AWAITING\"} 0.0",
            "fondaco_custody_deposits{state=\"SEEN\"} 0.0",
            "fondaco_custody_payouts{state=\"SENDING\"} 0.0",
            "fondaco_custody_attention 0.0",
            "fondaco_custody_halts{scope=\"venue\"} 0.0",
            "fondaco_custody_breaks_open 0.0",
            "fondaco_custody_cut_age_seconds NaN",
            "fondaco_custody_scanner_following{chain=\"BTC\"} 0.0",
            "fondaco_custody_scanner_lag_blocks{chain=\"BTC\"} NaN",
            "fondaco_custody_gas_station_coins{chain=\"ETH\"} 0.0")
        .anyMatch(line -> line.startsWith("fondaco_custody_restored_chains "));
  }

  private static Reply propose(Browser who, String document) {
    return who.change("POST", "/admin/v1/policy", Map.of("document", JSON.readTree(document)));
  }

  private static String verdict(String amount, String... document) {
    Map<String, Object> body =
        new HashMap<>(
            Map.of("account", TestVenue.BOB, "asset", "USDT", "amount", amount, "address", PAYEE));
    if (document.length > 0) {
      body.put("document", JSON.readTree(document[0]));
    }
    JsonNode answer = carl.change("POST", EVALUATION, body).ok().json();
    assertThat(answer.path("policy").path("stage").asString()).isEqualTo("REHEARSAL");
    return answer.path("verdict").asString() + " " + answer.path("reason").asString();
  }

  /** As if the chain had been scanned. */
  private static void scanned() {
    sql()
        .insertInto(CUSTODY_CHAINS)
        .set(CUSTODY_CHAINS.CHAIN, "ETH")
        .set(CUSTODY_CHAINS.IDENTITY, "test")
        .set(CUSTODY_CHAINS.CURSOR_HEIGHT, 100L)
        .set(CUSTODY_CHAINS.CURSOR_HASH, new byte[32])
        .execute();
    sql()
        .insertInto(CUSTODY_ASSETS)
        .set(CUSTODY_ASSETS.ASSET, TestVenue.USDT)
        .set(CUSTODY_ASSETS.CODE, "USDT")
        .set(CUSTODY_ASSETS.CHAIN, "ETH")
        .set(CUSTODY_ASSETS.CONTRACT, HexFormat.of().parseHex(TOKEN))
        .set(CUSTODY_ASSETS.DECIMALS, 6)
        .set(CUSTODY_ASSETS.SCALE, 8)
        .execute();
  }

  /** What was confirmed is moved into the past, where 48 hours have gone by. */
  private static void twoDaysPass() {
    sql()
        .update(CUSTODY_POLICIES)
        .set(CUSTODY_POLICIES.CONFIRMED_AT, OffsetDateTime.now().minusHours(49))
        .where(CUSTODY_POLICIES.CONFIRMED_AT.isNotNull())
        .execute();
  }

  private static JsonNode states(Reply reply) {
    return reply.ok().json().path("versions");
  }

  private static void loosensNotAlone() {
    assertThat(states(propose(anna, ALL)).findValuesAsString("state"))
        .containsExactly("PROPOSED", "PROPOSED", "IN_FORCE");
    Reply alone = anna.post("/admin/v1/policy/3/approval");
    assertThat(alone.status()).isEqualTo(409);
    assertThat(alone.json().path("detail").asString())
        .isEqualTo("somebody has to confirm it who neither wrote nor published it.");
    assertThat(states(bob.post("/admin/v1/policy/3/approval")).findValuesAsString("state"))
        .containsExactly("APPROVED", "PROPOSED", "IN_FORCE");
    assertThat(verdict("500")).as("two have to wait").isEqualTo("DENY rule stop blocks it");
    Reply veto = carl.post("/admin/v1/policy/3/rejection", "note", "who asked?");
    assertThat(states(veto).findValuesAsString("state"))
        .containsExactly("REJECTED", "PROPOSED", "IN_FORCE");
    twoDaysPass();
    assertThat(verdict("500")).as("vetoed").isEqualTo("DENY rule stop blocks it");
    assertThat(carl.post("/admin/v1/policy/3/rejection").status()).isEqualTo(409);
    assertThat(carl.post("/admin/v1/policy/99/approval").status()).isEqualTo(409);
  }

  @Test
  void peopleChangeThePolicyAndNobodyAloneLoosensIt() {
    scanned();
    assertThat(RestoreLock.since(sql(), ChainName.ETH)).hasValue(7);
    assertThat(verdict("500")).as("restored, not scanned").isEqualTo("AWAIT ");
    RestoreLock.release(sql(), ChainName.ETH, 100, Instant.now());
    assertThat(chain("ETH").path("restored").path("scannedTo").asLong()).isEqualTo(100);
    assertThat(verdict("500")).isEqualTo("ALLOW ");
    assertThat(verdict("1500")).isEqualTo("AWAIT ");
    JsonNode builtIn = anna.get("/admin/v1/policy").ok().json();
    assertThat(builtIn.path("versions").findValuesAsString("state")).containsExactly("IN_FORCE");
    String first = builtIn.path("inForce").path(0).path("document").toString();

    String blocked =
        "{\"rules\": [{\"id\": \"stop\", \"when\": {\"assets\": [\"USDT\"]}, \"then\": \"BLOCK\"},"
            + " {\"id\": \"rest\", \"then\": \"ALLOW\"}]}";
    assertThat(verdict("500", blocked)).isEqualTo("DENY rule stop blocks it");
    assertThat(verdict("500")).as("only asked").isEqualTo("ALLOW ");
    propose(anna, blocked).ok();
    assertThat(verdict("500")).as("one tightens at once").isEqualTo("DENY rule stop blocks it");
    assertThat(verdict("500", first)).isEqualTo("ALLOW ");

    loosensNotAlone();
    propose(bob, ALL).ok();
    anna.post("/admin/v1/policy/4/approval").ok();
    twoDaysPass();
    assertThat(verdict("500000")).isEqualTo("ALLOW ");
    JsonNode after = anna.get("/admin/v1/policy?limit=2").ok().json();
    assertThat(after.path("inForce").findValues("version")).hasSize(1);
    assertThat(after.path("versions").findValuesAsString("state"))
        .containsExactly("IN_FORCE", "SUPERSEDED");
    assertThat(
            sql()
                .select(AUDIT_LOG.ACTOR, AUDIT_LOG.ACTION)
                .from(AUDIT_LOG)
                .where(AUDIT_LOG.ACTION.startsWith("policy."))
                .orderBy(AUDIT_LOG.SEQ)
                .fetch(row -> row.value1() + " " + row.value2()))
        .containsExactly(
            "custody policy.installed",
            "anna policy.published",
            "anna policy.published",
            "bruno policy.confirmed",
            "carl policy.rejected",
            "bruno policy.published",
            "anna policy.confirmed");
  }

  @Test
  void twoPeopleLetAHaltedChainGoOn() {
    sql()
        .insertInto(CUSTODY_CHAINS)
        .set(CUSTODY_CHAINS.CHAIN, "BTC")
        .set(CUSTODY_CHAINS.IDENTITY, "test")
        .set(CUSTODY_CHAINS.CURSOR_HEIGHT, 100L)
        .set(CUSTODY_CHAINS.CURSOR_HASH, new byte[32])
        .execute();
    String path = "/admin/v1/custody/resume";
    assertThat(anna.post(path, "chain", "BTC").status()).as("it runs").isEqualTo(409);
    sql()
        .update(CUSTODY_CHAINS)
        .set(CUSTODY_CHAINS.HALTED, "it left the chain")
        .where(CUSTODY_CHAINS.CHAIN.eq("BTC"))
        .execute();
    assertThat(anna.post(path, "chain", "BTC", "accepted", "-1").status()).isEqualTo(400);
    assertThat(anna.post(path, "chain", "DOGE").status()).isEqualTo(400);
    JsonNode asked = anna.post(path, "chain", "BTC", "accepted", "7").ok().json();
    assertThat(asked.path("resumed").asBoolean()).isFalse();
    Reply alone = anna.post(path, "chain", "BTC", "accepted", "7");
    assertThat(alone.status()).isEqualTo(409);
    assertThat(alone.json().path("detail").asString())
        .isEqualTo("a second person has to let BTC go on.");
    assertThat(
            bob.post(path, "chain", "BTC", "accepted", "9").ok().json().path("resumed").asBoolean())
        .as("he asks for more")
        .isFalse();
    assertThat(halted("BTC")).isTrue();
    assertThat(
            anna.post(path, "chain", "BTC", "accepted", "9")
                .ok()
                .json()
                .path("resumed")
                .asBoolean())
        .isTrue();
    assertThat(halted("BTC")).isFalse();
  }

  private static boolean halted(String chain) {
    return sql()
        .fetchExists(
            CUSTODY_CHAINS, CUSTODY_CHAINS.CHAIN.eq(chain).and(CUSTODY_CHAINS.HALTED.isNotNull()));
  }

  @Test
  void whatIsNoPolicyIsRefusedWithThePlaceThatIsWrong() {
    Map<String, String> wrong =
        Map.of(
            "{\"rules\": [{\"id\": \"a\", \"when\": {\"assets\": [\"USTD\"]}, \"then\": \"BLOCK\"}]}",
            "a: the venue has no asset USTD.",
            "{\"rules\": [{\"id\": \"a\", \"wenn\": {}, \"then\": \"ALLOW\"}]}",
            "a: unknown [wenn].",
            "{\"groups\": {\"desk\": [\"dora\"]}}",
            "groups.desk: dora is no administrator of this venue.",
            "{\"groups\": {\"desk\": [\"anna\", \"bruno\"]}, \"barred\": [\"bruno\"], \"rules\": [{\"id\": \"a\","
                + " \"then\": {\"approvals\": {\"group\": \"desk\", \"count\": 2}, \"expiresHours\": 1}}]}",
            "a: 2 of desk are asked for, and only 1 can approve.",
            "{\"limits\": [{\"id\": \"l\", \"per\": \"VENUE\", \"window\": \"WEEK\", \"max\": \"1\","
                + " \"unit\": \"REFERENCE\"}]}",
            "l.window: WEEK is not one of those known.");
    wrong.forEach((document, detail) -> {
      Reply refused = propose(anna, document);
      assertThat(refused.status()).as(document).isEqualTo(400);
      assertThat(refused.json().path("detail").asString()).isEqualTo(detail);
      assertThat(refused.json().path("type").asString()).isEqualTo("urn:fondaco:problem:policy");
    });
    assertThat(
            anna.post("/admin/v1/policy", "document", "{\"rules\": [], \"rules\": []}")
                .json()
                .path("detail")
                .asString())
        .startsWith("not JSON: Duplicate");
    Reply nowhere =
        carl.post(
            EVALUATION, "account", "1001", "asset", "USDT", "amount", "1", "address", "nowhere");
    assertThat(nowhere.status()).isEqualTo(400);
    Browser trader = venue.person("tina", Role.TRADER);
    assertThat(propose(trader, "{}").status()).isEqualTo(403);
    assertThat(trader.get("/admin/v1/policy").status()).isEqualTo(403);
    Browser auditor = venue.person("otto", Role.AUDITOR);
    assertThat(auditor.get("/admin/v1/policy").status()).isEqualTo(200);
    assertThat(propose(auditor, "{}").status()).isEqualTo(403);
  }
}
