package org.fondaco.api.torture;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.fondaco.api.FondacoApplication;

/**
 * A venue in a process of its own: the real application, its real database, its own folder and
 * port. The folder outlives the process, so that another can be started on it.
 */
final class VenueProcess implements AutoCloseable {
  private static final Duration READY_MAX = Duration.ofSeconds(120);
  private static final Duration EXIT_MAX = Duration.ofSeconds(60);

  private final Path folder;
  private final int port;
  private final Process process;
  private final Path log;
  private final boolean intruder;

  private VenueProcess(Path folder, int port, Process process, Path log, boolean intruder) {
    this.folder = folder;
    this.port = port;
    this.process = process;
    this.log = log;
    this.intruder = intruder;
  }

  /** Starts a venue on a folder that is another's, whose database it must leave alone. */
  static VenueProcess startIntruder(Path folder) throws IOException {
    return start(folder, freePort(), Map.of(), true);
  }

  /**
   * Starts a demo venue without simulator on any free port.
   *
   * @param environment further settings
   */
  static VenueProcess start(Path folder, Map<String, String> environment) throws IOException {
    return start(folder, freePort(), environment);
  }

  /** As {@link #start(Path, Map)} on this port, so that clients find the venue again. */
  static VenueProcess start(Path folder, int port, Map<String, String> environment)
      throws IOException {
    return start(folder, port, environment, false);
  }

  private static VenueProcess start(
      Path folder, int port, Map<String, String> environment, boolean intruder) throws IOException {
    Path log = Files.createTempFile("fondaco-venue-", ".log");
    log.toFile().deleteOnExit();
    return start(folder, port, environment, intruder, log);
  }

  /** As {@link #start(Path, Map)}; what it prints is appended to a file that stays. */
  static VenueProcess start(Path folder, Map<String, String> environment, Path log)
      throws IOException {
    return start(folder, freePort(), environment, false, log);
  }

  private static VenueProcess start(
      Path folder, int port, Map<String, String> environment, boolean intruder, Path log)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.environment().keySet().removeIf(name -> name.startsWith("FONDACO_"));
    builder.environment().put("FONDACO_DATA", folder.toString());
    builder.environment().put("FONDACO_PORT", Integer.toString(port));
    builder.environment().put("FONDACO_DEMO", "on");
    builder.environment().put("FONDACO_SIMULATOR", "off");
    builder.environment().put("FONDACO_ORDERS_PER_TEN_SECONDS", "1000000");
    builder.environment().put("FONDACO_ORDERS_PER_DAY", "100000000");
    builder.environment().put("FONDACO_WEIGHT_PER_MINUTE", "100000000");
    builder.environment().put("FONDACO_JOURNAL_SEGMENT_MIB", "4");
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.redirectInput(new File("/dev/null"));
    return new VenueProcess(folder, port, builder.start(), log, intruder);
  }

  /** Only the first compiler: these venues are killed before the second would pay. */
  private static List<String> command() {
    return java(List.of("-XX:+ExitOnOutOfMemoryError", "-Xmx512m"), FondacoApplication.class);
  }

  /**
   * Runs a class as the launcher does: with the flags that this process runs with, and its class
   * path.
   */
  static List<String> java(List<String> flags, Class<?> main) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag ->
            flag.startsWith("--add-")
                || flag.startsWith("--enable-native")
                || flag.startsWith("--sun-misc")
                || flag.startsWith("-Dfondaco."))
        .forEach(command::add);
    command.addAll(flags);
    command.addAll(StartArchive.flags());
    command.addAll(List.of("-Duser.timezone=UTC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(StartArchive.classPath());
    command.add(main.getName());
    return command;
  }

  URI baseUrl() {
    return URI.create("http://127.0.0.1:" + port);
  }

  int port() {
    return port;
  }

  Path folder() {
    return folder;
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Everything it printed so far. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns when it serves. */
  VenueProcess awaitReady() {
    TradingClient anybody = TradingClient.anonymous(baseUrl());
    try {
      Waiting.until(
          "the venue serves",
          READY_MAX,
          () -> !process.isAlive() || anybody.get("/api/v3/ping", "").status() == 200);
    } catch (Violation e) {
      throw new Violation(e.getMessage() + "\n" + log(), e);
    }
    if (!process.isAlive()) {
      throw new Violation("the venue exited with " + process.exitValue() + ":\n" + log());
    }
    return this;
  }

  /** As a power failure, or the kernel short of memory, would. */
  void kill9() {
    process.destroyForcibly();
    awaitExit();
  }

  /** As {@link #kill9()}, without waiting for its end. */
  void beginKill9() {
    process.destroyForcibly();
  }

  /** As an operator, or a container's end, would. */
  void sigterm() {
    process.destroy();
  }

  /** Exit code; 128 + n when a signal n ended it. */
  int awaitExit() {
    try {
      if (!process.waitFor(EXIT_MAX.toSeconds(), TimeUnit.SECONDS)) {
        throw new Violation("the venue does not exit:\n" + log());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return process.exitValue();
  }

  DemoUsers users() {
    return DemoUsers.read(folder, baseUrl());
  }

  VenueDatabase database() {
    return new VenueDatabase(folder.resolve("postgres"));
  }

  /** Leaves neither the venue nor its database behind. */
  @Override
  public void close() {
    if (process.isAlive()) {
      process.destroyForcibly();
      awaitExit();
    }
    if (!intruder) {
      database().kill9();
    }
  }

  /**
   * Below the range that the kernel takes ports of outgoing connections from: nothing takes it
   * between a kill and the next start.
   */
  static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // the next one
      }
    }
  }
}
