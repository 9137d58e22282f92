package org.fondaco.bench.chain;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A regtest node with Bitcoin Core's JSON-RPC in a process of its own. */
public final class CoreNode implements AutoCloseable {
  /** The launcher builds first if something changed. */
  private static final int SECONDS_TO_START = 600;

  private static final int SECONDS_TO_STOP = 30;
  private static final int WARMING_UP = -28;
  private static final String USER = "bench";
  private static final String CREDENTIAL =
      Base64.getEncoder().encodeToString((USER + ":" + USER).getBytes(StandardCharsets.UTF_8));

  /** Else block 432 activates extension blocks. */
  private static final String NO_EXTENSION = "-vbparams=mweb:4000000000:4000000001";

  private final Process process;
  private final List<String> command;
  private final URI url;
  private final HttpClient client = HttpClient.newHttpClient();

  private CoreNode(Process process, List<String> command, int port) {
    this.process = process;
    this.command = command;
    url = URI.create("http://127.0.0.1:" + port + "/");
  }

  /** Our Litecoin node as an operator starts it. */
  public static CoreNode fondaco(Path folder) throws IOException, InterruptedException {
    String launcher = Path.of("fondaco").toAbsolutePath().toString();
    return start(
        folder,
        launcher,
        "node",
        "--chain",
        "ltc",
        "--datadir",
        "@",
        "--rpcport",
        "#",
        "--rpcuser",
        USER,
        "--rpcpassword",
        USER);
  }

  /**
   * Debian's litecoind without wallet and peers, with a transaction index, as ours has one.
   *
   * @throws IOException if it is not installed
   */
  public static CoreNode litecoind(Path folder) throws IOException, InterruptedException {
    return start(
        folder,
        "litecoind",
        "-regtest",
        "-datadir=@",
        "-rpcport=#",
        NO_EXTENSION,
        "-txindex",
        "-disablewallet",
        "-server",
        "-listen=0",
        "-connect=0",
        "-dnsseed=0",
        "-printtoconsole=0",
        "-rpcuser=" + USER,
        "-rpcpassword=" + USER);
  }

  private static CoreNode start(Path folder, String... command)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    int port;
    try (ServerSocket any = new ServerSocket(0)) {
      port = any.getLocalPort();
    }
    List<String> line = new ArrayList<>();
    for (String word : command) {
      line.add(
          word.replace("@", folder.toAbsolutePath().toString())
              .replace("#", Integer.toString(port)));
    }
    Path log = folder.resolve("bench.log");
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    CoreNode node = new CoreNode(process, Arrays.asList(command), port);
    try {
      node.await();
      return node;
    } catch (IOException e) {
      node.close();
      throw new IOException(e.getMessage() + ": " + Files.readString(log), e);
    }
  }

  private void await() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_START);
    while (System.nanoTime() < deadline && process.isAlive()) {
      try {
        JsonNode answer = post(body("getblockcount"));
        if (answer.path("error").path("code").asInt(0) != WARMING_UP) {
          return;
        }
      } catch (ConnectException e) {
        // Not yet.
      }
      Thread.sleep(100);
    }
    throw new IOException(command + " does not serve");
  }

  /** A request, to be sent when time is measured. */
  public static byte[] body(String method, Object... parameters) {
    return JsonMapper.shared()
        .writeValueAsBytes(
            java.util.Map.of("id", 1, "method", method, "params", List.of(parameters)));
  }

  private JsonNode post(byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(Duration.ofMinutes(5))
            .header("Authorization", "Basic " + CREDENTIAL)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return JsonMapper.shared()
        .readTree(client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
  }

  /**
   * The result of a request.
   *
   * @throws IOException when the node answers an error or not at all
   */
  public JsonNode call(byte[] body) throws IOException, InterruptedException {
    JsonNode answer = post(body);
    if (answer.hasNonNull("error")) {
      throw new IOException(answer.path("error").toString());
    }
    return answer.path("result");
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    client.close();
  }
}
