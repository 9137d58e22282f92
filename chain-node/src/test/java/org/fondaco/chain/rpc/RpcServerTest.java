package org.fondaco.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The three doors: what they serve, what they refuse, and that bad clients harm no other. */
class RpcServerTest {
  private static final RpcConfig.Limits LIMITS =
      new RpcConfig.Limits(64 << 10, 128 << 10, 1_000, 100_000, 1 << 20, 64, 2_000);

  @TempDir Path folder;
  private final Methods methods = new Methods();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<RpcMethod.Caller> subscriber = new AtomicReference<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private RpcServer server;

  @BeforeEach
  void start() throws IOException {
    NetworkMethods.register(methods, "Fondaco/test", 1024, () -> 0);
    methods.add("eth_echo", (parameters, caller) -> parameters.required(0));
    methods.add(
        "eth_crash",
        (parameters, caller) -> {
          throw new IllegalStateException("meant to");
        });
    methods.add(
        "eth_reverts",
        (parameters, caller) -> {
          throw new RpcException(RpcException.REVERTED, "execution reverted", "0x08c379a0");
        });
    methods.add("eth_large", (parameters, caller) -> StringNode.valueOf("x".repeat(40_000)));
    methods.add("personal_secret", (parameters, caller) -> StringNode.valueOf("secret"));
    methods.add(
        "eth_subscribe",
        (parameters, caller) -> {
          if (!caller.canNotify()) {
            throw new RpcException(RpcException.METHOD_NOT_FOUND, "notifications not supported");
          }
          // Told before it is answered; must be heard after.
          caller.notify(notification("early"));
          caller.onClose(ended::countDown);
          subscriber.set(caller);
          return StringNode.valueOf("0x1");
        });
    server =
        RpcServer.start(
            new RpcConfig(
                new RpcConfig.Http(
                    "127.0.0.1",
                    0,
                    RpcConfig.DEFAULT_NAMESPACES,
                    Set.of("localhost"),
                    Set.of("https://wallet.example")),
                RpcConfig.WebSocket.local(0),
                folder.resolve("fondaco.ipc"),
                LIMITS),
            methods);
  }

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  private static ObjectNode notification(String text) {
    return Json.MAPPER.createObjectNode().put("method", "eth_subscription").put("params", text);
  }

  private HttpRequest.Builder request(String body) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort()))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String post(String body) {
    HttpResponse<String> response = send(request(body));
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  private static String call(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
  }

  private static String error(String id, int code, String message) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"error\":{\"code\":"
        + code
        + ",\"message\":\""
        + message
        + "\"}}";
  }

  @Test
  void answersOverHttp() {
    assertThat(post(call("net_version", "[]")))
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"1024\"}");
    assertThat(post(call("web3_sha3", "[\"0x68656c6c6f20776f726c64\"]")))
        .contains("0x47173285a8d7341e5e972fc677286384f802f8ef42a5ec5f03bbfa254cb01fad");
    assertThat(post(call("net_peerCount", "[]"))).contains("\"0x0\"");
    assertThat(post(call("rpc_modules", "[]")))
        .contains("{\"eth\":\"1.0\",\"net\":\"1.0\",\"rpc\":\"1.0\",\"web3\":\"1.0\"}");
  }

  @Test
  void givesBackEveryIdAsItCame() {
    for (String id : new String[] {"7", "\"a\\\"b\"", "null", "1.50", "123456789012345678901"}) {
      assertThat(post("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"net_version\"}"))
          .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":\"1024\"}");
    }
  }

  @Test
  void errorsHaveTheCodesAndWordsOfGeth() {
    assertThat(post(call("eth_none", "[]")))
        .isEqualTo(error("1", -32601, "the method eth_none does not exist/is not available"));
    assertThat(post(call("personal_secret", "[]")))
        .contains("the method personal_secret does not exist/is not available");
    assertThat(post("{\"id\":1}")).isEqualTo(error("1", -32600, "invalid request"));
    assertThat(post("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"net_version\"}"))
        .isEqualTo(error("null", -32600, "invalid request"));
    assertThat(post("17")).isEqualTo(error("null", -32600, "invalid request"));
    assertThat(post("null")).isEqualTo(error("null", -32600, "invalid request"));
    assertThat(post("{\"jsonrpc\"")).isEqualTo(error("null", -32700, "parse error"));
    assertThat(post("")).isEqualTo(error("null", -32700, "parse error"));
    assertThat(post(call("eth_echo", "{\"a\":1}"))).isEqualTo(error("1", -32602, "non-array args"));
    assertThat(post(call("eth_echo", "[]")))
        .isEqualTo(error("1", -32602, "missing value for required argument 0"));
    assertThat(post(call("net_version", "[1]")))
        .isEqualTo(error("1", -32602, "too many arguments, want at most 0"));
    assertThat(post(call("eth_crash", "[]")))
        .isEqualTo(error("1", -32603, "method handler crashed"));
    assertThat(post(call("eth_reverts", "[]")))
        .endsWith("{\"code\":3,\"message\":\"execution reverted\",\"data\":\"0x08c379a0\"}}");
    assertThat(post(call("eth_subscribe", "[\"newHeads\"]")))
        .isEqualTo(error("1", -32601, "notifications not supported"));
  }

  @Test
  void batchesKeepOrderAndLeaveNotificationsUnanswered() {
    String batch =
        "["
            + call("eth_echo", "[1]")
            + ",{\"jsonrpc\":\"2.0\",\"method\":\"eth_echo\"},5,"
            + call("eth_echo", "[2]")
            + "]";
    assertThat(post(batch))
        .isEqualTo(
            "[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1},"
                + error("null", -32600, "invalid request")
                + ",{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":2}]");
    assertThat(post("[]")).isEqualTo(error("null", -32600, "empty batch"));
    assertThat(post("[{\"jsonrpc\":\"2.0\",\"method\":\"eth_echo\"}]")).isEmpty();
    assertThat(post("{\"jsonrpc\":\"2.0\",\"method\":\"eth_echo\"}")).isEmpty();
  }

  @Test
  void batchesAreBounded() {
    String ten = "5,".repeat(9_999) + "5";
    assertThat(post("[" + ten + "]"))
        .isEqualTo("[" + error("null", -32600, "batch too large") + "]");
    JsonNode answers =
        Json.MAPPER.readTree(post("[" + (call("eth_large", "[]") + ",").repeat(4) + "1]"));
    assertThat(answers).hasSize(4);
    assertThat(answers.path(2).has("result")).isTrue();
    assertThat(answers.path(3).path("error").path("code").intValue()).isEqualTo(-32003);
    assertThat(answers.path(3).path("error").path("message").stringValue())
        .isEqualTo("response too large");
  }

  @Test
  void refusesWhatIsNoPostOfJson() {
    assertThat(send(request("{}").setHeader("Content-Type", "text/plain")).statusCode())
        .isEqualTo(415);
    assertThat(send(request("{}").method("PUT", BodyPublishers.ofString("{}"))).statusCode())
        .isEqualTo(405);
    assertThat(send(request("").GET()).statusCode()).isEqualTo(200);
    HttpResponse<String> large = send(request(" ".repeat(70_000)));
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(large.body()).contains("content length too large (70000>65536)");
    assertThat(
            send(request("{}").setHeader("Content-Type", "application/json; charset=utf-8"))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aBodyWithoutLengthIsBoundedToo() {
    byte[] body = " ".repeat(200_000).getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder chunked =
        request("")
            .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)));
    assertThat(send(chunked).statusCode()).isEqualTo(413);
  }

  @Test
  void knowsItsHostsAndPages() throws IOException {
    assertThat(raw("POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\n\r\n"))
        .contains(" 403 ");
    assertThat(raw("POST / HTTP/1.1\r\nHost: localhost:8545\r\nContent-Length: 0\r\n\r\n"))
        .contains(" 415 ");
    assertThat(raw("POST / HTTP/1.1\r\nHost: [::1]:8545\r\nContent-Length: 0\r\n\r\n"))
        .contains(" 415 ");
    HttpResponse<String> mine =
        send(request(call("net_version", "[]")).header("Origin", "https://wallet.example"));
    assertThat(mine.headers().firstValue("Access-Control-Allow-Origin"))
        .hasValue("https://wallet.example");
    HttpResponse<String> other =
        send(request(call("net_version", "[]")).header("Origin", "https://evil.example"));
    assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    HttpResponse<String> preflight =
        send(
            request("")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "https://wallet.example")
                .header("Access-Control-Request-Headers", "content-type"));
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
        .hasValue("content-type");
  }

  private String raw(String text) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.httpPort())) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(new java.io.InputStreamReader(socket.getInputStream(), "UTF-8"))
          .readLine();
    }
  }

  @Test
  void depthAndLengthBombsAreParseErrors() {
    String parseError = error("null", -32700, "parse error");
    assertThat(post("[".repeat(60_000))).isEqualTo(parseError);
    assertThat(post("{\"a\":".repeat(9_000))).isEqualTo(parseError);
    assertThat(post("[".repeat(5_000) + "]".repeat(5_000))).isEqualTo(parseError);
    assertThat(post("9".repeat(60_000))).isEqualTo(parseError);
    assertThat(post("{\"id\":1e" + "9".repeat(500) + "}")).isEqualTo(parseError);
  }

  @Test
  void anyBytesAreAnsweredAndHarmNothing() {
    long seed = 4;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    String valid = "[" + call("eth_echo", "[{\"a\":[1,2,\"x\"]}]") + "," + call("x_y", "[]") + "]";
    for (int i = 0; i < 400; i++) {
      byte[] bytes = valid.getBytes(StandardCharsets.UTF_8);
      for (int n = random.nextInt(1, 6); n > 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      HttpResponse<String> response = send(request("").POST(BodyPublishers.ofByteArray(bytes)));
      assertThat(response.statusCode()).isEqualTo(200);
      if (!response.body().isEmpty()) {
        assertThat(Json.MAPPER.readTree(response.body()).isContainer()).isTrue();
      }
    }
    assertThat(post(call("net_version", "[]"))).contains("1024");
  }

  @Test
  void halfOpenConnectionsHoldNobodyUp() throws IOException {
    Socket[] sockets = new Socket[32];
    try {
      for (int i = 0; i < sockets.length; i++) {
        sockets[i] = new Socket("127.0.0.1", server.httpPort());
        OutputStream out = sockets[i].getOutputStream();
        out.write(
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
      }
      assertThat(post(call("net_version", "[]"))).contains("1024");
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  /** A WebSocket that keeps what it hears. */
  private static final class Heard implements WebSocket.Listener {
    final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        messages.add(text.toString());
        text.setLength(0);
      }
      webSocket.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
      closed.complete(status);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      closed.complete(-1);
    }

    String next() throws InterruptedException {
      String message = messages.poll(10, TimeUnit.SECONDS);
      assertThat(message).isNotNull();
      return message;
    }
  }

  private WebSocket connect(Heard heard, String origin) {
    WebSocket.Builder builder = client.newWebSocketBuilder();
    if (!origin.isEmpty()) {
      builder.header("Origin", origin);
    }
    return builder.buildAsync(URI.create("ws://127.0.0.1:" + server.webSocketPort()), heard).join();
  }

  @Test
  void answersAndNotifiesOverWebSocket() throws Exception {
    Heard heard = new Heard();
    WebSocket socket = connect(heard, "");
    socket.sendText(call("net_version", "[]"), true).join();
    assertThat(heard.next()).contains("\"1024\"");
    socket.sendText(call("eth_subscribe", "[\"newHeads\"]"), true).join();
    assertThat(heard.next()).contains("\"result\":\"0x1\"");
    assertThat(heard.next()).contains("early");
    subscriber.get().notify(notification("later"));
    assertThat(heard.next()).contains("later");
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aWebSocketThatTalksNonsenseIsToldSoAndClosed() throws Exception {
    Heard heard = new Heard();
    connect(heard, "").sendText("{{{", true).join();
    assertThat(heard.next()).isEqualTo(error("null", -32700, "parse error"));
    assertThat(heard.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1000);
    Heard second = new Heard();
    connect(second, "").sendText(" ".repeat(200_000), true);
    assertThat(second.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1009);
  }

  @Test
  void pagesOfOthersMayNotConnect() {
    connect(new Heard(), "http://localhost:3000").abort();
    assertThatThrownBy(() -> connect(new Heard(), "https://evil.example"))
        .isInstanceOf(CompletionException.class);
  }

  @Test
  void whoDoesNotReadNotificationsIsDisconnected() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.webSocketPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] text = call("eth_subscribe", "[]").getBytes(StandardCharsets.UTF_8);
      byte[] frame = new byte[text.length + 6];
      frame[0] = (byte) 0x81;
      frame[1] = (byte) (0x80 | text.length); // a mask of zeros
      System.arraycopy(text, 0, frame, 6, text.length);
      socket.getOutputStream().write(frame);
      InputStream in = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("0x1") < 0) {
        head.append((char) in.read());
      }
      // More than queue and kernel hold: the notifier never waits, the client loses its connection.
      ObjectNode large = notification("x".repeat(200_000));
      for (int i = 0; i < 200 && ended.getCount() > 0; i++) {
        subscriber.get().notify(large);
      }
      assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void servesEverythingOnTheLocalSocket() throws IOException {
    Path path = folder.resolve("fondaco.ipc");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(path));
      BufferedReader in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
      OutputStream out = Channels.newOutputStream(channel);
      // One value right after another, then one in pieces.
      String first = call("personal_secret", "[]");
      out.write((first + first).getBytes(StandardCharsets.UTF_8));
      assertThat(in.readLine()).contains("secret");
      assertThat(in.readLine()).contains("secret");
      byte[] pieces = ("[" + call("rpc_modules", "[]") + "]\n").getBytes(StandardCharsets.UTF_8);
      out.write(pieces, 0, 10);
      out.flush();
      out.write(pieces, 10, pieces.length - 10);
      assertThat(in.readLine()).contains("\"personal\":\"1.0\"");
      out.write("}".getBytes(StandardCharsets.UTF_8));
      assertThat(in.readLine()).isEqualTo(error("null", -32700, "parse error"));
      assertThat(in.readLine()).isNull();
    }
  }

  @Test
  void onePortServesBothHttpAndWebSocket() throws Exception {
    int port = server.httpPort();
    server.stopHttp();
    RpcConfig both =
        new RpcConfig(RpcConfig.Http.local(port), RpcConfig.WebSocket.local(port), null, LIMITS);
    try (RpcServer second = RpcServer.start(both, methods)) {
      assertThat(second.httpPort()).isEqualTo(port).isEqualTo(second.webSocketPort());
      URI address = URI.create("http://127.0.0.1:" + port);
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(call("net_version", "[]")))
              .build();
      assertThat(client.send(request, BodyHandlers.ofString()).body()).contains("1024");
      Heard heard = new Heard();
      client
          .newWebSocketBuilder()
          .buildAsync(URI.create("ws://127.0.0.1:" + port), heard)
          .join()
          .sendText(call("net_version", "[]"), true)
          .join();
      assertThat(heard.next()).contains("1024");
    }
  }

  @Test
  void largeMessagesAreTakenAFewAtATime() throws Exception {
    RpcConfig.Limits large =
        new RpcConfig.Limits(5 << 20, 4 << 20, 1_000, 100_000, 8 << 20, 64, 10_000);
    RpcConfig config =
        new RpcConfig(RpcConfig.Http.local(0), RpcConfig.WebSocket.local(0), null, large);
    try (RpcServer second = RpcServer.start(config, methods)) {
      String text = call("eth_echo", "[\"" + "y".repeat(1 << 20) + "\"]");
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + second.httpPort()))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(text))
              .build();
      var answers =
          java.util.stream.IntStream.range(0, 20)
              .mapToObj(i -> client.sendAsync(request, BodyHandlers.ofString()))
              .toList();
      for (var answer : answers) {
        assertThat(answer.join().body()).hasSizeGreaterThan(1 << 20);
      }
      Heard heard = new Heard();
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .buildAsync(URI.create("ws://127.0.0.1:" + second.webSocketPort()), heard)
              .join();
      for (int i = 0; i < 3; i++) {
        socket.sendText(text, true).join();
        assertThat(heard.next()).hasSizeGreaterThan(1 << 20);
      }
    }
  }

  @Test
  void doorsOpenAndShutOneByOne() throws IOException {
    assertThat(server.stopHttp()).isTrue();
    assertThat(server.stopHttp()).isFalse();
    assertThat(server.httpPort()).isEqualTo(-1);
    server.startHttp(RpcConfig.Http.local(0));
    assertThat(post(call("net_version", "[]"))).contains("1024");
    assertThatThrownBy(() -> server.startHttp(RpcConfig.Http.local(0)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("already running");
    server.close();
    assertThat(folder.resolve("fondaco.ipc")).doesNotExist();
  }

  @Test
  void aTakenPortAndALongPathAreSaidClearly() {
    RpcConfig.Http taken = RpcConfig.Http.local(server.httpPort());
    assertThatThrownBy(() -> RpcServer.start(new RpcConfig(taken, null, null, LIMITS), methods))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen on 127.0.0.1:" + server.httpPort());
    Path path = folder.resolve("x".repeat(120));
    assertThatThrownBy(() -> RpcServer.start(new RpcConfig(null, null, path, LIMITS), methods))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than 107");
  }
}
