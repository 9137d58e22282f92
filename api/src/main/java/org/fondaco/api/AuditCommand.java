package org.fondaco.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.fondaco.api.audit.AuditAnchor;
import org.fondaco.api.audit.AuditLog;
import org.fondaco.api.config.Settings;
import org.fondaco.db.Database;
import org.fondaco.db.postgres.PostgresException;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * What {@code ./fondaco audit verify} runs, on a venue that is stopped or serves: reads the audit
 * log and checks every row, the head that the data folder noted, and one that the auditor noted.
 */
public final class AuditCommand {
  private static final String USAGE =
      "usage: ./fondaco audit verify [--data DIR] [--head SEQ:HASH]";
  private static final int EXIT_BROKEN = 1;
  private static final int EXIT_NOT_VERIFIED = 2;

  private AuditCommand() {}

  /** Exits with 1 when the log is broken, with 2 when it could not be read. */
  public static void main(String[] arguments) {
    try {
      Report report = run(Settings.of(System.getenv()), List.of(arguments));
      System.out.println(report.text());
      System.exit(report.intact() ? 0 : EXIT_BROKEN);
    } catch (IOException
        | SQLException
        | DataAccessException
        | PostgresException
        | IllegalArgumentException
        | StartFailed
        | Settings.InvalidSetting e) {
      System.err.println("fondaco: " + e.getMessage());
      System.exit(EXIT_NOT_VERIFIED);
    }
  }

  /** What to print, and whether every row was as it must be. */
  record Report(boolean intact, String text) {}

  static Report run(Settings settings, List<String> arguments) throws IOException, SQLException {
    List<AuditLog.Head> known = new ArrayList<>(heads(arguments));
    Path data = settings.data();
    if (settings.dbUrl().isEmpty() && !Files.exists(data.resolve("postgres"))) {
      throw new IllegalArgumentException("there is no venue in " + data);
    }
    AuditAnchor.read(data).ifPresent(known::add);
    if (settings.dbUrl().isPresent()) {
      try (Database database = Database.start(settings.database())) {
        return report(new AuditLog(database.jooq()), known);
      }
    }
    try (DataFolder folder = DataFolder.lock(data);
        Database database = Database.start(settings.database())) {
      return report(new AuditLog(database.jooq()), known);
    } catch (StartFailed e) {
      return onRunning(data.resolve("postgres"), known);
    }
  }

  /** A venue serves: its PostgreSQL is asked where postmaster.pid says that it listens. */
  private static Report onRunning(Path postgres, List<AuditLog.Head> known)
      throws IOException, SQLException {
    List<String> pid = Files.readAllLines(postgres.resolve("cluster").resolve("postmaster.pid"));
    String password = Files.readString(postgres.resolve("password")).strip();
    String url = "jdbc:postgresql://127.0.0.1:" + pid.get(3).strip() + "/fondaco";
    try (Connection connection = DriverManager.getConnection(url, "fondaco", password)) {
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      return report(new AuditLog(DSL.using(connection, SQLDialect.POSTGRES)), known);
    }
  }

  private static Report report(AuditLog log, List<AuditLog.Head> known) {
    AuditLog.Verification found = log.verify(known);
    String rows = found.rows() + " rows are intact, head " + found.headHash();
    if (found.firstBroken().isEmpty()) {
      return new Report(true, "The audit log is intact: " + rows);
    }
    return new Report(
        false,
        "THE AUDIT LOG IS BROKEN at row "
            + found.firstBroken().getAsLong()
            + ": it was changed or removed. Before that, "
            + rows);
  }

  private static List<AuditLog.Head> heads(List<String> arguments) {
    List<AuditLog.Head> heads = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      if (!arguments.get(i).equals("--head")
          || i + 1 == arguments.size()
          || !arguments.get(i + 1).matches("[0-9]{1,18}:[0-9a-f]{64}")) {
        throw new IllegalArgumentException(USAGE);
      }
      String[] head = arguments.get(i + 1).split(":", 2);
      heads.add(new AuditLog.Head(Long.parseLong(head[0]), head[1]));
    }
    return heads;
  }
}
