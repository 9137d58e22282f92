package org.fondaco.custody.chain;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands before a real node and changes what it answers, so that custody's own RPC classes meet the
 * lie as bytes.
 */
public final class LyingNode implements AutoCloseable {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final int SERVER_ERROR = 500;

  /** What becomes of an answer. */
  @FunctionalInterface
  public interface Tale {
    /**
     * @param answer the whole body as the node gave it; may be changed in place
     * @return what is sent
     */
    String of(String method, Map<String, Object> answer) throws Away;
  }

  /** There is no answer at all. */
  public static final class Away extends Exception {
    private static final long serialVersionUID = 1;
  }

  private static final Tale HONEST = (method, answer) -> JSON.writeValueAsString(answer);

  private final NodeUnderTest node;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Tale tale = HONEST;

  public LyingNode(NodeUnderTest node) throws IOException {
    this.node = node;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** From now on. */
  public void tells(Tale lie) {
    tale = lie;
  }

  public void isHonest() {
    tale = HONEST;
  }

  /** As the node would have said it, with what the tale has changed. */
  public static String text(Map<String, Object> answer) {
    return JSON.writeValueAsString(answer);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
      String method = request.path("method").stringValue();
      byte[] body = tale.of(method, honest(request, method)).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (Away e) {
      exchange.sendResponseHeaders(SERVER_ERROR, -1);
    }
  }

  private Map<String, Object> honest(JsonNode request, String method) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("jsonrpc", "2.0");
    answer.put("id", request.path("id").longValue());
    Object[] params = JSON.treeToValue(request.path("params"), Object[].class);
    try {
      answer.put("result", JSON.treeToValue(node.call(method, params), Object.class));
    } catch (RpcError e) {
      answer.put(
          "error", new LinkedHashMap<>(Map.of("code", e.code(), "message", "as the node says")));
    }
    return answer;
  }

  private NodeAddress address() {
    return NodeAddress.of("http://127.0.0.1:" + server.getAddress().getPort(), null);
  }

  public CoreNode core() {
    return new CoreRpc(address());
  }

  public EvmNode evm() {
    return new EvmRpc(address());
  }

  @Override
  public void close() throws Exception {
    server.stop(0);
    threads.close();
    node.close();
  }
}
