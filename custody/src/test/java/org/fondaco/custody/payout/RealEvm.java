package org.fondaco.custody.payout;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fondaco.chain.mining.MinerSettings;
import org.fondaco.chain.node.DevChain;
import org.fondaco.chain.node.Node;
import org.fondaco.chain.node.NodeConfig;
import org.fondaco.chain.rpc.RpcConfig;
import org.fondaco.custody.chain.Anvil;
import org.fondaco.custody.chain.EvmRpc;
import org.fondaco.custody.chain.NodeAddress;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real account chain that mines when it is told: ours in this process, or anvil. */
final class RealEvm implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient client = HttpClient.newHttpClient();
  private final String url;
  private final AutoCloseable stop;

  private RealEvm(String url, AutoCloseable stop) {
    this.url = url;
    this.stop = stop;
  }

  static RealEvm ours() throws IOException {
    RpcConfig.Http http =
        new RpcConfig.Http(
            "127.0.0.1",
            0,
            Set.of("eth", "net", "web3", "personal", "miner", "evm"),
            Set.of("localhost"),
            Set.of());
    DevChain chain = DevChain.prepare(null);
    NodeConfig config =
        new NodeConfig(
            null,
            chain.genesis(),
            7L,
            null,
            new RpcConfig(http, null, null, RpcConfig.Limits.DEFAULT),
            new NodeConfig.Mining(
                false, 1, chain.developer(), 0, null, new MinerSettings.Instant.OnTransaction(0)),
            false,
            30_303,
            false);
    Node node = Node.open(config, chain.accounts());
    return new RealEvm(
        String.valueOf(node.httpUrl()),
        () -> {
          node.close();
          chain.close();
        });
  }

  static RealEvm anvil() throws IOException, InterruptedException {
    Anvil anvil = Anvil.start("--no-mining");
    return new RealEvm(anvil.url(), anvil);
  }

  EvmRpc rpc() {
    return new EvmRpc(NodeAddress.of(url, null));
  }

  String developer() {
    return call("eth_accounts").get(0).stringValue();
  }

  JsonNode call(String method, Object... params) {
    try {
      String body =
          JSON.writeValueAsString(
              Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", List.of(params)));
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create(url))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      JsonNode answer = JSON.readTree(response.body());
      if (answer.has("error")) {
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

  void mine(int blocks) {
    for (int i = 0; i < blocks; i++) {
      call("evm_mine");
    }
  }

  @Override
  public void close() throws Exception {
    client.close();
    stop.close();
  }
}
