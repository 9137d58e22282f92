package org.fondaco.api.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The embedded PostgreSQL of a venue, reached past the venue.
 *
 * @param folder the server's folder below the data folder
 */
record VenueDatabase(Path folder) {

  /** Process id of the server, empty when it is not there. */
  Optional<ProcessHandle> server() {
    try {
      List<String> lines = Files.readAllLines(folder.resolve("cluster/postmaster.pid"));
      return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // not there, or being written
    }
  }

  /** Kills the server, so that none of its children can tell it, and then them. */
  void kill9() {
    server()
        .ifPresent(server -> {
          List<ProcessHandle> children = server.descendants().toList();
          server.destroyForcibly();
          children.forEach(ProcessHandle::destroyForcibly);
          server.onExit().join();
        });
  }

  /** Rows as text, columns separated by a bar. */
  List<String> rows(String sql) throws SQLException, IOException {
    try (Connection connection = connect();
        ResultSet result = connection.createStatement().executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringBuilder row = new StringBuilder(result.getString(1));
        for (int column = 2; column <= columns; column++) {
          row.append('|').append(result.getString(column));
        }
        rows.add(row.toString());
      }
      return rows;
    }
  }

  Connection connect() throws SQLException, IOException {
    String port = Files.readAllLines(folder.resolve("cluster/postmaster.pid")).get(3).strip();
    String password = Files.readString(folder.resolve("password")).strip();
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/fondaco?connectTimeout=2", "fondaco", password);
  }
}
