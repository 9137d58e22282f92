package org.fondaco.chain.console;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/**
 * A node's door. One thread uses it; an interrupt ends a wait, and the next request works again.
 */
sealed interface Endpoint extends AutoCloseable
    permits SocketEndpoint, HttpEndpoint, WebSocketEndpoint {
  /** The socket's name within a data folder. */
  String SOCKET = "fondaco.ipc";

  /** An answer is at most this long; a trace can be large, a foreign server endless. */
  int ANSWER_BYTES_MAX = 512 << 20;

  /**
   * Sends a request or a batch and waits for its answer, however long the node takes.
   *
   * @throws IOException if the node cannot be reached or answers no JSON
   */
  JsonNode exchange(JsonNode request) throws IOException, InterruptedException;

  @Override
  void close();

  /**
   * Opens {@code http(s)://…}, {@code ws(s)://…}, a socket's path, or the socket in a data folder.
   *
   * @throws IOException if nobody listens there
   */
  static Endpoint open(String where) throws IOException, InterruptedException {
    if (where.startsWith("http://") || where.startsWith("https://")) {
      return new HttpEndpoint(address(where));
    }
    if (where.startsWith("ws://") || where.startsWith("wss://")) {
      return WebSocketEndpoint.connect(address(where));
    }
    if (where.matches("[a-z]+://.*")) {
      throw new IOException(where + " is neither http://, ws:// nor a socket's path");
    }
    Path path = Path.of(where.startsWith("ipc:") ? where.substring(4) : where);
    return SocketEndpoint.connect(Files.isDirectory(path) ? path.resolve(SOCKET) : path);
  }

  private static URI address(String where) throws IOException {
    try {
      URI address = URI.create(where);
      if (address.getHost() != null) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(where + " is no address: " + e.getMessage(), e);
    }
    throw new IOException(where + " has no host");
  }

  /** Whether {@code answer} belongs to {@code request}; notifications and old answers do not. */
  static boolean answers(JsonNode answer, JsonNode request) {
    if (request.isArray()) {
      return answer.isArray() || answer.path("id").isNull();
    }
    JsonNode id = answer.path("id");
    // A server that could not read the request answers with a null id.
    // As text: a long that was sent comes back as an int, which is another node to equals.
    return id.toString().equals(request.path("id").toString())
        || (id.isNull() && answer.has("error"));
  }
}
