package org.fondaco.api.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.fondaco.api.TestVenue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChainNodeTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TO = "0x00000000000000000000000000000000000000aa";

  @TempDir Path data;

  /** The chain, its owner and what was paid are there after the venue stopped and started. */
  @Test
  void theVenuesNodeSealsAtOnceAndKeepsItsChain() throws Exception {
    String owner;
    try (TestVenue venue = TestVenue.start(data, "FONDACO_NODE", "on");
        HttpClient client = HttpClient.newHttpClient()) {
      ChainNode node = venue.venue().chainNode().orElseThrow();
      owner = call(client, node, "eth_accounts").path(0).asString();
      CountDownLatch sealed = new CountDownLatch(1);
      node.node().chain().listen((removed, added) -> sealed.countDown());
      String hash =
          call(
                  client,
                  node,
                  "eth_sendTransaction",
                  "{\"from\":\"" + owner + "\",\"to\":\"" + TO + "\",\"value\":\"0x7\"}")
              .asString();
      assertThat(hash).startsWith("0x").hasSize(66);
      assertThat(sealed.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(call(client, node, "eth_getTransactionReceipt", "\"" + hash + "\"").path("status"))
          .hasToString("\"0x1\"");
      assertThat(node.announcement()).contains(owner, "http://127.0.0.1:", "ws://127.0.0.1:");
    }
    try (TestVenue venue = TestVenue.start(data, "FONDACO_NODE", "on");
        HttpClient client = HttpClient.newHttpClient()) {
      ChainNode node = venue.venue().chainNode().orElseThrow();
      assertThat(node.height()).isPositive();
      assertThat(call(client, node, "eth_getBalance", "\"" + TO + "\"", "\"latest\"").asString())
          .isEqualTo("0x7");
      assertThat(call(client, node, "eth_accounts").path(0).asString()).isEqualTo(owner);
    }
  }

  @Test
  void aPortThatIsTakenIsToldWithTheWayOut() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThatThrownBy(
              () -> TestVenue.start(data, "FONDACO_NODE", "on", "FONDACO_NODE_HTTP_PORT", port))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("FONDACO_NODE=off")
          .hasMessageContaining(port);
    }
  }

  private static JsonNode call(
      HttpClient client, ChainNode node, String method, String... parameters)
      throws IOException, InterruptedException {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\""
            + method
            + "\",\"params\":["
            + String.join(",", parameters)
            + "]}";
    String answer =
        client
            .send(
                HttpRequest.newBuilder(URI.create(String.valueOf(node.node().httpUrl())))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    JsonNode json = JSON.readTree(answer);
    assertThat(json.has("result")).as(answer).isTrue();
    return json.path("result");
  }
}
