package org.fondaco.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.db.schema.Tables.AUDIT_LOG;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.fondaco.api.security.ApiKeys;
import org.fondaco.api.security.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Second factors, API keys, roles and locks, over real HTTP. */
class PeopleTest {
  @TempDir static Path data;
  private static TestVenue venue;

  @BeforeAll
  static void start() throws Exception {
    venue = TestVenue.start(data).seed();
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  private static Browser browser() {
    return new Browser(venue.venue().address());
  }

  @Test
  void aSecondFactorIsAskedForAndACodeIsTakenOnce() throws Exception {
    Browser tina = venue.person("tina", Role.TRADER);
    Browser elsewhere = browser().signIn("tina", Browser.PASSWORD);
    JsonNode enrolled = tina.post("/v1/totp").ok().json();
    assertThat(enrolled.path("uri").asString())
        .startsWith("otpauth://totp/Fondaco:tina%40example.org?secret=")
        .contains("issuer=Fondaco");
    byte[] secret = base32(enrolled.path("secret").asString());
    assertThat(secret).hasSize(20);
    assertThat(tina.post("/v1/totp/confirmation", "totp", "000000").status()).isIn(401, 200);

    long step = Instant.now().getEpochSecond() / 30;
    JsonNode confirmed =
        tina.post("/v1/totp/confirmation", "totp", code(secret, step - 1)).ok().json();
    List<String> recovery = new ArrayList<>();
    confirmed.path("recoveryCodes").forEach(code -> recovery.add(code.asString()));
    assertThat(recovery).hasSize(10).doesNotHaveDuplicates();
    assertThat(elsewhere.get("/v1/account").status()).isEqualTo(401);
    assertThat(tina.get("/v1/account").status()).isEqualTo(200);
    assertThat(tina.post("/v1/totp").status()).as("a second one").isEqualTo(409);

    Browser again = browser();
    Browser.Reply needed = signIn(again, Map.of());
    assertThat(needed.code()).isEqualTo(-8003);
    assertThat(signIn(again, Map.of("totp", code(secret, step - 1))).code())
        .as("the code of the confirmation is spent")
        .isEqualTo(-8002);
    String code = code(secret, step);
    assertThat(signIn(again, Map.of("totp", code)).status()).isEqualTo(200);
    assertThat(again.get("/v1/session").json().path("secondFactor").asBoolean()).isTrue();
    assertThat(signIn(browser(), Map.of("totp", code)).code()).isEqualTo(-8002);

    String one = recovery.getFirst().toLowerCase(java.util.Locale.ROOT);
    assertThat(signIn(browser(), Map.of("recoveryCode", one)).status()).isEqualTo(200);
    assertThat(signIn(browser(), Map.of("recoveryCode", one)).code()).isEqualTo(-8002);
    assertThat(again.get("/v1/totp").json().path("recoveryCodesLeft").asInt()).isEqualTo(9);

    assertThat(again.change("DELETE", "/v1/totp", "password", Browser.PASSWORD).code())
        .isEqualTo(-8003);
    again
        .change("DELETE", "/v1/totp", "password", Browser.PASSWORD, "recoveryCode", recovery.get(1))
        .ok();
    assertThat(signIn(browser(), Map.of()).status()).isEqualTo(200);
    assertThat(audited("tina"))
        .contains(
            "totp.enrolled",
            "totp.confirmed",
            "second-factor.refused",
            "recovery-code.used",
            "totp.removed");
    assertNothingSecret(enrolled.path("secret").asString(), recovery.get(2), Browser.PASSWORD);
  }

  private static Browser.Reply signIn(Browser browser, Map<String, String> factor) {
    Map<String, String> body = new java.util.HashMap<>(factor);
    body.put("email", "tina@example.org");
    body.put("password", Browser.PASSWORD);
    return browser.change("POST", "/v1/session", body);
  }

  @Test
  void aKeyIsMadeByAPersonAndShownOnce() {
    Browser kurt = venue.person("kurt", Role.TRADER);
    JsonNode made =
        kurt.change(
                "POST",
                "/v1/api-keys",
                Map.of("label", "bot", "permissions", List.of("USER_DATA", "TRADE")))
            .ok()
            .json();
    String apiKey = made.path("apiKey").asString();
    String secret = made.path("secretKey").asString();
    ApiClient bot = new ApiClient(venue.venue().address(), new ApiKeys.NewKey(apiKey, secret));
    assertThat(bot.signed("GET", "/api/v3/account").status()).isEqualTo(200);
    assertThat(bot.signed("GET", "/v1/account").json().path("name").asString()).isEqualTo("kurt");
    assertThat(bot.signed("POST", "/v1/api-keys", "permissions=TRADE").code())
        .as("a key makes no key")
        .isEqualTo(-8006);
    assertThat(kurt.get("/v1/api-keys").text()).contains(apiKey).doesNotContain(secret);
    assertThat(refused(kurt, "permissions", "ADMINISTER")).isEqualTo("403 permissions");
    assertThat(refused(kurt, "permissions", "FLY")).isEqualTo("400 permissions");
    assertThat(refused(kurt, "permissions", "WITHDRAW")).isEqualTo("400 permissions");
    assertThat(refused(kurt, "permissions", "TRADE", "addresses", "nowhere"))
        .isEqualTo("400 addresses");
    assertThat(refused(kurt, "permissions", "TRADE", "publicKey", "none"))
        .isEqualTo("400 publicKey");

    Browser other = venue.person("olga", Role.TRADER);
    assertThat(other.delete("/v1/api-keys/" + apiKey).status()).isEqualTo(404);
    kurt.delete("/v1/api-keys/" + apiKey).ok();
    assertThat(bot.signed("GET", "/api/v3/account").code()).isEqualTo(-2015);
    assertThat(audited("kurt")).contains("key.made", "key.revoked");
    assertNothingSecret(secret);
  }

  private static String refused(Browser browser, String... members) {
    Browser.Reply reply = browser.post("/v1/api-keys", members);
    return reply.status() + " " + reply.json().path("parameter").asString("");
  }

  @Test
  void rolesAndLocksWorkAtOnceAndNotOnOneself() {
    Browser anna = venue.person("anna", Role.ADMINISTRATOR);
    Browser paul = venue.person("paul", Role.TRADER);
    long annaId = anna.get("/v1/account").json().path("userId").asLong();
    long paulId = paul.get("/v1/account").json().path("userId").asLong();
    JsonNode key =
        paul.change("POST", "/v1/api-keys", Map.of("permissions", "USER_DATA,TRADE")).ok().json();
    JsonNode reader =
        paul.change("POST", "/v1/api-keys", Map.of("permissions", "USER_DATA")).ok().json();
    assertThat(anna.put("/admin/v1/users/" + annaId + "/role", "role", "TRADER").code())
        .isEqualTo(-8015);
    assertThat(anna.put("/admin/v1/users/" + annaId + "/locked", "locked", "true").code())
        .isEqualTo(-8015);
    assertThat(paul.put("/admin/v1/users/" + paulId + "/role", "role", "ADMINISTRATOR").status())
        .isEqualTo(403);

    anna.put("/admin/v1/users/" + paulId + "/role", "role", "AUDITOR").ok();
    assertThat(paul.get("/v1/account").status()).as("signed out").isEqualTo(401);
    paul.signIn("paul", Browser.PASSWORD);
    assertThat(paul.get("/admin/v1/users").status()).isEqualTo(200);
    assertThat(client(key).signed("GET", "/api/v3/account").code())
        .as("an auditor's key does not trade")
        .isEqualTo(-2015);
    assertThat(client(reader).signed("GET", "/api/v3/account").status()).isEqualTo(200);

    anna.put("/admin/v1/users/" + paulId + "/locked", "locked", "true").ok();
    assertThat(paul.get("/v1/account").status()).isEqualTo(401);
    assertThat(client(reader).signed("GET", "/api/v3/account").code()).isEqualTo(-2015);
    assertThat(
            paul.post("/v1/session", "email", "paul@example.org", "password", Browser.PASSWORD)
                .code())
        .isEqualTo(-8004);
    assertThat(
            paul.post("/v1/session", "email", "paul@example.org", "password", "not his password")
                .code())
        .as("a stranger does not learn that he is locked")
        .isEqualTo(-8002);
    anna.put("/admin/v1/users/" + paulId + "/locked", "locked", "false").ok();
    paul.signIn("paul", Browser.PASSWORD);
    assertThat(client(reader).signed("GET", "/api/v3/account").status()).isEqualTo(200);
    assertThat(audited("anna"))
        .contains("user.role", "user.locked", "user.unlocked", "key.revoked");
  }

  private static ApiClient client(JsonNode key) {
    return new ApiClient(
        venue.venue().address(),
        new ApiKeys.NewKey(key.path("apiKey").asString(), key.path("secretKey").asString()));
  }

  private static List<String> audited(String actor) {
    return venue
        .venue()
        .database()
        .jooq()
        .select(AUDIT_LOG.ACTION)
        .from(AUDIT_LOG)
        .where(AUDIT_LOG.ACTOR.eq(actor))
        .fetch(AUDIT_LOG.ACTION);
  }

  private static void assertNothingSecret(String... secrets) {
    String log = venue.venue().database().jooq().fetch("select * from audit_log").toString();
    assertThat(log).doesNotContain(secrets);
  }

  private static byte[] base32(String text) {
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    int bits = 0;
    int held = 0;
    for (char c : text.toCharArray()) {
      bits = bits << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c);
      held += 5;
      if (held >= 8) {
        bytes.write(bits >> (held - 8));
        held -= 8;
        bits &= (1 << held) - 1;
      }
    }
    return bytes.toByteArray();
  }

  private static String code(byte[] secret, long step) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(secret, "HmacSHA1"));
    byte[] hash = mac.doFinal(java.nio.ByteBuffer.allocate(8).putLong(0, step).array());
    int code = java.nio.ByteBuffer.wrap(hash).getInt(hash[19] & 15) & 0x7fffffff;
    return new String(
        String.format("%06d", code % 1_000_000).getBytes(StandardCharsets.US_ASCII),
        StandardCharsets.US_ASCII);
  }
}
