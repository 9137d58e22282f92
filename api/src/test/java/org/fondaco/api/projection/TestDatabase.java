package org.fondaco.api.projection;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.fondaco.db.Database;
import org.fondaco.db.DatabaseConfig;
import org.fondaco.db.postgres.EmbeddedPostgres;

/** A real server that tests share and may stop, kill and start again; each test gets a database. */
public final class TestDatabase implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final List<String> TABLES =
      List.of(
          "assets order by asset_id",
          "symbols order by symbol_id",
          "orders order by order_id",
          "order_lists order by order_list_id",
          "trades order by account_id, symbol_id, trade_id, buyer",
          "prevented_matches order by symbol_id, prevented_match_id",
          "order_amendments order by symbol_id, execution_id",
          "klines order by symbol_id, \"interval\", open_time",
          "aggregate_trades order by symbol_id, aggregate_id",
          "ledger_entries order by sequence, entry",
          "account_volumes order by day, account_id, asset_id",
          "balances order by account_id, asset_id",
          "projector_watermark");

  private final Path folder;
  private EmbeddedPostgres server;

  public TestDatabase(Path folder) {
    this.folder = folder;
    this.server = EmbeddedPostgres.start(folder, 0);
  }

  EmbeddedPostgres server() {
    return server;
  }

  public void stop() {
    server.close();
  }

  /** On the same port as before. */
  public void startAgain() {
    server = EmbeddedPostgres.start(folder, server.port());
  }

  public Database fresh() throws SQLException {
    String name = "test_" + NUMBER.incrementAndGet();
    try (Connection connection =
            DriverManager.getConnection(
                server.jdbcUrl("postgres"), server.user(), server.password());
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return Database.start(new DatabaseConfig.External(withLogin(server.jdbcUrl(name))));
  }

  /** Address of a database of this server, with its password. */
  String url(Database database) {
    return withLogin(database.url());
  }

  /** Another pool to the same database. */
  Database sameAs(Database database) {
    return Database.start(new DatabaseConfig.External(url(database)));
  }

  private String withLogin(String url) {
    return url.split("\\?")[0] + "?user=" + server.user() + "&password=" + server.password();
  }

  /** Every row that the projector writes, as text. */
  public static List<String> dump(Database database) {
    List<String> rows = new ArrayList<>();
    for (String table : TABLES) {
      database
          .jooq()
          .fetch("select * from " + table)
          .forEach(row -> rows.add(table.split(" ")[0] + " " + row.intoMap()));
    }
    return rows;
  }

  @Override
  public void close() {
    server.close();
  }
}
