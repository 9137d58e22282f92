package org.fondaco.db.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** What the server prints. It may quote statements, and with them what customers told us. */
record ServerLog(Path file) {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final int RECENT_LINES = 20;

  /** The file, which only its owner may read. */
  Path open() throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file, OWNER_ONLY);
    }
    return file;
  }

  /** The last thing that was fatal, if that is not long ago; else just the last line. */
  String lastWords() throws IOException {
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    List<String> recent = lines.subList(Math.max(0, lines.size() - RECENT_LINES), lines.size());
    for (String line : recent.reversed()) {
      if (line.contains("FATAL")) {
        return line;
      }
    }
    return lines.isEmpty() ? "no output" : lines.getLast();
  }
}
