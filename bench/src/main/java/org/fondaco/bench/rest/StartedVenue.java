package org.fondaco.bench.rest;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A venue started by its launcher, with its demonstration accounts and without its simulator. */
public final class StartedVenue implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private static final List<String> LIMITS =
      List.of(
          "FONDACO_WEIGHT_PER_MINUTE",
          "FONDACO_ORDERS_PER_TEN_SECONDS",
          "FONDACO_ORDERS_PER_DAY",
          "FONDACO_SOCKETS_PER_FIVE_MINUTES");

  private final Process process;
  private final int port;
  private final Path data;
  private final double secondsToFirstAnswer;
  private final HttpClient client;

  private StartedVenue(
      Process process, int port, Path data, double secondsToFirstAnswer, HttpClient client) {
    this.process = process;
    this.port = port;
    this.data = data;
    this.secondsToFirstAnswer = secondsToFirstAnswer;
    this.client = client;
  }

  /** Credentials of a demonstration user. */
  public record User(String name, String apiKey, String secretKey) {}

  /**
   * Runs {@code ./fondaco up} and waits for the first answer.
   *
   * @throws IOException when it ends or is silent for two minutes
   */
  public static StartedVenue start(Path data) throws IOException, InterruptedException {
    int port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of("fondaco").toAbsolutePath().toString(),
            "up",
            "--port",
            Integer.toString(port),
            "--data",
            data.toString(),
            "--demo",
            "--no-simulator");
    // Two users send everything from one address; the limits are Binance's otherwise.
    for (String limit : LIMITS) {
      builder.environment().put(limit, "999999999");
    }
    builder.redirectErrorStream(true);
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(data.resolveSibling("venue.log").toFile()));
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest ping =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v3/ping"))
            .timeout(Duration.ofSeconds(5))
            .build();
    long start = System.nanoTime();
    Process process = builder.start();
    while (true) {
      try {
        if (client.send(ping, HttpResponse.BodyHandlers.ofString()).statusCode() == 200) {
          double seconds = (System.nanoTime() - start) / 1e9;
          return new StartedVenue(process, port, data, seconds, client);
        }
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() - start > PATIENCE.toNanos()) {
          process.destroy();
          throw new IOException("the venue did not start; see venue.log", e);
        }
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  public int port() {
    return port;
  }

  public double secondsToFirstAnswer() {
    return secondsToFirstAnswer;
  }

  /** The demonstration user of that name. */
  public User user(String name) throws IOException {
    JsonNode root = JsonMapper.shared().readTree(data.resolve("demo-credentials.json").toFile());
    for (JsonNode user : root.get("users")) {
      if (user.get("name").asString().equals(name)) {
        return new User(name, user.get("apiKey").asString(), user.get("secretKey").asString());
      }
    }
    throw new IOException("no demonstration user " + name);
  }

  /** A public GET. */
  public JsonNode get(String pathAndQuery) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + pathAndQuery)));
  }

  /** A signed GET. */
  public JsonNode get(User user, String path, String parameters)
      throws IOException, InterruptedException {
    String stamped =
        (parameters.isEmpty() ? "" : parameters + "&")
            + "recvWindow=60000&timestamp="
            + System.currentTimeMillis();
    String query = new Signer(user.secretKey()).sign(stamped);
    return send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path + "?" + query))
            .header("X-MBX-APIKEY", user.apiKey()));
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(response.statusCode() + " " + response.body());
    }
    return JsonMapper.shared().readTree(response.body());
  }

  /** Resident memory of the server process, in bytes. */
  public long residentBytes() throws IOException {
    return kibibytes(Path.of("/proc/" + process.pid() + "/status"), "VmRSS:") * 1024;
  }

  /**
   * Memory of its PostgreSQL processes, in bytes; what they share is counted once (proportional set
   * size).
   */
  public long databaseBytes() throws IOException {
    long sum = 0;
    List<Long> servers;
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      servers = all.filter(this::isDatabase).map(ProcessHandle::pid).toList();
    }
    for (long pid : servers) {
      Path rollup = Path.of("/proc/" + pid + "/smaps_rollup");
      if (Files.isReadable(rollup)) {
        sum += kibibytes(rollup, "Pss:") * 1024;
      }
    }
    return sum;
  }

  /** PostgreSQL's processes work in the database's folder. */
  private boolean isDatabase(ProcessHandle handle) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + handle.pid() + "/cwd")).startsWith(data);
    } catch (IOException _) {
      // Gone, or somebody else's: not ours.
      return false;
    }
  }

  private static long kibibytes(Path file, String key) throws IOException {
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(key)) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("no " + key + " in " + file);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    client.close();
  }
}
