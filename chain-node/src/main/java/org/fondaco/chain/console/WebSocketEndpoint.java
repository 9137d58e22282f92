package org.fondaco.chain.console;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Text messages over a WebSocket, which is opened again once it is lost. */
final class WebSocketEndpoint implements Endpoint {
  /** A message, or why there will be no more. */
  private record Received(String text, boolean last) {}

  private final URI address;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private @Nullable Connection connection;

  private WebSocketEndpoint(URI address) {
    this.address = address;
  }

  static WebSocketEndpoint connect(URI address) throws IOException, InterruptedException {
    WebSocketEndpoint endpoint = new WebSocketEndpoint(address);
    try {
      endpoint.open();
      return endpoint;
    } catch (IOException | InterruptedException e) {
      endpoint.close();
      throw e;
    }
  }

  private Connection open() throws IOException, InterruptedException {
    Connection open = connection;
    if (open != null) {
      return open;
    }
    Listener listener = new Listener();
    try {
      WebSocket socket = client.newWebSocketBuilder().buildAsync(address, listener).get();
      connection = new Connection(socket, listener.received);
      return connection;
    } catch (ExecutionException e) {
      throw new IOException("no WebSocket at " + address + ": " + reason(e), e);
    }
  }

  @Override
  public JsonNode exchange(JsonNode request) throws IOException, InterruptedException {
    Connection open = open();
    try {
      open.socket.sendText(request.toString(), true).get();
      JsonNode answer;
      do {
        Received received = open.received.take();
        if (received.last) {
          throw new IOException("the node closed the connection: " + received.text);
        }
        answer = JsonMapper.shared().readTree(received.text);
      } while (!Endpoint.answers(answer, request));
      return answer;
    } catch (ExecutionException e) {
      drop();
      throw new IOException("the connection is lost: " + reason(e), e);
    } catch (JacksonException e) {
      drop();
      throw new IOException("an answer that is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException | InterruptedException e) {
      drop();
      throw e;
    }
  }

  private static String reason(ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private void drop() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      open.socket.abort();
    }
  }

  @Override
  public void close() {
    drop();
    client.shutdownNow();
  }

  private record Connection(WebSocket socket, BlockingQueue<Received> received) {}

  private static final class Listener implements WebSocket.Listener {
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private StringBuilder message = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      if (message.length() + part.length() > ANSWER_BYTES_MAX) {
        received.add(new Received("a message is too long", true));
        socket.abort();
        return null;
      }
      message.append(part);
      if (last) {
        received.add(new Received(message.toString(), false));
        message = new StringBuilder();
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      received.add(new Received(code + " " + reason, true));
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      received.add(new Received(String.valueOf(error.getMessage()), true));
    }
  }
}
