package org.fondaco.chain.utxo.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.fondaco.chain.utxo.Blocks;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.chain.BlockEntry;
import org.fondaco.chain.utxo.wire.Reversed;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Notifications as a subscriber on a WebSocket gets them. */
class NotificationSocketTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ADDRESS = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private UtxoNode node;

  @BeforeEach
  void start() throws IOException {
    node =
        UtxoNode.open(
            new UtxoNode.Settings(
                UtxoNetwork.BTC_REGTEST, folder, "127.0.0.1", 0, "dealer:quote", 1, true));
  }

  @AfterEach
  void stop() {
    node.close();
    client.close();
  }

  /** Collects messages; the close code ends them. */
  private static final class Heard implements WebSocket.Listener {
    private final LinkedBlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        messages.add(JSON.readTree(text.toString()));
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return null;
    }

    JsonNode next() throws InterruptedException {
      return Objects.requireNonNull(messages.poll(20, TimeUnit.SECONDS), "no message came");
    }

    /** The label and height of the next {@code sequence} message, as {@code C 5}. */
    String step() throws InterruptedException {
      JsonNode notice = next();
      return notice.path("label").asString() + " " + notice.path("height").asInt();
    }
  }

  private Heard subscribe(String credential, String target) {
    Heard heard = new Heard();
    String basic = Base64.getEncoder().encodeToString(credential.getBytes(StandardCharsets.UTF_8));
    var _ =
        client
            .newWebSocketBuilder()
            .header("Authorization", "Basic " + basic)
            .buildAsync(URI.create("ws://127.0.0.1:" + node.port() + target), heard)
            .join();
    return heard;
  }

  private JsonNode call(String method, String params) throws Exception {
    String basic =
        Base64.getEncoder().encodeToString("dealer:quote".getBytes(StandardCharsets.UTF_8));
    String body = "{\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port()))
                .header("Authorization", "Basic " + basic)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return JSON.readTree(response.body()).path("result");
  }

  private void refused(String credential, String target, int status) {
    assertThatThrownBy(() -> subscribe(credential, target))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            e -> assertThat(e.getResponse().statusCode()).isEqualTo(status));
  }

  @Test
  void itAsksForThePasswordAndForTopics() throws Exception {
    refused("dealer:wrong", "/notifications?topics=hashblock", 401);
    refused("dealer:quote", "/notifications?topics=blocks", 400);
    refused("dealer:quote", "/notifications", 400);
    refused("dealer:quote", "/elsewhere?topics=hashblock", 404);
    String cookie = Files.readString(folder.resolve(".cookie"));
    assertThat(subscribe(cookie, "/notifications?topics=rawtx").next().path("next"))
        .hasToString("{\"rawtx\":0}");
    JsonNode told = call("getzmqnotifications", "[]");
    assertThat(told).hasSize(5);
    for (JsonNode each : told) {
      URI address = URI.create(each.path("address").asString());
      assertThat(address.getPort()).isEqualTo(node.port());
      Heard heard = subscribe(cookie, address.getPath() + "?" + address.getQuery());
      assertThat("pub" + heard.next().path("next").propertyNames().iterator().next())
          .isEqualTo(each.path("type").asString());
    }
  }

  @Test
  void blocksAreToldAcrossInvalidateReconsiderAndAReorganisation() throws Exception {
    Heard steps = subscribe("dealer:quote", "/notifications?topics=sequence");
    Heard blocks = subscribe("dealer:quote", "/notifications?topics=hashblock,rawblock");
    assertThat(steps.next().path("height").asInt()).isZero();
    assertThat(blocks.next().path("topic").asString()).isEqualTo("subscribed");
    JsonNode hashes = call("generatetoaddress", "[3,\"" + ADDRESS + "\"]");
    assertThat(List.of(steps.step(), steps.step(), steps.step()))
        .containsExactly("C 1", "C 2", "C 3");
    String second = hashes.get(1).asString();
    assertThat(call("invalidateblock", "[\"" + second + "\"]").isNull()).isTrue();
    assertThat(List.of(steps.step(), steps.step())).containsExactly("D 3", "D 2");
    assertThat(call("reconsiderblock", "[\"" + second + "\"]").isNull()).isTrue();
    assertThat(List.of(steps.step(), steps.step())).containsExactly("C 2", "C 3");
    List<Block> line = overtake(1, 3);
    assertThat(List.of(steps.step(), steps.step())).containsExactly("D 3", "D 2");
    for (int i = 0; i < 3; i++) {
      JsonNode connected = steps.next();
      assertThat(connected.path("label").asString()).isEqualTo("C");
      assertThat(connected.path("hash").asString()).isEqualTo(Reversed.text(line.get(i).hash()));
      assertThat(connected.path("previousblockhash").asString())
          .isEqualTo(Reversed.text(line.get(i).header().previous()));
    }
    List<Integer> heights = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      JsonNode hash = blocks.next();
      JsonNode raw = blocks.next();
      assertThat(hash.path("sequence").asInt()).isEqualTo(i);
      assertThat(raw.path("sequence").asInt()).isEqualTo(i);
      assertThat(raw.path("hash")).isEqualTo(hash.path("hash"));
      Block block =
          Block.decode(java.util.HexFormat.of().parseHex(raw.path("hex").asString()), true);
      assertThat(Reversed.text(block.hash())).isEqualTo(hash.path("hash").asString());
      heights.add(hash.path("height").asInt());
    }
    assertThat(heights).containsExactly(1, 2, 3, 2, 3, 2, 3, 4);
    assertThat(blocks.messages).isEmpty();
    node.close();
    assertThat(steps.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1001);
  }

  /** So many blocks on the chain's block of a height. */
  private List<Block> overtake(int height, int count) {
    Blocks maker = new Blocks(node.chain().consensus());
    List<Block> line = new ArrayList<>();
    BlockEntry at = Objects.requireNonNull(node.chain().at(height));
    for (int i = 0; i < count; i++) {
      Block block = maker.next(at);
      node.chain().accept(block);
      line.add(block);
      at = Objects.requireNonNull(node.chain().entry(block.hash()));
    }
    return line;
  }

  @Test
  void whoTalksIsDisconnected() throws Exception {
    Heard heard = new Heard();
    String basic =
        Base64.getEncoder().encodeToString("dealer:quote".getBytes(StandardCharsets.UTF_8));
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .header("Authorization", "Basic " + basic)
            .buildAsync(
                URI.create("ws://127.0.0.1:" + node.port() + "/notifications?topics=sequence"),
                heard)
            .join();
    var _ = socket.sendText("{\"method\":\"stop\"}", true);
    assertThat(heard.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1003);
  }
}
