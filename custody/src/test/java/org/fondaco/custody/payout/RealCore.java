package org.fondaco.custody.payout;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.fondaco.chain.utxo.node.UtxoNetwork;
import org.fondaco.chain.utxo.node.UtxoNode;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.CoreRpc;
import org.fondaco.custody.chain.NodeAddress;
import org.fondaco.custody.chain.NodeUnderTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real node in a folder of its own: ours in this process, or litecoind. */
final class RealCore implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String USER = "test";
  private static final String PASSWORD = "payouts";

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;
  private final AutoCloseable stop;

  private RealCore(int port, AutoCloseable stop) {
    this.port = port;
    this.stop = stop;
  }

  static RealCore ours(ChainName chain, Path folder) throws IOException {
    UtxoNode node =
        UtxoNode.open(
            new UtxoNode.Settings(
                UtxoNetwork.of(chain.name().toLowerCase(Locale.ROOT), "regtest"),
                folder,
                "127.0.0.1",
                0,
                USER + ":" + PASSWORD,
                1,
                true));
    return new RealCore(node.port(), node::close);
  }

  static RealCore litecoind(Path folder, String... options)
      throws IOException, InterruptedException {
    int port = NodeUnderTest.freePort();
    List<String> command = new ArrayList<>(List.of("litecoind", "-regtest", "-datadir=" + folder));
    command.addAll(List.of("-disablewallet", "-server", "-listen=0", "-connect=0", "-dnsseed=0"));
    command.addAll(List.of("-printtoconsole=0", "-rpcport=" + port, "-rpcuser=" + USER));
    command.add("-rpcpassword=" + PASSWORD);
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Files.createTempFile("litecoind", ".log").toFile())
            .start();
    RealCore node =
        new RealCore(
            port,
            () -> {
              process.destroyForcibly();
              process.waitFor(30, TimeUnit.SECONDS);
            });
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      try {
        node.call("getblockcount");
        return node;
      } catch (IllegalStateException e) {
        if (System.nanoTime() > deadline || process.waitFor(50, TimeUnit.MILLISECONDS)) {
          throw e;
        }
      }
    }
  }

  CoreRpc rpc() {
    return new CoreRpc(
        NodeAddress.of("http://%s:%s@127.0.0.1:%d/".formatted(USER, PASSWORD, port), null));
  }

  JsonNode call(String method, Object... params) {
    try {
      String login =
          Base64.getEncoder()
              .encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
      String body =
          JSON.writeValueAsString(Map.of("id", 1, "method", method, "params", List.of(params)));
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                  .header("Authorization", "Basic " + login)
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      JsonNode answer = JSON.readTree(response.body());
      if (!answer.path("error").isNull() && !answer.path("error").isMissingNode()) {
        throw new IllegalStateException(answer.path("error").toString());
      }
      return answer.path("result");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Blocks whose coins go to an address. */
  List<String> mine(int blocks, String address) {
    List<String> hashes = new ArrayList<>();
    call("generatetoaddress", blocks, address).forEach(hash -> hashes.add(hash.stringValue()));
    return hashes;
  }

  @Override
  public void close() throws Exception {
    client.close();
    stop.close();
  }
}
