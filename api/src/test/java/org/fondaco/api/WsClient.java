package org.fondaco.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client over a real WebSocket: says things and waits for what comes. */
public final class WsClient implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long SECONDS_MAX = 20;

  private final LinkedBlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final List<JsonNode> passedOver = new ArrayList<>();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket socket;
  private long lastId;

  private WsClient(URI base, String pathAndQuery) {
    URI uri = URI.create(base.toString().replaceFirst("http", "ws") + pathAndQuery);
    socket = http.newWebSocketBuilder().buildAsync(uri, new Listener()).join();
  }

  public static WsClient open(URI base, String pathAndQuery) {
    return new WsClient(base, pathAndQuery);
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        messages.add(JSON.readTree(text.toString()));
        text.setLength(0);
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(
        WebSocket webSocket, int statusCode, String reason) {
      closed.complete(statusCode + " " + reason);
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      closed.complete("error " + error);
    }
  }

  public void say(String text) {
    socket.sendText(text, true).join();
  }

  /** The next message that nobody waited for yet. */
  public JsonNode next() {
    return first(_ -> true);
  }

  /** The next event, wrapped or not; answers are left for who waits for them. */
  public JsonNode event() {
    return first(message -> !message.has("id"));
  }

  /** The first message that fits; the others stay. */
  public JsonNode first(Predicate<JsonNode> wanted) {
    for (JsonNode message : passedOver) {
      if (wanted.test(message)) {
        passedOver.remove(message);
        return message;
      }
    }
    while (true) {
      JsonNode message = poll();
      if (wanted.test(message)) {
        return message;
      }
      passedOver.add(message);
    }
  }

  private JsonNode poll() {
    try {
      JsonNode message = messages.poll(SECONDS_MAX, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("nothing came; passed over: " + passedOver);
      }
      return message;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Everything that has come by now and was not asked for. */
  public List<JsonNode> rest() {
    messages.drainTo(passedOver);
    List<JsonNode> rest = List.copyOf(passedOver);
    passedOver.clear();
    return rest;
  }

  public JsonNode call(String method) {
    return call(method, Map.of());
  }

  /** Sends a request and waits for its answer. */
  public JsonNode call(String method, Map<String, ?> parameters) {
    long id = ++lastId;
    say(request(id, method, parameters));
    return first(message -> message.path("id").asLong(-1) == id);
  }

  public static String request(Object id, String method, Map<String, ?> parameters) {
    Map<String, Object> request = new TreeMap<>();
    request.put("id", id);
    request.put("method", method);
    if (!parameters.isEmpty()) {
      request.put("params", parameters);
    }
    return JSON.writeValueAsString(request);
  }

  /** Close code and reason. */
  public String closed() {
    try {
      return closed.get(SECONDS_MAX, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("not closed", e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    http.shutdownNow();
  }
}
