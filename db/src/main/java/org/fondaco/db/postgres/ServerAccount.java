package org.fondaco.db.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The operating-system account that the server runs under. PostgreSQL refuses to run as root, so
 * root hands it to another account (docs/adr/0010-embedded-postgresql-as-root.md).
 */
sealed interface ServerAccount {

  /** The command with what changes the account before it. */
  List<String> command(List<String> command);

  /** Makes a file or folder, and what is below it, the server's own, if it is not already. */
  void own(Path path) throws IOException;

  /** Fondaco is not root: the server runs as whoever started it. */
  record Same() implements ServerAccount {
    @Override
    public List<String> command(List<String> command) {
      return command;
    }

    @Override
    public void own(Path path) {
      // What this process creates is the server's already.
    }
  }

  /** Fondaco is root and becomes an ordinary account, which owns the cluster's files. */
  record Other(String name) implements ServerAccount {
    @Override
    public List<String> command(List<String> command) {
      return prefixed(
          List.of("setpriv", "--reuid=" + name, "--regid=" + gid(name), "--clear-groups", "--"),
          command);
    }

    @Override
    public void own(Path path) throws IOException {
      ownedBy(path, capture(List.of("id", "-u", name)), gid(name));
    }
  }

  /**
   * Fondaco is root and the ordinary account cannot reach the folder: the server stays root for the
   * file system, but sees itself as another user inside a user namespace without any capability.
   */
  record Mapped(String uid) implements ServerAccount {
    @Override
    public List<String> command(List<String> command) {
      return prefixed(List.of("unshare", "--user", "--map-user=" + uid, "--"), command);
    }

    @Override
    public void own(Path path) throws IOException {
      ownedBy(path, "0", "0");
    }
  }

  /** An account that can pass {@code folder} and run {@code program}; both exist. */
  static ServerAccount forFolder(Path folder, String program) {
    List<String> reachable = List.of("test", "-x", folder.toString(), "-a", "-x", program);
    try {
      if (!capture(List.of("id", "-u")).equals("0")) {
        return new Same();
      }
      String name = succeeds(List.of("id", "-u", "postgres")) ? "postgres" : "nobody";
      Other other = new Other(name);
      if (succeeds(other.command(reachable))) {
        return other;
      }
      Mapped mapped = new Mapped(capture(List.of("id", "-u", name)));
      if (succeeds(mapped.command(reachable))) {
        return mapped;
      }
      throw new PostgresException(
          "PostgreSQL does not run as root, and the user %s may not enter %s: make its parent folders passable (chmod o+x), choose another --data, or set FONDACO_DB_URL"
              .formatted(name, folder));
    } catch (IOException e) {
      throw new PostgresException("cannot choose an account for PostgreSQL", e);
    }
  }

  private static void ownedBy(Path path, String uid, String gid) throws IOException {
    if (!Files.getAttribute(path, "unix:uid").toString().equals(uid)) {
      run(List.of("chown", "-R", uid + ":" + gid, path.toString()));
    }
  }

  private static String gid(String name) {
    try {
      return capture(List.of("id", "-g", name));
    } catch (IOException e) {
      throw new PostgresException("no group of " + name, e);
    }
  }

  private static List<String> prefixed(List<String> prefix, List<String> command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(command);
    return all;
  }

  private static boolean succeeds(List<String> command) {
    try {
      run(command);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void run(List<String> command) throws IOException {
    capture(command);
  }

  /** Runs a command to its end and returns what it printed, trimmed. */
  static String capture(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + " did not end within 60 s");
      }
      if (process.exitValue() != 0) {
        throw new IOException(
            "%s ended with %d: %s"
                .formatted(String.join(" ", command), process.exitValue(), output));
      }
      return output;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
