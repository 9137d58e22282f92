package org.fondaco.bench.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.fondaco.api.projection.Projector;
import org.fondaco.db.Database;
import org.fondaco.db.DatabaseConfig;
import org.fondaco.db.postgres.EmbeddedPostgres;
import org.fondaco.engine.host.Projection.ProjectionUnavailable;

/** One PostgreSQL, in which each run gets an empty database with the venue's tables. */
public final class HistoryStore implements AutoCloseable {
  private static final List<String> TABLES =
      List.of(
          "assets",
          "symbols",
          "orders",
          "order_lists",
          "trades",
          "prevented_matches",
          "order_amendments",
          "ledger_entries",
          "balances",
          "account_volumes",
          "klines",
          "aggregate_trades");

  private final EmbeddedPostgres server;
  private final Path files;
  private final RecordedGroups groups;
  private int databases;
  private long rows;
  private String expected = "";

  /** Starts the server below this folder. */
  public HistoryStore(Path folder, RecordedGroups groups) throws IOException {
    this.server = EmbeddedPostgres.start(folder.resolve("postgres"), 0);
    this.files = Files.createDirectories(folder.resolve("files"));
    this.groups = groups;
  }

  /** Rows a second by the projector, its decoding and folding included. */
  public double project() throws SQLException, ProjectionUnavailable, IOException {
    try (Database database = fresh()) {
      long start = System.nanoTime();
      groups.deliver(new Projector(database));
      long nanos = System.nanoTime() - start;
      if (rows == 0) {
        rows = count(database);
        expected = content(database);
        export(database);
      }
      check(database);
      return rows * 1e9 / nanos;
    }
  }

  /** Rows a second by psql, which has them ready as text, each table in one COPY. */
  public double copy() throws SQLException, IOException {
    try (Database database = fresh()) {
      List<String> commands = new ArrayList<>();
      TABLES.forEach(table -> commands.add("\\copy %s from '%s'".formatted(table, file(table))));
      long start = System.nanoTime();
      psql(database, commands);
      long nanos = System.nanoTime() - start;
      check(database);
      return rows * 1e9 / nanos;
    }
  }

  /** Rows of a run. */
  public long rows() {
    return rows;
  }

  private void check(Database database) {
    if (!content(database).equals(expected)) {
      throw new IllegalStateException("the tables differ from the first run's");
    }
  }

  private static long count(Database database) {
    return TABLES.stream()
        .mapToLong(table -> database.jooq().fetchCount(org.jooq.impl.DSL.table(table)))
        .sum();
  }

  /** A hash of all rows of all tables, whatever their order. */
  private static String content(Database database) {
    StringBuilder content = new StringBuilder();
    for (String table : TABLES) {
      content.append(
          database
              .jooq()
              .fetchSingle(
                  "select '%s', count(*), sum(hashtextextended(t::text, 0)::numeric) from %s t"
                      .formatted(table, table)));
    }
    return content.toString();
  }

  private void export(Database database) throws IOException {
    List<String> commands = new ArrayList<>();
    TABLES.forEach(table -> commands.add("\\copy %s to '%s'".formatted(table, file(table))));
    psql(database, commands);
  }

  private Path file(String table) {
    return files.resolve(table).toAbsolutePath();
  }

  private void psql(Database database, List<String> commands) throws IOException {
    String name = database.url().replaceAll("\\?.*", "").replaceAll(".*/", "");
    List<String> line =
        new ArrayList<>(
            List.of(
                "psql",
                "-X",
                "-q",
                "-1",
                "-v",
                "ON_ERROR_STOP=1",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(server.port()),
                "-U",
                server.user(),
                "-d",
                name));
    commands.forEach(command -> {
      line.add("-c");
      line.add(command);
    });
    ProcessBuilder psql = new ProcessBuilder(line).inheritIO();
    psql.environment().put("PGPASSWORD", server.password());
    try {
      int exit = psql.start().waitFor();
      if (exit != 0) {
        throw new IOException("psql ended with " + exit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private Database fresh() throws SQLException {
    String name = "history_" + ++databases;
    try (Connection connection =
            DriverManager.getConnection(
                server.jdbcUrl("postgres"), server.user(), server.password());
        Statement statement = connection.createStatement()) {
      if (databases > 1) {
        statement.execute("drop database history_" + (databases - 1));
      }
      statement.execute("create database " + name);
      statement.execute("checkpoint");
    }
    return Database.start(
        new DatabaseConfig.External(
            server.jdbcUrl(name) + "?user=" + server.user() + "&password=" + server.password()));
  }

  @Override
  public void close() {
    server.close();
  }
}
