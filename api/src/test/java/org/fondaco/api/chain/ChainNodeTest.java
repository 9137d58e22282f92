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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.fondaco.api.TestVenue;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.chain.BlockEntry;
import org.fondaco.chain.utxo.chain.UtxoChain;
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
      ChainNode node = venue.venue().chainNodes().orElseThrow().account();
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
      ChainNode node = venue.venue().chainNodes().orElseThrow().account();
      assertThat(node.height()).isPositive();
      assertThat(call(client, node, "eth_getBalance", "\"" + TO + "\"", "\"latest\"").asString())
          .isEqualTo("0x7");
      assertThat(call(client, node, "eth_accounts").path(0).asString()).isEqualTo(owner);
    }
  }

  /** Coins to spend on every chain, blocks for a payment, and nobody stops a node alone. */
  @Test
  void theVenuesOtherNodesMineTheirFirstBlocksAndForPayments() throws Exception {
    try (TestVenue venue =
            TestVenue.start(data, "FONDACO_NODE", "on", "FONDACO_NODE_UTXO_DEPTH", "1");
        HttpClient client = HttpClient.newHttpClient()) {
      UtxoNodes nodes = venue.venue().chainNodes().orElseThrow().utxo();
      assertThat(nodes.coins()).containsExactly("btc", "bch", "ltc");
      for (String coin : nodes.coins()) {
        awaitHeight(nodes.node(coin).chain(), 110);
        assertThat(callUtxo(client, nodes, coin, "getblockcount").path("result").asInt())
            .isEqualTo(110);
        assertThat(callUtxo(client, nodes, coin, "stop").path("error").path("message").asString())
            .contains("part of a venue");
        assertThat(Files.getPosixFilePermissions(data.resolve("node/" + coin + "/wallet.jsonl")))
            .containsExactlyInAnyOrder(
                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        String address = callUtxo(client, nodes, coin, "getnewaddress").path("result").asString();
        String payment =
            callUtxo(client, nodes, coin, "sendtoaddress", "\"" + address + "\"", "450")
                .path("result")
                .asString();
        assertThat(payment).as(coin).hasSize(64);
        awaitHeight(nodes.node(coin).chain(), 112);
        assertThat(
                callUtxo(client, nodes, coin, "gettransaction", "\"" + payment + "\"")
                    .path("result")
                    .path("confirmations")
                    .asInt())
            .as(coin)
            .isEqualTo(2);
      }
      assertThat(nodes.isWell()).isTrue();
      assertThat(nodes.announcements())
          .hasSize(3)
          .allMatch(line -> line.contains("http://127.0.0.1:") && line.contains(".cookie"));
    }
    try (TestVenue venue =
        TestVenue.start(data, "FONDACO_NODE", "on", "FONDACO_NODE_UTXO_DEPTH", "1")) {
      UtxoNodes nodes = venue.venue().chainNodes().orElseThrow().utxo();
      assertThat(nodes.coins()).allMatch(coin -> nodes.height(coin) == 112);
      assertThat(nodes.coins()).allMatch(coin -> nodes.waiting(coin) == 0);
    }
  }

  private static void awaitHeight(UtxoChain chain, int height) throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    chain.listen(
        new UtxoChain.Listener() {
          @Override
          public void connected(BlockEntry entry, Block block) {
            if (entry.height() >= height) {
              reached.countDown();
            }
          }

          @Override
          public void disconnected(BlockEntry entry, Block block) {
            throw new IllegalStateException("nobody invalidates blocks here");
          }
        });
    if (chain.tip().height() < height) {
      assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  private JsonNode callUtxo(
      HttpClient client, UtxoNodes nodes, String coin, String method, String... parameters)
      throws IOException, InterruptedException {
    byte[] cookie = Files.readAllBytes(data.resolve("node/" + coin + "/.cookie"));
    return JSON.readTree(
        client
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + nodes.node(coin).port()))
                    .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(cookie))
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            "{\"id\":1,\"method\":\""
                                + method
                                + "\",\"params\":["
                                + String.join(",", parameters)
                                + "]}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body());
  }

  @Test
  void aUtxoPortThatIsTakenIsToldWithTheWayOut() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThatThrownBy(
              () -> TestVenue.start(data, "FONDACO_NODE", "on", "FONDACO_NODE_LTC_RPC_PORT", port))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("ltc node does not start")
          .hasMessageContaining(port);
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
