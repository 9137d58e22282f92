package org.fondaco.custody.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.fondaco.db.Database;
import org.fondaco.db.DatabaseConfig;
import org.fondaco.db.postgres.PostgresException;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * The venue's tables, whether it serves or is stopped.
 *
 * @param data folder of the venue
 * @param url of a server that somebody else runs; empty for the embedded one
 */
record VenueDatabase(Path data, String url) {

  /** Reads; empty where the venue never had a database. */
  <T> Optional<T> read(Function<DSLContext, T> query) throws IOException {
    if (!url.isEmpty()) {
      return Optional.of(with(new DatabaseConfig.External(url), query));
    }
    Path postgres = data.resolve("postgres");
    if (!Files.isDirectory(postgres.resolve("cluster"))) {
      return Optional.empty();
    }
    if (Files.exists(postgres.resolve("cluster/postmaster.pid"))) {
      try {
        return Optional.of(onRunning(postgres, query));
      } catch (SQLException | IndexOutOfBoundsException e) {
        // Nobody answers there: the file is left over from a venue that was killed.
        return Optional.of(with(new DatabaseConfig.Embedded(postgres, 0), query));
      }
    }
    return Optional.of(with(new DatabaseConfig.Embedded(postgres, 0), query));
  }

  private static <T> T with(DatabaseConfig config, Function<DSLContext, T> query) {
    try (Database database = Database.start(config)) {
      return query.apply(database.jooq());
    } catch (PostgresException e) {
      throw new CommandFailed("the venue's database cannot be read: " + e.getMessage());
    }
  }

  /** A venue serves: its PostgreSQL is asked where postmaster.pid says that it listens. */
  private static <T> T onRunning(Path postgres, Function<DSLContext, T> query)
      throws IOException, SQLException {
    List<String> pid = Files.readAllLines(postgres.resolve("cluster/postmaster.pid"));
    String password = Files.readString(postgres.resolve("password")).strip();
    String address = "jdbc:postgresql://127.0.0.1:" + pid.get(3).strip() + "/fondaco";
    try (Connection connection = DriverManager.getConnection(address, "fondaco", password)) {
      connection.setReadOnly(true);
      return query.apply(DSL.using(connection, SQLDialect.POSTGRES));
    }
  }
}
