package org.fondaco.custody.leader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.fondaco.db.Database;
import org.fondaco.db.DatabaseConfig;
import org.jooq.DSLContext;

/** One real server for all tests of the module; each test begins with empty tables of custody. */
public final class TestDatabase {
  private static final Database DATABASE = start();

  private TestDatabase() {}

  private static Database start() {
    try {
      Path folder = Files.createTempDirectory("fondaco-custody-db");
      Database database = Database.start(new DatabaseConfig.Embedded(folder, 0));
      Runtime.getRuntime().addShutdownHook(new Thread(database::close));
      // Deaths in these tests are of a process, never of the machine.
      database.jooq().execute("alter system set synchronous_commit = off");
      database.jooq().execute("alter system set fsync = off");
      database.jooq().execute("select pg_reload_conf()");
      return database;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server with empty tables. */
  public static Database empty() {
    DSLContext sql = DATABASE.jooq();
    List<String> tables =
        sql.resultQuery("select tablename from pg_tables where tablename like 'custody\\_%'")
            .fetch(0, String.class);
    sql.execute("truncate " + String.join(", ", tables) + " restart identity cascade");
    return DATABASE;
  }

  /** Leads in the given database. */
  public static Leadership lead(Database database) {
    return Leadership.take(database.dataSource(), database.jooq(), "test", InstantSource.system())
        .orElseThrow();
  }
}
