package org.fondaco.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.fondaco.api.security.KeyRequest;
import org.fondaco.api.security.Permission;
import org.fondaco.api.security.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Who may call what: every endpoint × everybody, compared with a list that is read in a review. A
 * request lacks everything that it needs, so whoever may call is told what is missing and whoever
 * may not is told so (401, 403).
 */
class PermissionsTest {
  private static final String GOLDEN = "/org/fondaco/api/permissions.txt";

  @TempDir static Path data;
  private static TestVenue venue;
  private static final Map<Role, Browser> PEOPLE = new EnumMap<>(Role.class);
  private static final Map<Role, Long> ACCOUNTS = new EnumMap<>(Role.class);

  @BeforeAll
  static void start() throws Exception {
    venue = TestVenue.start(data).seed();
    for (Role role : Role.values()) {
      Browser person = venue.person(name(role), role);
      PEOPLE.put(role, person);
      ACCOUNTS.put(role, person.get("/v1/account").ok().json().path("account").asLong());
    }
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  private static long account(Role role) {
    return Objects.requireNonNull(ACCOUNTS.get(role));
  }

  private static String name(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  @Test
  void everyEndpointForEverybody() throws Exception {
    Map<String, ApiClient> keys = keys();
    List<String> lines = new ArrayList<>();
    JsonNode paths = new Browser(venue.venue().address()).get("/v3/api-docs").ok().json();
    for (Map.Entry<String, JsonNode> path : paths.path("paths").properties()) {
      for (String method : path.getValue().propertyNames()) {
        lines.add(line(method.toUpperCase(Locale.ROOT), path.getKey(), keys));
      }
    }
    lines.sort(String::compareTo);
    assertThat(lines).hasSizeGreaterThan(60);
    String actual = String.join("\n", lines) + "\n";
    Files.writeString(Path.of("target", "permissions.txt"), actual);
    try (var golden = PermissionsTest.class.getResourceAsStream(GOLDEN)) {
      assertThat(golden).isNotNull();
      assertThat(actual)
          .as("if this change is wanted, copy target/permissions.txt to " + GOLDEN)
          .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static Map<String, ApiClient> keys() {
    Map<String, ApiClient> keys = new LinkedHashMap<>();
    for (Role role : Role.values()) {
      for (Permission permission : Permission.values()) {
        keys.put(name(role) + " " + permission, key(role, EnumSet.of(permission)));
      }
      keys.put(name(role) + " all", key(role, EnumSet.allOf(Permission.class)));
    }
    return keys;
  }

  private static ApiClient key(Role role, Set<Permission> permissions) {
    long userId =
        Objects.requireNonNull(PEOPLE.get(role))
            .get("/v1/account")
            .ok()
            .json()
            .path("userId")
            .asLong();
    KeyRequest request = KeyRequest.of("test", permissions, List.of("127.0.0.1"));
    return new ApiClient(
        venue.venue().address(), venue.venue().keys().createHmac(userId, account(role), request));
  }

  private static String line(String method, String template, Map<String, ApiClient> keys) {
    String path = template.replaceAll("\\{[a-zA-Z]+}", "none");
    boolean own = path.startsWith("/v1/") || path.startsWith("/admin/v1/");
    List<String> sessions = new ArrayList<>();
    if (own) {
      if (admitted(new Browser(venue.venue().address()).change(method, path).status())) {
        sessions.add("anybody");
      }
      for (Map.Entry<Role, Browser> person : PEOPLE.entrySet()) {
        if (admitted(person.getValue().change(method, path).status())) {
          sessions.add(name(person.getKey()));
        }
        if (path.startsWith("/v1/session") && !method.equals("GET")) {
          person.getValue().signIn(name(person.getKey()), Browser.PASSWORD);
        }
      }
    } else if (admitted(open(method, path))) {
      sessions.add("anybody");
    }
    List<String> by = new ArrayList<>();
    keys.forEach((name, key) -> {
      if (admitted(key.signed(method, path).status())) {
        by.add(name);
      }
    });
    return method
        + " "
        + template
        + "\n    by session: "
        + (sessions.size() == 6 ? "everybody" : String.join(", ", sessions))
        + "\n    by key: "
        + (by.size() == keys.size() ? "every key" : String.join(", ", by));
  }

  private static int open(String method, String path) {
    return new Browser(venue.venue().address())
        .send(
            HttpRequest.newBuilder(java.net.URI.create(venue.venue().address() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build())
        .status();
  }

  private static boolean admitted(int status) {
    assertThat(status).isLessThan(500);
    return status != 401 && status != 403;
  }

  @Test
  void anotherPersonsThingsAreOutOfReach() {
    Browser trader = Objects.requireNonNull(PEOPLE.get(Role.TRADER));
    long auditors = account(Role.AUDITOR);
    assertThat(trader.get("/v1/balances?account=" + auditors).status()).isEqualTo(400);
    assertThat(trader.get("/v1/account?userId=1").status()).isEqualTo(400);
    assertThat(trader.get("/v1/account/../../admin/v1/users").status()).isIn(400, 403, 404);
    assertThat(trader.get("/v1/%61ccount").status()).isIn(200, 400, 404);
    assertThat(trader.get("//admin/v1/users").status()).isIn(400, 403, 404);
    assertThat(trader.get("/admin/v1/users;x=y").status()).isIn(400, 403, 404);
    assertThat(trader.get("/ADMIN/v1/users").status()).isEqualTo(404);
    assertThat(trader.get("/admin/v1/users/").status()).isIn(400, 403, 404);
    ApiClient reader = key(Role.ADMINISTRATOR, EnumSet.of(Permission.USER_DATA));
    assertThat(reader.signed("POST", "/admin/v1/kill", "scope=VENUE").code())
        .as("a key that only reads changes nothing, whoever owns it")
        .isEqualTo(-2015);
    ApiClient auditor = key(Role.AUDITOR, EnumSet.allOf(Permission.class));
    assertThat(auditor.signed("POST", "/admin/v1/kill", "scope=VENUE").status()).isEqualTo(403);
    assertThat(
            auditor
                .send(
                    "GET",
                    "/v1/session",
                    "",
                    Map.of("Cookie", "fondaco-session=" + trader.cookie("fondaco-session")))
                .code())
        .as("a key and a session together are a key")
        .isEqualTo(-8006);
  }
}
