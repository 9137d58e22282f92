package org.fondaco.db.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server that outlived the Fondaco that started it (kill -9 spares the child). It is stopped, not
 * adopted: it may run with another port, password file or version than this start wants.
 */
final class LeftOver {
  private static final long STOP_SECONDS_MAX = 60;

  private LeftOver() {}

  /** Stops the server that postmaster.pid names, if it still runs on this cluster. */
  static void stop(Path cluster) {
    Optional<ProcessHandle> running = find(cluster);
    if (running.isEmpty()) {
      return;
    }
    ProcessHandle server = running.get();
    System.getLogger(LeftOver.class.getName())
        .log(
            System.Logger.Level.WARNING,
            "stopping PostgreSQL process {0}, left over from a Fondaco that was killed",
            Long.toString(server.pid()));
    interrupt(server.pid());
    try {
      server.onExit().get(STOP_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new PostgresException(
          "PostgreSQL process %d still holds %s".formatted(server.pid(), cluster), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresException("interrupted while a left-over server stops", e);
    }
  }

  /** SIGINT asks PostgreSQL for a fast shutdown; Java itself can only send TERM and KILL. */
  static void interrupt(long pid) {
    try {
      // The shell's own kill: a slim Debian has no kill program.
      ServerAccount.capture(List.of("sh", "-c", "kill -INT \"$0\"", Long.toString(pid)));
    } catch (IOException e) {
      // It ended by itself in between; whoever called waits for its exit anyway.
      System.getLogger(LeftOver.class.getName())
          .log(System.Logger.Level.DEBUG, "kill -INT " + pid, e);
    }
  }

  private static Optional<ProcessHandle> find(Path cluster) {
    Path pidFile = cluster.resolve("postmaster.pid");
    try {
      if (!Files.exists(pidFile)) {
        return Optional.empty();
      }
      List<String> lines = Files.readAllLines(pidFile);
      if (lines.isEmpty()) {
        return Optional.empty();
      }
      long pid = Long.parseLong(lines.getFirst().strip());
      // The pid may belong to something else by now: only a server on this very cluster counts.
      return ProcessHandle.of(pid).filter(process -> runsOn(process, cluster));
    } catch (IOException | NumberFormatException e) {
      throw new PostgresException("cannot read " + pidFile, e);
    }
  }

  private static boolean runsOn(ProcessHandle process, Path cluster) {
    String wanted = cluster.toAbsolutePath().toString();
    return process
        .info()
        .arguments()
        .map(arguments -> List.of(arguments).contains(wanted))
        .orElseGet(() -> process.info().commandLine().orElse("").contains(wanted));
  }
}
