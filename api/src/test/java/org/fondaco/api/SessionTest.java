package org.fondaco.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Registering, signing in and out, and what a thief or a stranger cannot do. */
class SessionTest {
  private static final String PASSWORD = "a boat under the bridge";

  @TempDir static Path data;
  private static TestVenue venue;

  @BeforeAll
  static void start() throws Exception {
    venue = TestVenue.start(data, "FONDACO_WRONG_PASSWORDS_PER_USER", "3").seed();
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  private static Browser browser() {
    return new Browser(venue.venue().address());
  }

  @Test
  void fromRegistrationToAnAccount() {
    Browser browser = browser();
    Browser.Reply anonymous = browser.get("/v1/session").ok();
    assertThat(anonymous.json().path("signedIn").asBoolean()).isFalse();
    assertThat(browser.get("/v1/account").status()).isEqualTo(401);
    assertThat(browser.get("/v1/account").header("Content-Type"))
        .isEqualTo("application/problem+json");

    JsonNode made =
        browser
            .post(
                "/v1/registration",
                "email",
                "Dora@Example.org",
                "name",
                "dora",
                "password",
                PASSWORD)
            .ok()
            .json();
    assertThat(made.path("role").asString()).isEqualTo("TRADER");
    assertThat(made.path("account").asLong()).isGreaterThanOrEqualTo(1_000_000);
    assertThat(venue.venue().host().readModel().account(made.path("account").asLong()))
        .as("the engine knows the account")
        .isPresent();

    browser.post("/v1/session", "email", "dora@example.ORG", "password", PASSWORD).ok();
    JsonNode account = browser.get("/v1/account").ok().json();
    assertThat(account.path("name").asString()).isEqualTo("dora");
    assertThat(account.path("account").asLong()).isEqualTo(made.path("account").asLong());
    assertThat(account.path("tradingEnabled").asBoolean()).isTrue();

    venue.credit(made.path("account").asLong(), TestVenue.USDT, 25);
    assertThat(browser.get("/v1/balances").ok().text())
        .isEqualTo(
            "[{\"asset\":\"USDT\",\"free\":\"25.00000000\",\"held\":\"0.00000000\","
                + "\"total\":\"25.00000000\"}]");

    browser.delete("/v1/session").ok();
    assertThat(browser.get("/v1/account").status()).isEqualTo(401);
  }

  @Test
  void aNameOrAddressIsGivenOnce() {
    browser()
        .post("/v1/registration", "email", "eve@example.org", "name", "eve", "password", PASSWORD)
        .ok();
    for (List<String> taken :
        List.of(List.of("EVE@example.org", "other"), List.of("other@example.org", "eve"))) {
      Browser.Reply reply =
          browser()
              .post(
                  "/v1/registration",
                  "email",
                  taken.get(0),
                  "name",
                  taken.get(1),
                  "password",
                  PASSWORD);
      assertThat(reply.status()).isEqualTo(409);
      assertThat(reply.json().path("type").asString()).isEqualTo("urn:fondaco:problem:taken");
    }
  }

  @Test
  void weakPasswordsAndWrongValuesAreNamed() {
    for (String password :
        List.of(
            "short",
            "passwordpassword",
            "P4ssw0rd12345",
            "qwertyuiop123",
            "aaaaaaaaaaaaaaa",
            "123456789012",
            "frank1234567",
            "x".repeat(129))) {
      Browser.Reply reply =
          browser()
              .post(
                  "/v1/registration",
                  "email",
                  "frank@example.org",
                  "name",
                  "frank",
                  "password",
                  password);
      assertThat(reply.status()).as(password).isEqualTo(400);
      assertThat(reply.code()).isEqualTo(-8009);
      assertThat(reply.json().path("parameter").asString()).isEqualTo("password");
      assertThat(reply.text()).doesNotContain(password);
    }
    assertThat(refused("email", "no address", "name", "frank", "password", PASSWORD))
        .isEqualTo("400 email");
    assertThat(refused("email", "f@example.org", "name", "Venue!", "password", PASSWORD))
        .isEqualTo("400 name");
    assertThat(refused("email", "f@example.org", "name", "venue", "password", PASSWORD))
        .isEqualTo("400 name");
    assertThat(refused("email", "f@example.org", "password", PASSWORD)).isEqualTo("400 name");
    assertThat(refused("email", "f@example.org", "name", "frank", "password", PASSWORD, "x", "y"))
        .isEqualTo("400 ");
  }

  private static String refused(String... members) {
    Browser.Reply reply = browser().post("/v1/registration", members);
    return reply.status() + " " + reply.json().path("parameter").asString("");
  }

  @Test
  void aCookieIsForTheServerAlone() {
    Browser browser = browser().enter("greta", PASSWORD);
    Browser.Reply again =
        browser.post("/v1/session", "email", Browser.email("greta"), "password", PASSWORD).ok();
    String cookie =
        again.response().headers().allValues("Set-Cookie").stream()
            .filter(text -> text.startsWith("fondaco-session="))
            .reduce((first, last) -> last)
            .orElseThrow();
    assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict").contains("Path=/");
    assertThat(cookie).doesNotContain("Secure").doesNotContain("Max-Age").doesNotContain("Domain");
    assertThat(again.header("Cache-Control")).contains("no-store");
  }

  @Test
  void anIdFromBeforeSigningInIsWorthNothing() {
    browser().enter("heidi", PASSWORD);
    Browser victim = browser();
    victim.cookie("fondaco-session", "chosen-by-the-attacker");
    victim.signIn("heidi", PASSWORD);
    String first = victim.cookie("fondaco-session");
    assertThat(first).isNotEqualTo("chosen-by-the-attacker").hasSizeGreaterThan(40);

    Browser attacker = browser();
    attacker.cookie("fondaco-session", "chosen-by-the-attacker");
    assertThat(attacker.get("/v1/account").status()).isEqualTo(401);

    victim.signIn("heidi", PASSWORD);
    assertThat(victim.cookie("fondaco-session")).isNotEqualTo(first);
    attacker.cookie("fondaco-session", first);
    assertThat(attacker.get("/v1/account").status()).isEqualTo(401);

    String second = victim.cookie("fondaco-session");
    victim.put("/v1/session", "password", PASSWORD).ok();
    assertThat(victim.cookie("fondaco-session")).isNotEqualTo(second);
    assertThat(victim.get("/v1/account").status()).isEqualTo(200);
  }

  @Test
  void nothingChangesWithoutTheToken() {
    Browser browser = browser().enter("ivan", PASSWORD);
    String token = browser.cookie("XSRF-TOKEN");
    for (Map<String, String> headers :
        List.<Map<String, String>>of(
            Map.of(),
            Map.of("X-XSRF-TOKEN", "wrong"),
            Map.of("X-XSRF-TOKEN", token.substring(1)),
            Map.of("Origin", "https://evil.example"))) {
      Browser.Reply reply = browser.send("DELETE", "/v1/session", Map.of(), headers);
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.code()).isEqualTo(-8005);
      assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    }
    assertThat(browser.get("/v1/account").status()).isEqualTo(200);
    Browser stranger = browser();
    assertThat(
            stranger
                .send(
                    "POST",
                    "/v1/session",
                    Map.of("email", Browser.email("ivan"), "password", PASSWORD),
                    Map.of())
                .code())
        .as("nor can a stranger sign somebody in")
        .isEqualTo(-8005);
    assertThat(
            browser.send("DELETE", "/v1/session", Map.of(), Map.of("X-XSRF-TOKEN", token)).status())
        .isEqualTo(200);
  }

  @Test
  void guessingIsSlowedDownAndTellsNothing() {
    Browser browser = browser();
    browser
        .post("/v1/registration", "email", "judy@example.org", "name", "judy", "password", PASSWORD)
        .ok();
    Browser.Reply known =
        browser.post("/v1/session", "email", "judy@example.org", "password", "wrong password!");
    Browser.Reply unknown =
        browser.post("/v1/session", "email", "nobody@example.org", "password", "wrong password!");
    assertThat(known.status()).isEqualTo(401);
    assertThat(known.text()).isEqualTo(unknown.text());
    browser.post("/v1/session", "email", "judy@example.org", "password", "wrong password!");
    browser.post("/v1/session", "email", "JUDY@example.org", "password", "wrong password!");
    Browser.Reply throttled =
        browser.post("/v1/session", "email", "judy@example.org", "password", PASSWORD);
    assertThat(throttled.status()).isEqualTo(429);
    assertThat(Long.parseLong(throttled.header("Retry-After"))).isBetween(1L, 901L);
  }

  @Test
  void aNewPasswordEndsOtherSessions() {
    Browser first = browser().enter("kim", PASSWORD);
    Browser second = browser().signIn("kim", PASSWORD);
    assertThat(second.get("/v1/sessions").ok().json().size()).isEqualTo(2);
    assertThat(
            first
                .put("/v1/password", "password", "not this one", "newPassword", "b" + PASSWORD)
                .status())
        .isEqualTo(401);
    first.put("/v1/password", "password", PASSWORD, "newPassword", "b" + PASSWORD).ok();
    assertThat(first.get("/v1/account").status()).isEqualTo(200);
    assertThat(second.get("/v1/account").status()).isEqualTo(401);
    assertThat(
            second
                .post("/v1/session", "email", Browser.email("kim"), "password", PASSWORD)
                .status())
        .isEqualTo(401);
    second.signIn("kim", "b" + PASSWORD);
    JsonNode sessions = second.get("/v1/sessions").ok().json();
    assertThat(sessions.size()).isEqualTo(2);
    String other = sessions.get(0).path("session").asString();
    Browser stranger = browser().enter("liam", PASSWORD);
    assertThat(stranger.delete("/v1/sessions/" + other).status())
        .as("another's session")
        .isEqualTo(404);
    second.delete("/v1/sessions/" + other).ok();
    assertThat(first.get("/v1/account").status()).isEqualTo(401);
  }

  @Test
  void bodiesAreFormsOrFlatObjects() {
    Browser browser = browser();
    browser.get("/v1/session").ok();
    String token = browser.cookie("XSRF-TOKEN");
    URI uri = URI.create(venue.venue().address() + "/v1/session");
    for (String[] bad :
        new String[][] {
          {"application/json", "[]"},
          {"application/json", "{\"email\":"},
          {"application/json", "{\"email\":[{}]}"},
          {"application/json", "{} {}"},
          {"text/xml", "<a/>"}
        }) {
      Browser.Reply reply =
          browser.send(
              HttpRequest.newBuilder(uri)
                  .header("Content-Type", bad[0])
                  .header("X-XSRF-TOKEN", token)
                  .POST(HttpRequest.BodyPublishers.ofString(bad[1]))
                  .build());
      assertThat(reply.status()).as(bad[1]).isEqualTo(400);
      assertThat(reply.code()).isEqualTo(-8017);
    }
    assertThat(
            browser
                .send(
                    HttpRequest.newBuilder(URI.create(uri + "?password=secret"))
                        .header("X-XSRF-TOKEN", token)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build())
                .code())
        .isEqualTo(-8018);
    assertThat(
            browser
                .send(
                    HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("X-XSRF-TOKEN", token)
                        .POST(HttpRequest.BodyPublishers.ofString("email=a%40b.org&password=x"))
                        .build())
                .code())
        .isEqualTo(-8002);
  }
}
