package org.fondaco.bench.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.fondaco.api.projection.Projector;
import org.fondaco.bench.database.PostgresServer;
import org.fondaco.db.Database;
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

  private final PostgresServer server;
  private final Path files;
  private final RecordedGroups groups;
  private long rows;
  private String expected = "";

  /** Starts the server below this folder. */
  public HistoryStore(Path folder, RecordedGroups groups) throws IOException {
    this.server = new PostgresServer(folder.resolve("postgres"));
    this.files = Files.createDirectories(folder.resolve("files"));
    this.groups = groups;
  }

  /** Rows a second by the projector, its decoding and folding included. */
  public double project() throws SQLException, ProjectionUnavailable, IOException {
    try (Database database = server.fresh()) {
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
    try (Database database = server.fresh()) {
      List<String> commands = new ArrayList<>();
      TABLES.forEach(table -> commands.add("\\copy %s from '%s'".formatted(table, file(table))));
      long start = System.nanoTime();
      server.psql(database, commands);
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
    server.psql(database, commands);
  }

  private Path file(String table) {
    return files.resolve(table).toAbsolutePath();
  }

  @Override
  public void close() {
    server.close();
  }
}
