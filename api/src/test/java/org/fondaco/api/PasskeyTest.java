package org.fondaco.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.fondaco.api.security.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Registration and use of a passkey, and what an authenticator must not get away with. */
class PasskeyTest {
  private static final String ORIGIN = "https://venue.example";
  private static final String RP_ID = "venue.example";

  @TempDir static Path data;
  private static TestVenue venue;

  @BeforeAll
  static void start() throws Exception {
    venue = TestVenue.start(data, "FONDACO_PUBLIC_URL", ORIGIN).seed();
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  @Test
  void signsInWithoutAPassword() throws Exception {
    SecureBrowser pia = person("pia");
    Authenticator key = new Authenticator(ORIGIN, RP_ID);
    JsonNode asked = pia.change("POST", "/v1/passkeys/options", Map.of()).ok().json();
    JsonNode options = asked.path("publicKey");
    assertThat(options.path("rp").path("id").asString()).isEqualTo(RP_ID);
    assertThat(options.path("user").path("name").asString()).isEqualTo("pia");
    assertThat(options.path("authenticatorSelection").path("userVerification").asString())
        .isEqualTo("required");
    Map<String, Object> answer =
        Map.of(
            "ceremony",
            asked.path("ceremony").asString(),
            "label",
            "telephone",
            "credential",
            key.create(options.path("challenge").asString()));
    pia.change("POST", "/v1/passkeys", answer).ok();
    assertThat(pia.change("POST", "/v1/passkeys", answer).code())
        .as("a ceremony is answered once")
        .isEqualTo(-8020);
    JsonNode listed = pia.get("/v1/passkeys").ok().json();
    assertThat(listed.size()).isEqualTo(1);
    assertThat(listed.get(0).path("label").asString()).isEqualTo("telephone");

    SecureBrowser fresh = new SecureBrowser();
    JsonNode session = signIn(fresh, key).ok().json();
    assertThat(session.path("user").path("name").asString()).isEqualTo("pia");
    assertThat(session.path("secondFactor").asBoolean()).isTrue();
    assertThat(fresh.get("/v1/account").status()).isEqualTo(200);

    assertThat(fresh.change("DELETE", "/v1/passkeys/" + key.id(), Map.of()).status())
        .isEqualTo(200);
    assertThat(signIn(new SecureBrowser(), key).code()).as("removed").isEqualTo(-8020);
  }

  @Test
  void refusesWhatProvesNothing() throws Exception {
    SecureBrowser paula = person("paula");
    Authenticator key = new Authenticator(ORIGIN, RP_ID);
    register(paula, key).ok();
    assertThat(signIn(new SecureBrowser(), key).status()).isEqualTo(200);

    key.flags = Authenticator.USER_PRESENT;
    assertThat(signIn(new SecureBrowser(), key).code()).as("unverified user").isEqualTo(-8020);
    key.flags = Authenticator.USER_PRESENT | Authenticator.USER_VERIFIED;
    key.count = 0;
    assertThat(signIn(new SecureBrowser(), key).code()).as("a clone counts again").isEqualTo(-8020);
    key.count = 10;
    SecureBrowser browser = new SecureBrowser();
    JsonNode asked = browser.change("POST", "/v1/session/passkey/options", Map.of()).ok().json();
    assertThat(
            browser
                .change(
                    "POST",
                    "/v1/session/passkey",
                    Map.of(
                        "ceremony",
                        asked.path("ceremony").asString(),
                        "credential",
                        key.use("AAAA")))
                .code())
        .as("another challenge")
        .isEqualTo(-8020);
    assertThat(register(paula, new Authenticator("https://evil.example", RP_ID)).code())
        .as("another origin")
        .isEqualTo(-8020);
    assertThat(register(paula, new Authenticator(ORIGIN, "evil.example")).code())
        .as("another relying party")
        .isEqualTo(-8020);
    SecureBrowser pit = person("pit");
    assertThat(register(pit, key).code()).as("somebody else's passkey").isEqualTo(-8020);
    JsonNode paulas = paula.change("POST", "/v1/passkeys/options", Map.of()).ok().json();
    Authenticator thiefs = new Authenticator(ORIGIN, RP_ID);
    assertThat(
            pit.change(
                    "POST",
                    "/v1/passkeys",
                    Map.of(
                        "ceremony",
                        paulas.path("ceremony").asString(),
                        "label",
                        "x",
                        "credential",
                        thiefs.create(paulas.path("publicKey").path("challenge").asString())))
                .code())
        .as("somebody else's ceremony")
        .isEqualTo(-8020);
    assertThat(pit.change("DELETE", "/v1/passkeys/" + key.id(), Map.of()).status()).isEqualTo(404);
    assertThat(signIn(new SecureBrowser(), key).status()).isEqualTo(200);
  }

  private static Browser.Reply register(SecureBrowser browser, Authenticator key) throws Exception {
    JsonNode asked = browser.change("POST", "/v1/passkeys/options", Map.of()).ok().json();
    return browser.change(
        "POST",
        "/v1/passkeys",
        Map.of(
            "ceremony",
            asked.path("ceremony").asString(),
            "label",
            "key",
            "credential",
            key.create(asked.path("publicKey").path("challenge").asString())));
  }

  private static Browser.Reply signIn(SecureBrowser browser, Authenticator key) throws Exception {
    JsonNode asked = browser.change("POST", "/v1/session/passkey/options", Map.of()).ok().json();
    return browser.change(
        "POST",
        "/v1/session/passkey",
        Map.of(
            "ceremony",
            asked.path("ceremony").asString(),
            "credential",
            key.use(asked.path("publicKey").path("challenge").asString())));
  }

  private static SecureBrowser person(String name) {
    SecureBrowser browser = new SecureBrowser();
    Map<String, String> user =
        Map.of("email", Browser.email(name), "name", name, "password", Browser.PASSWORD);
    assertThat(browser.change("POST", "/v1/registration", user).ok().json().path("role").asString())
        .isEqualTo(Role.TRADER.name());
    browser
        .change(
            "POST",
            "/v1/session",
            Map.of("email", Browser.email(name), "password", Browser.PASSWORD))
        .ok();
    return browser;
  }

  /**
   * A browser behind a proxy that ends TLS: the venue's cookies are Secure, and the connection here
   * is not, so they are carried by hand.
   */
  private static final class SecureBrowser {
    private final Browser browser = new Browser(venue.venue().address());
    private final Map<String, String> cookies = new java.util.TreeMap<>();

    Browser.Reply get(String path) {
      return send("GET", path, Map.of());
    }

    Browser.Reply change(String method, String path, Map<String, ?> body) {
      if (!cookies.containsKey("__Host-XSRF-TOKEN")) {
        get("/v1/session").ok();
      }
      return send(method, path, body);
    }

    private Browser.Reply send(String method, String path, Map<String, ?> body) {
      Map<String, String> headers = new java.util.TreeMap<>();
      if (!cookies.isEmpty()) {
        headers.put(
            "Cookie",
            cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(java.util.stream.Collectors.joining("; ")));
        headers.put("X-XSRF-TOKEN", cookies.getOrDefault("__Host-XSRF-TOKEN", ""));
      }
      Browser.Reply reply = browser.send(method, path, body, headers);
      for (String cookie : reply.response().headers().allValues("Set-Cookie")) {
        assertThat(cookie).startsWith("__Host-").contains("Secure").contains("SameSite=Strict");
        String[] pair = cookie.split(";", 2)[0].split("=", 2);
        if (pair[1].isEmpty()) {
          cookies.remove(pair[0]);
        } else {
          cookies.put(pair[0], pair[1]);
        }
      }
      return reply;
    }
  }
}
