package org.fondaco.db.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real server through every way it can start and end. */
class EmbeddedPostgresTest {
  @TempDir Path temporary;

  @Test
  void keepsItsDataFromStartToStart() throws Exception {
    Path folder = temporary.resolve("pg");
    String password;
    try (EmbeddedPostgres first = EmbeddedPostgres.start(folder, 0)) {
      password = first.password();
      execute(first, "create table kept (n int)");
      execute(first, "insert into kept values (42)");
    }
    long begin = System.nanoTime();
    try (EmbeddedPostgres second = EmbeddedPostgres.start(folder, 0)) {
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      System.out.println("embedded PostgreSQL on existing data: ready after " + millis + " ms");
      assertThat(second.password()).isEqualTo(password);
      assertThat(query(second, "select n from kept")).isEqualTo(42);
    }
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("password"))))
        .isEqualTo("rw-------");
    // x alone: to pass through, not to look around.
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isIn("rwx------", "rwx--x--x");
  }

  @Test
  void runsInAFolderThatEveryoneMayPass() throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (EmbeddedPostgres server = EmbeddedPostgres.start(temporary.resolve("pg"), 0)) {
      assertThat(query(server, "select 1")).isEqualTo(1);
      assertThat(ServerAccount.capture(List.of("ps", "-o", "uid=", "-p", "" + server.pid())))
          .isNotEqualTo("0");
    }
  }

  @Test
  void listensOnLoopbackOnlyAndWantsThePassword() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(temporary.resolve("pg"), 0)) {
      assertThatThrownBy(
              () -> DriverManager.getConnection(server.jdbcUrl("postgres"), server.user(), "wrong"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      try (Connection connection = connect(server);
          var rows = connection.createStatement().executeQuery("show listen_addresses")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("127.0.0.1");
      }
    }
  }

  @Test
  void startsAgainByItselfWhenItIsKilled() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(temporary.resolve("pg"), 0)) {
      execute(server, "create table survivors (n int)");
      long killed = server.pid();
      ProcessHandle handle = ProcessHandle.of(killed).orElseThrow();
      handle.destroyForcibly();
      handle.onExit().get(30, TimeUnit.SECONDS);
      server.awaitRestart(killed);
      assertThat(server.pid()).isNotEqualTo(killed);
      assertThat(query(server, "select count(*)::int from survivors")).isEqualTo(0);
    }
  }

  @Test
  void replacesAServerWhoseFondacoWasKilled() throws Exception {
    Path folder = temporary.resolve("pg");
    long orphan = startAndDie(folder);
    assertThat(ProcessHandle.of(orphan)).isPresent();
    try (EmbeddedPostgres server = EmbeddedPostgres.start(folder, 0)) {
      assertThat(server.pid()).isNotEqualTo(orphan);
      assertThat(query(server, "select n from orphaned")).isEqualTo(7);
    }
    assertThat(ProcessHandle.of(orphan)).isEmpty();
  }

  @Test
  void waitsForTheChildrenOfAServerThatWasKilled() throws Exception {
    Path folder = temporary.resolve("pg");
    ProcessHandle server = ProcessHandle.of(startAndDie(folder)).orElseThrow();
    ProcessHandle child = server.children().findFirst().orElseThrow();
    // A child that does not run cannot see that its server is gone, and holds the shared memory.
    ServerAccount.capture(List.of("sh", "-c", "kill -STOP \"$0\"", Long.toString(child.pid())));
    server.destroyForcibly();
    server.onExit().get(30, TimeUnit.SECONDS);
    CompletableFuture<EmbeddedPostgres> next =
        CompletableFuture.supplyAsync(() -> EmbeddedPostgres.start(folder, 0));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.readString(folder.resolve("server.log")).contains("still in use")) {
      assertThat(System.nanoTime()).as("refused because of the child").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    child.destroyForcibly();
    try (EmbeddedPostgres started = next.get(60, TimeUnit.SECONDS)) {
      assertThat(query(started, "select n from orphaned")).isEqualTo(7);
    }
  }

  @Test
  void refusesAFolderThatAnotherProcessUses() {
    Path folder = temporary.resolve("pg");
    try (EmbeddedPostgres server = EmbeddedPostgres.start(folder, 0)) {
      assertThatThrownBy(() -> EmbeddedPostgres.start(folder, 0))
          .isInstanceOf(PostgresException.class)
          .hasMessageContaining("another Fondaco uses this data folder");
      assertThat(server.pid()).isPositive();
    }
  }

  /** Another JVM starts the server and halts, as if killed with -9; returns the server's pid. */
  private static long startAndDie(Path folder) throws IOException, InterruptedException {
    Process fondaco =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Dies.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String pid =
        new String(fondaco.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(fondaco.waitFor()).isEqualTo(137);
    return Long.parseLong(pid);
  }

  /** What {@link #startAndDie} runs. */
  static final class Dies {
    private Dies() {}

    public static void main(String[] args) throws SQLException {
      EmbeddedPostgres server = EmbeddedPostgres.start(Path.of(args[0]), 0);
      execute(server, "create table orphaned as select 7 as n");
      System.out.println(server.pid());
      System.out.flush();
      Runtime.getRuntime().halt(137);
    }
  }

  private static Connection connect(EmbeddedPostgres server) throws SQLException {
    return DriverManager.getConnection(
        server.jdbcUrl("postgres"), server.user(), server.password());
  }

  private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
    try (Connection connection = connect(server);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int query(EmbeddedPostgres server, String sql) throws SQLException {
    try (Connection connection = connect(server);
        var rows = connection.createStatement().executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getInt(1);
    }
  }
}
