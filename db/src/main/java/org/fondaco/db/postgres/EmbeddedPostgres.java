package org.fondaco.db.postgres;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server on the loopback address whose cluster lives below one folder. It is started
 * again when it dies, on the same port, until {@link #close()}.
 *
 * <p>Layout: {@code server-…/} the programs (elsewhere if the system property {@code
 * fondaco.postgres.programs} names a folder), {@code cluster/} the data, {@code password} (mode
 * 600), {@code server.log}, {@code lock}.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  static final int MAJOR_VERSION = 18;
  static final String SUPERUSER = "fondaco";

  /** System property: a folder for the unpacked programs other than the data's, as tests share. */
  static final String PROGRAMS = "fondaco.postgres.programs";

  private static final System.Logger LOG = System.getLogger(EmbeddedPostgres.class.getName());
  private static final int NICE = 5;
  private static final long START_NANOS_MAX = TimeUnit.SECONDS.toNanos(120);
  private static final long STOP_SECONDS_MAX = 60;
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long RESTART_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long RESTART_NANOS_MAX = TimeUnit.SECONDS.toNanos(30);
  private static final int START_ATTEMPTS_MAX = 10;

  /** What a server says whose predecessor was killed and has not quite ended. */
  private static final String OLD_CHILDREN = "pre-existing shared memory block";

  private final Path folder;
  private final Path cluster;
  private final FileChannel lock;
  private final ServerLog log;
  private final ServerBinaries binaries;
  private final ServerAccount account;
  private final String password;
  private final int port;
  private final Object monitor = new Object();
  private Process server;
  private boolean stopping;

  /**
   * Unpacks, creates and recovers what is needed and returns when the server accepts connections.
   *
   * @param folder created if absent; everything of this server lives below it
   * @param port TCP port on the loopback address, 0 = any free one
   * @throws PostgresException when another process uses the folder or the server does not start
   */
  public static EmbeddedPostgres start(Path folder, int port) {
    try {
      create(folder);
      return new EmbeddedPostgres(folder.toRealPath(), port);
    } catch (IOException e) {
      throw new PostgresException("cannot start PostgreSQL below " + folder, e);
    }
  }

  /**
   * Nobody else looks in. When Fondaco is root the server is somebody else, who has to pass through
   * to the cluster, which is its own.
   */
  private static void create(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      Files.createDirectories(folder);
      boolean root = Files.getAttribute(folder, "unix:uid").equals(0);
      Files.setPosixFilePermissions(
          folder, PosixFilePermissions.fromString(root ? "rwx--x--x" : "rwx------"));
    }
  }

  private EmbeddedPostgres(Path folder, int port) throws IOException {
    this.folder = folder;
    this.cluster = folder.resolve("cluster");
    this.log = new ServerLog(folder.resolve("server.log"));
    this.lock = lock(folder.resolve("lock"));
    try {
      this.binaries = ServerBinaries.in(Path.of(System.getProperty(PROGRAMS, folder.toString())));
      this.account = ServerAccount.forFolder(folder, binaries.program("postgres"));
      this.password = password(folder.resolve("password"));
      LeftOver.stop(cluster);
      createCluster();
      this.port = port == 0 ? FreePort.find() : port;
      this.server = launchPatiently();
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
    Thread.ofVirtual().name("postgres-supervisor").start(this::supervise);
  }

  /** TCP port on the loopback address. */
  public int port() {
    return port;
  }

  /** The superuser's name. */
  public String user() {
    return SUPERUSER;
  }

  /** The superuser's password, as in the file {@code password}. */
  public String password() {
    return password;
  }

  /** JDBC address of a database of this server, without credentials. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  /** Process id of the running server; another one after it died and was started again. */
  public long pid() {
    synchronized (monitor) {
      return server.pid();
    }
  }

  /** Asks for a fast shutdown and waits for it. */
  @Override
  public void close() {
    Process last;
    synchronized (monitor) {
      if (stopping) {
        return;
      }
      stopping = true;
      last = server;
    }
    stop(last);
    try {
      lock.close();
    } catch (IOException e) {
      throw new PostgresException("cannot unlock " + folder, e);
    }
  }

  /** Waits until another process than {@code pid} serves, or the server is closed. */
  public void awaitRestart(long pid) throws InterruptedException {
    synchronized (monitor) {
      while (server.pid() == pid && !stopping) {
        monitor.wait();
      }
    }
  }

  private static void stop(Process process) {
    if (!process.isAlive()) {
      return;
    }
    LeftOver.interrupt(process.pid());
    try {
      if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new PostgresException("PostgreSQL did not stop in time and was killed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void supervise() {
    long pauseNanos = RESTART_NANOS;
    while (true) {
      Process current;
      synchronized (monitor) {
        current = server;
      }
      current.onExit().join();
      synchronized (monitor) {
        if (stopping) {
          return;
        }
        LOG.log(
            System.Logger.Level.ERROR,
            "PostgreSQL died (process {0}); starting it again",
            Long.toString(current.pid()));
        try {
          server = launch();
          pauseNanos = RESTART_NANOS;
          LOG.log(
              System.Logger.Level.WARNING,
              "PostgreSQL serves again (process {0})",
              Long.toString(server.pid()));
          monitor.notifyAll();
        } catch (IOException | PostgresException e) {
          LOG.log(System.Logger.Level.ERROR, "PostgreSQL does not start: " + e.getMessage());
          pauseNanos = Math.min(2 * pauseNanos, RESTART_NANOS_MAX);
        }
      }
      // A server that dies at once must not be restarted in a tight loop.
      LockSupport.parkNanos(pauseNanos);
    }
  }

  /** A server that was killed may leave children, which hold its shared memory until they see. */
  private Process launchPatiently() throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return launch();
      } catch (PostgresException e) {
        if (attempt == START_ATTEMPTS_MAX
            || !String.valueOf(e.getMessage()).contains(OLD_CHILDREN)) {
          throw e;
        }
        LOG.log(System.Logger.Level.WARNING, "waiting for the children of a killed PostgreSQL");
        LockSupport.parkNanos(RESTART_NANOS);
      }
    }
  }

  private Process launch() throws IOException {
    List<String> command =
        List.of(
            binaries.program("postgres"),
            "-D",
            cluster.toString(),
            "-p",
            Integer.toString(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "shared_buffers=64MB",
            "-c",
            "max_connections=40",
            "-c",
            "jit=off");
    ProcessBuilder builder =
        new ProcessBuilder(inItsOwnSession(account.command(command)))
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.open().toFile()));
    builder.environment().remove("PGDATA");
    Process process = builder.start();
    awaitReady(process);
    return process;
  }

  /**
   * Ctrl-C in a terminal interrupts every process of the session's foreground group; the server has
   * to outlive Fondaco's own shutdown, which still writes to it. A session is also a group of its
   * own to Linux's scheduler, as heavy as the whole venue: it is made lighter, because trading must
   * not wait for history.
   */
  private static List<String> inItsOwnSession(List<String> command) {
    if (!Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      return command;
    }
    String lighter =
        "(echo %1$d >/proc/self/autogroup) 2>/dev/null; exec nice -n %1$d \"$@\"".formatted(NICE);
    return Stream.concat(Stream.of("/usr/bin/setsid", "sh", "-c", lighter, "sh"), command.stream())
        .toList();
  }

  /** The server writes its status as the eighth line of postmaster.pid, which pg_ctl reads too. */
  private void awaitReady(Process process) throws IOException {
    long deadline = System.nanoTime() + START_NANOS_MAX;
    Path pidFile = cluster.resolve("postmaster.pid");
    while (System.nanoTime() < deadline) {
      if (!process.isAlive()) {
        throw new PostgresException("PostgreSQL did not start: " + log.lastWords());
      }
      if (Files.exists(pidFile)) {
        List<String> lines = readIfThere(pidFile);
        if (lines.size() >= 8
            && lines.getFirst().strip().equals(Long.toString(process.pid()))
            && lines.get(7).strip().equals("ready")) {
          return;
        }
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    process.destroyForcibly();
    throw new PostgresException("PostgreSQL was not ready in time: " + log.lastWords());
  }

  private static List<String> readIfThere(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** Creates the cluster beside its final place first, so that a torn creation is never used. */
  private void createCluster() throws IOException {
    Path version = cluster.resolve("PG_VERSION");
    if (Files.exists(version)) {
      String found = Files.readString(version).strip();
      if (!found.equals(Integer.toString(MAJOR_VERSION))) {
        throw new PostgresException(
            "%s was written by PostgreSQL %s, this is %d: dump it there and restore it here"
                .formatted(cluster, found, MAJOR_VERSION));
      }
      // Another account may serve it now than when it was created: the folders above it changed.
      account.own(cluster);
      return;
    }
    Path torn = folder.resolve("cluster.creating");
    ServerBinaries.deleteTree(torn);
    Path data = Files.createDirectories(torn.resolve("data"));
    Path passwordFile = torn.resolve("password");
    writePrivately(passwordFile, password);
    account.own(torn);
    ServerAccount.capture(
        account.command(
            List.of(
                binaries.program("initdb"),
                "--pgdata=" + data,
                "--username=" + SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-instructions")));
    Files.move(data, cluster, StandardCopyOption.ATOMIC_MOVE);
    ServerBinaries.deleteTree(torn);
  }

  private static String password(Path file) throws IOException {
    if (Files.exists(file)) {
      return Files.readString(file).strip();
    }
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    writePrivately(file, password);
    return password;
  }

  private static void writePrivately(Path file, String text) throws IOException {
    Path torn = file.resolveSibling(file.getFileName() + ".writing");
    Files.deleteIfExists(torn);
    Files.createFile(torn, OWNER_ONLY);
    Files.writeString(torn, text);
    Files.move(torn, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable FileLock held = null;
    try {
      held = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      LOG.log(System.Logger.Level.DEBUG, "locked by this very process", e);
    }
    if (held == null) {
      channel.close();
      throw new PostgresException(
          "another Fondaco uses this data folder: %s is locked".formatted(file));
    }
    return channel;
  }
}
