package org.fondaco.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** A server with a few methods, for the tests of its doors. */
abstract class DoorTest {
  static final RpcConfig.Limits LIMITS =
      new RpcConfig.Limits(64 << 10, 128 << 10, 1_000, 100_000, 1 << 20, 64, 2_000);

  @TempDir Path folder;
  final Methods methods = new Methods();
  final CountDownLatch ended = new CountDownLatch(1);
  final AtomicReference<RpcMethod.Caller> subscriber = new AtomicReference<>();
  final HttpClient client = HttpClient.newHttpClient();
  RpcServer server;

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

  static ObjectNode notification(String text) {
    return Json.MAPPER.createObjectNode().put("method", "eth_subscription").put("params", text);
  }

  HttpRequest.Builder request(String body) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort()))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  String post(String body) {
    HttpResponse<String> response = send(request(body));
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  static String call(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
  }

  static String error(String id, int code, String message) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"error\":{\"code\":"
        + code
        + ",\"message\":\""
        + message
        + "\"}}";
  }
}
