package org.fondaco.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fondaco.db.schema.Tables.AUDIT_LOG;
import static org.fondaco.db.schema.Tables.PROJECTOR_WATERMARK;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.fondaco.db.Database.Login;
import org.fondaco.db.postgres.EmbeddedPostgres;
import org.fondaco.db.postgres.PostgresException;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  @TempDir Path temporary;

  @Test
  void migratesOnceAndReachesTheSameTablesFromOutside() {
    var config = new DatabaseConfig.Embedded(temporary.resolve("pg"), 0);
    Database.start(config).close();
    long begin = System.nanoTime();
    try (Database database = Database.start(config)) {
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      System.out.println("database on existing data: ready after " + millis + " ms");
      database.jooq().update(PROJECTOR_WATERMARK).set(PROJECTOR_WATERMARK.SEQUENCE, 5L).execute();

      EmbeddedPostgres server = database.embedded().orElseThrow();
      String url =
          "postgresql://%s:%s@127.0.0.1:%d/fondaco"
              .formatted(server.user(), server.password(), server.port());
      try (Database external = Database.start(new DatabaseConfig.External(url))) {
        assertThat(external.embedded()).isEmpty();
        assertThat(external.jooq().selectFrom(PROJECTOR_WATERMARK).fetch())
            .singleElement()
            .satisfies(row -> assertThat(row.getSequence()).isEqualTo(5L));
      }
    }
  }

  @Test
  void auditLogOnlyGrows() {
    try (Database database =
        Database.start(new DatabaseConfig.Embedded(temporary.resolve("pg"), 0))) {
      assertThatThrownBy(() -> database.jooq().deleteFrom(AUDIT_LOG).execute())
          .isInstanceOf(DataAccessException.class)
          .hasMessageContaining("append-only");
    }
  }

  @Test
  void readsBothFormsOfAddress() {
    assertThat(Login.of("postgresql://al%40ice:p%3Aw+d@db.example/fondaco?sslmode=require"))
        .isEqualTo(
            new Login("jdbc:postgresql://db.example/fondaco?sslmode=require", "al@ice", "p:w+d"));
    assertThat(Login.of("jdbc:postgresql://h:1/d?user=u"))
        .isEqualTo(new Login("jdbc:postgresql://h:1/d?user=u", null, null));
    assertThatThrownBy(() -> Login.of("mysql://h/d"))
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining("FONDACO_DB_URL");
  }

  @Test
  void saysThatAServerCannotBeReached() throws Exception {
    int unused;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      unused = socket.getLocalPort();
    }
    var nowhere = new DatabaseConfig.External("postgresql://u:p@127.0.0.1:" + unused + "/d");
    assertThatThrownBy(() -> Database.start(nowhere))
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining("cannot reach the database");
  }
}
