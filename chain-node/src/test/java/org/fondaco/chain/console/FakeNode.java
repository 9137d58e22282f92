package org.fondaco.chain.console;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import org.fondaco.chain.rpc.Methods;
import org.fondaco.chain.rpc.RpcConfig;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.rpc.RpcServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node of which only the answers are made up: its doors are the real ones. */
final class FakeNode implements AutoCloseable {
  private static final Set<String> NAMESPACES =
      Set.of("eth", "net", "web3", "personal", "admin", "miner", "txpool", "debug", "rpc");

  private final Methods methods = new Methods();
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final BlockingQueue<String> arrivals = new LinkedBlockingQueue<>();
  private final Path socket;
  private @Nullable RpcServer server;

  FakeNode(Path folder) {
    this.socket = folder.resolve(Endpoint.SOCKET);
  }

  /** Answers {@code method} with JSON; single quotes stand for double ones. */
  FakeNode answer(String method, String json) {
    return answer(method, params -> json);
  }

  /** Answers {@code method} with what {@code json} makes of the parameters' text. */
  FakeNode answer(String method, UnaryOperator<String> json) {
    methods.add(
        method,
        (parameters, caller) -> {
          List<JsonNode> given = new ArrayList<>();
          for (int i = 0; i < parameters.size(); i++) {
            JsonNode each = parameters.optional(i);
            given.add(each == null ? JsonMapper.shared().nullNode() : each);
          }
          calls.add(method + " " + JsonMapper.shared().writeValueAsString(given));
          arrivals.add(method);
          return read(json.apply(given.toString()));
        });
    return this;
  }

  FakeNode refuse(String method, int code, String message) {
    methods.add(
        method,
        (parameters, caller) -> {
          throw new RpcException(code, message);
        });
    return this;
  }

  static JsonNode read(String json) {
    return JsonMapper.shared().readTree(json.replace('\'', '"'));
  }

  FakeNode start() throws IOException {
    server = RpcServer.start(new RpcConfig(null, null, socket, RpcConfig.Limits.DEFAULT), methods);
    return this;
  }

  private RpcServer server() {
    return Objects.requireNonNull(server, "start first");
  }

  Path socket() {
    return socket;
  }

  /** Opens another door. */
  String http() throws IOException {
    server()
        .startHttp(new RpcConfig.Http("127.0.0.1", 0, NAMESPACES, Set.of("localhost"), Set.of()));
    return "http://127.0.0.1:" + server().httpPort();
  }

  /** Opens another door. */
  String webSocket() throws IOException {
    server().startWebSocket(new RpcConfig.WebSocket("127.0.0.1", 0, NAMESPACES, Set.of()));
    return "ws://127.0.0.1:" + server().webSocketPort();
  }

  /** The calls so far, each as {@code method [parameters]}. */
  List<String> calls() {
    return List.copyOf(calls);
  }

  /** Waits until {@code method} is called once more. */
  void await(String method) throws InterruptedException {
    while (!arrivals.take().equals(method)) {
      // Another method's call.
    }
  }

  @Override
  public void close() {
    server().close();
  }
}
