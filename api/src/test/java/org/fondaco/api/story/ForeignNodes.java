package org.fondaco.api.story;

import java.io.IOException;
import java.math.BigInteger;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fondaco.api.chain.DemoFaucet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Other people's nodes: anvil, with USDT on it, and litecoind, with a wallet that has coins. Both
 * make a block about every second until they are closed.
 */
final class ForeignNodes implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String LOGIN = "operator:any node";
  private static final String PACKAGES = "chain-node/src/test/npm/node_modules/@foundry-rs";
  private static final Pattern LISTENS = Pattern.compile("Listening on 127\\.0\\.0\\.1:(\\d+)");
  private static final int SECONDS_TO_START = 60;
  private static final int MATURITY = 101;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Process> processes = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Path cookie;
  private final String ethereum;
  private final int litecoin;
  private final String dollar;
  private final Thread miner;

  /** Starts both in a folder. */
  ForeignNodes(Path folder) throws IOException, InterruptedException {
    cookie = Files.writeString(folder.resolve("cookie"), LOGIN);
    try {
      ethereum = startAnvil(folder);
      litecoin = startLitecoind(Files.createDirectory(folder.resolve("litecoin")));
      dollar = DemoFaucet.deployDollar(ethereum);
      litecoin("createwallet", "till");
      String till = litecoin("getnewaddress").stringValue();
      litecoin("generatetoaddress", MATURITY, till);
      miner = Thread.ofVirtual().start(() -> mine(till));
    } catch (IOException | InterruptedException | RuntimeException e) {
      processes.forEach(Process::destroyForcibly);
      throw e;
    }
  }

  private String startAnvil(Path folder) throws IOException, InterruptedException {
    Path log = folder.resolve("anvil.log");
    // By fees, anvil drops a sender's later transaction that pays more (foundry issue 4327).
    Process process =
        start(
            log,
            List.of(anvil().toString(), "--port", "0", "--block-time", "1", "--order", "fifo"));
    Matcher listens = LISTENS.matcher("");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_START);
    while (!listens.reset(Files.readString(log)).find()) {
      if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
        throw new IOException("anvil does not serve: " + Files.readString(log));
      }
    }
    return "http://127.0.0.1:" + listens.group(1);
  }

  private static Path anvil() {
    String machine = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    String system =
        System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac")
            ? "darwin"
            : "linux";
    Path program =
        Path.of(
            System.getProperty(
                "fondaco.anvil",
                Path.of("..", PACKAGES, "anvil-" + system + "-" + machine, "bin", "anvil")
                    .toString()));
    if (!Files.isExecutable(program)) {
      throw new IllegalStateException(
          program + " is missing: npm ci in chain-node/src/test/npm brings it");
    }
    return program;
  }

  private int startLitecoind(Path folder) throws IOException, InterruptedException {
    int port = freePort();
    String[] login = LOGIN.split(":", 2);
    Process process =
        start(
            folder.resolve("log"),
            List.of(
                "litecoind",
                "-regtest",
                "-datadir=" + folder,
                "-server",
                "-listen=0",
                "-connect=0",
                "-dnsseed=0",
                "-fallbackfee=0.0001",
                "-printtoconsole=0",
                "-rpcport=" + port,
                "-rpcuser=" + login[0],
                "-rpcpassword=" + login[1]));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_START);
    while (true) {
      try {
        var _ = call(litecoinUrl(port), true, "getblockcount");
        return port;
      } catch (IOException e) {
        if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
          throw e;
        }
      }
    }
  }

  /** Below the range that outgoing connections take their ports from. */
  private static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // the next one
      }
    }
  }

  private Process start(Path log, List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    processes.add(process);
    return process;
  }

  private void mine(String till) {
    try {
      while (!closed.await(1, TimeUnit.SECONDS)) {
        litecoin("generatetoaddress", 1, till);
      }
    } catch (IOException | InterruptedException e) {
      if (closed.getCount() > 0) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** What an operator sets to use them. */
  Map<String, String> settings() {
    return Map.of(
        "FONDACO_ETH_URL",
        ethereum,
        "FONDACO_USDT_CONTRACT",
        "0x" + dollar,
        "FONDACO_LTC_URL",
        "http://" + LOGIN.replace(" ", "%20") + "@127.0.0.1:" + litecoin);
  }

  /** The same as the story's customers have them outside the venue. */
  List<StoryCredentials.Node> outside() {
    return List.of(
        new StoryCredentials.Node("ETH", ethereum, "", "0x" + dollar),
        new StoryCredentials.Node("LTC", litecoinUrl(litecoin), cookie.toString(), ""));
  }

  private static String litecoinUrl(int port) {
    return "http://127.0.0.1:" + port;
  }

  /** The contract of USDT, 0x and 40 digits. */
  String dollar() {
    return "0x" + dollar;
  }

  /** Brings ether to an account and waits until it is mined. */
  void bring(String address, int ether) throws IOException {
    DemoFaucet.fund(ethereum, address, ether);
  }

  /** Ether of an account, in wei. */
  BigInteger wei(String address) throws IOException, InterruptedException {
    String digits = call(ethereum, false, "eth_getBalance", address, "latest").stringValue();
    return new BigInteger(digits.substring(2), 16);
  }

  private JsonNode litecoin(String method, @Nullable Object... params)
      throws IOException, InterruptedException {
    return call(litecoinUrl(litecoin), true, method, params);
  }

  private JsonNode call(String url, boolean login, String method, @Nullable Object... params)
      throws IOException, InterruptedException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("jsonrpc", "2.0");
    body.put("id", 1);
    body.put("method", method);
    body.put("params", params);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    if (login) {
      byte[] bytes = LOGIN.getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    JsonNode answer =
        JSON.readTree(http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()).body());
    if (answer.path("error").isObject()) {
      throw new IOException(method + ": " + answer.path("error"));
    }
    return answer.path("result");
  }

  @Override
  public void close() throws InterruptedException {
    closed.countDown();
    miner.join();
    for (Process process : processes) {
      process.destroyForcibly();
      process.waitFor();
    }
    http.close();
  }
}
