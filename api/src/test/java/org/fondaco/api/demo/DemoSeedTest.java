package org.fondaco.api.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fondaco.db.schema.Tables.ACCOUNTS;
import static org.fondaco.db.schema.Tables.API_KEYS;
import static org.fondaco.db.schema.Tables.AUDIT_LOG;
import static org.fondaco.db.schema.Tables.USERS;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.fondaco.api.audit.AuditLog;
import org.fondaco.api.config.Settings;
import org.fondaco.api.security.ApiKey;
import org.fondaco.api.security.ApiKeys;
import org.fondaco.api.security.Identity;
import org.fondaco.api.security.PasswordHash;
import org.fondaco.api.security.Permission;
import org.fondaco.db.Database;
import org.fondaco.engine.readmodel.LiveReadModel;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's making, broken off and continued, on a real database. */
class DemoSeedTest {

  private static final int USERS_MADE = DemoUser.values().length;

  @TempDir Path temporary;

  @Test
  void aSeedBrokenOffAtAnyCommandIsContinuedAndNothingDoubles() throws Exception {
    Path data = temporary.resolve("data");
    Settings settings = settings(data);
    Demo.claim(settings);
    assertThat(settings(data).demo()).isTrue();
    SourceOnlyGateway gateway = new SourceOnlyGateway();
    try (Database database = Database.start(settings.database())) {
      for (int i = 0; i < 3; i++) {
        gateway.dieAfter(7);
        assertThatThrownBy(() -> seed(settings, database, gateway))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("the engine failed");
      }
      gateway.dieAfter(Integer.MAX_VALUE);
      seed(settings, database, gateway).close();
      assertThat(gateway.applied).isEqualTo(DemoScript.commands());

      DSLContext jooq = database.jooq();
      assertThat(jooq.fetchCount(USERS)).isEqualTo(USERS_MADE);
      assertThat(jooq.fetchCount(ACCOUNTS)).isEqualTo(USERS_MADE + 1);
      assertThat(jooq.fetchCount(AUDIT_LOG)).isEqualTo(DemoScript.commands().size());
      assertThat(new AuditLog(jooq).firstBroken()).isEmpty();
      assertThat(jooq.fetchCount(API_KEYS, API_KEYS.REVOKED_AT.isNull())).isEqualTo(USERS_MADE);
    }
  }

  @Test
  void credentialsOpenTheVenueAndSurviveARestart() throws Exception {
    Path data = temporary.resolve("data");
    Settings settings = settings(data);
    Path file = data.resolve(Settings.DEMO_CREDENTIALS);
    Demo.claim(settings);
    SourceOnlyGateway gateway = new SourceOnlyGateway();
    try (Database database = Database.start(settings.database())) {
      String printed;
      try (Demo demo = seed(settings, database, gateway)) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        demo.announce(
            "http://127.0.0.1:8080", List.of(), new PrintStream(out, true, StandardCharsets.UTF_8));
        printed = out.toString(StandardCharsets.UTF_8);
      }
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      Credentials credentials = Credentials.read(file);
      assertThat(credentials.baseUrl()).isEqualTo("http://127.0.0.1:8080");
      assertThat(credentials.users())
          .extracting(Credentials.Entry::name)
          .contains("alice", "bob", "carol", "dealer", "administrator", "auditor", "maker")
          .doesNotHaveDuplicates()
          .hasSize(USERS_MADE);
      ApiKeys keys = ApiKeys.open(database.jooq(), data.resolve("master.key"));
      for (Credentials.Entry user : credentials.users()) {
        assertThat(printed).contains(user.password(), user.apiKey(), user.secretKey());
        signsIn(user, database.jooq());
        ApiKey key = keys.find(user.apiKey());
        assertThat(key).isNotNull();
        Identity identity = key.identity();
        assertThat(identity.may(Permission.USER_DATA)).isTrue();
        assertThat(identity.may(Permission.TRADE))
            .isEqualTo(user.role().equals("trader") || user.role().equals("dealer"));
        assertThat(identity.may(Permission.ADMINISTER))
            .isEqualTo(user.role().equals("administrator") || user.role().equals("operator"));
      }

      Demo.claim(settings);
      try (Demo demo = seed(settings, database, gateway)) {
        demo.announce(
            "http://127.0.0.1:9090", List.of(), new PrintStream(new ByteArrayOutputStream()));
      }
      assertThat(Credentials.read(file))
          .isEqualTo(credentials.at("http://127.0.0.1:9090", List.of()));
      assertThat(gateway.applied).hasSize(DemoScript.commands().size());
    }
  }

  @Test
  void theDemoIsRefusedWhereOthersCouldReachIt() {
    assertThatThrownBy(() ->
            Settings.of(
                Map.of(
                    "FONDACO_DATA", temporary.toString(),
                    "FONDACO_HOST", "0.0.0.0",
                    "FONDACO_DEMO", "on")))
        .isInstanceOf(Settings.InvalidSetting.class)
        .hasMessageContaining("refused");
  }

  private static void signsIn(Credentials.Entry user, DSLContext jooq) {
    var row = jooq.fetchSingle(USERS, USERS.NAME.eq(user.name()));
    assertThat(PasswordHash.matches(user.password(), row.getPasswordHash())).isTrue();
    assertThat(row.getEmail()).isEqualTo(user.email());
    assertThat(row.getRole()).isEqualToIgnoringCase(user.role());
  }

  private static Demo seed(Settings settings, Database database, SourceOnlyGateway gateway)
      throws IOException, InterruptedException {
    ApiKeys keys = ApiKeys.open(database.jooq(), settings.data().resolve("master.key"));
    return Demo.seed(settings, database.jooq(), gateway, new LiveReadModel(), keys);
  }

  private static Settings settings(Path data) {
    return Settings.of(Map.of("FONDACO_DATA", data.toString(), "FONDACO_SIMULATOR", "off"));
  }
}
