package org.fondaco.db.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks the server's programs from the class path, once per version and data folder. */
final class ServerBinaries {
  private final Path home;

  private ServerBinaries(Path home) {
    this.home = home;
  }

  /**
   * The programs below {@code folder}, unpacked if they are not there yet. A torn unpacking leaves
   * only a temporary folder behind, which the next start replaces.
   */
  static ServerBinaries in(Path folder) {
    String resource = "/" + resourceName();
    URL archive = ServerBinaries.class.getResource(resource);
    if (archive == null) {
      throw new PostgresException(
          "no PostgreSQL server for this platform on the class path (%s); set FONDACO_DB_URL to use your own server"
              .formatted(resource));
    }
    try {
      // The archive's size tells one minor version from another: the jar carries no other name.
      long size = archive.openConnection().getContentLengthLong();
      Path home = folder.resolve("server-%d-%d".formatted(EmbeddedPostgres.MAJOR_VERSION, size));
      if (!Files.isDirectory(home)) {
        Path torn = folder.resolve("server.unpacking");
        deleteTree(torn);
        try (InputStream in = archive.openStream()) {
          unpack(in, torn);
        }
        Files.move(torn, home, StandardCopyOption.ATOMIC_MOVE);
      }
      return new ServerBinaries(home);
    } catch (IOException e) {
      throw new PostgresException("cannot unpack the PostgreSQL server below " + folder, e);
    }
  }

  String program(String name) {
    return home.resolve("bin").resolve(name).toAbsolutePath().toString();
  }

  private static String resourceName() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    boolean arm = arch.equals("aarch64") || arch.equals("arm64");
    return "postgres-%s-%s.txz"
        .formatted(os.startsWith("mac") ? "darwin" : "linux", arm ? "arm_64" : "x86_64");
  }

  private static void unpack(InputStream in, Path target) throws IOException {
    Files.createDirectories(target);
    try (var tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in, 1 << 16)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (!neededAtRunTime(entry.getName())) {
          continue;
        }
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("entry outside of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
          Files.createDirectories(parentOf(path));
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(parentOf(path));
          Files.copy(tar, path);
          boolean executable = (entry.getMode() & 0100) != 0;
          // The server runs as another user when Fondaco is root, and has to read its own programs.
          Files.setPosixFilePermissions(
              path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }

  private static boolean neededAtRunTime(String name) {
    return !name.endsWith(".a") && !name.startsWith("include/") && !name.contains("/pgxs/");
  }

  private static Path parentOf(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IOException("no parent: " + path);
    }
    return parent;
  }

  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (var paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
