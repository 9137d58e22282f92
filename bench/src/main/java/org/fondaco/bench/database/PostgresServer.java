package org.fondaco.bench.database;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.fondaco.db.Database;
import org.fondaco.db.DatabaseConfig;
import org.fondaco.db.postgres.EmbeddedPostgres;

/** One server, in which a run may have an empty database with the venue's tables. */
public final class PostgresServer implements AutoCloseable {
  private final EmbeddedPostgres server;
  private int databases;

  /** Starts a server in a folder. */
  public PostgresServer(Path folder) {
    this.server = EmbeddedPostgres.start(folder, 0);
  }

  /** An empty database with the venue's tables; the one before is dropped and must be closed. */
  public Database fresh() throws SQLException {
    String name = "run_" + ++databases;
    try (Connection connection =
            DriverManager.getConnection(
                server.jdbcUrl("postgres"), server.user(), server.password());
        Statement statement = connection.createStatement()) {
      if (databases > 1) {
        statement.execute("drop database run_" + (databases - 1));
      }
      statement.execute("create database " + name);
      statement.execute("checkpoint");
    }
    return Database.start(
        new DatabaseConfig.External(
            server.jdbcUrl(name) + "?user=" + server.user() + "&password=" + server.password()));
  }

  /** Runs commands by psql in one transaction. */
  public void psql(Database database, List<String> commands) throws IOException {
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
    ProcessBuilder psql =
        new ProcessBuilder(line)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
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

  @Override
  public void close() {
    server.close();
  }
}
