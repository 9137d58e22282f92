package org.fondaco.db;

import java.nio.file.Path;

/** Which PostgreSQL the venue uses. */
public sealed interface DatabaseConfig {

  /**
   * The server that comes with Fondaco.
   *
   * @param folder where its programs and data live; created if absent
   * @param port TCP port on the loopback address, 0 = any free one
   */
  record Embedded(Path folder, int port) implements DatabaseConfig {}

  /**
   * A server that somebody else runs. The database must exist and belong to the user.
   *
   * @param url {@code jdbc:postgresql://host:port/database?user=…&password=…}, or {@code
   *     postgresql://user:password@host:port/database}
   */
  record External(String url) implements DatabaseConfig {}
}
