package org.fondaco.chain.console;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON values over a Unix-domain socket. */
final class SocketEndpoint implements Endpoint {
  private static final int BUFFER_BYTES = 64 * 1024;

  /** The kernel's limit, sockaddr_un's 108 with its final zero. */
  private static final int PATH_BYTES_MAX = 107;

  private final Path path;
  private final ByteBuffer received = ByteBuffer.allocate(BUFFER_BYTES).flip();
  private @Nullable SocketChannel channel;
  private JsonFrames frames = new JsonFrames(ANSWER_BYTES_MAX);

  private SocketEndpoint(Path path) {
    this.path = path;
  }

  static SocketEndpoint connect(Path path) throws IOException {
    if (path.toString().getBytes(StandardCharsets.UTF_8).length > PATH_BYTES_MAX) {
      throw new IOException(
          path + " is longer than a socket's path can be (" + PATH_BYTES_MAX + " bytes)");
    }
    SocketEndpoint endpoint = new SocketEndpoint(path);
    endpoint.open();
    return endpoint;
  }

  private SocketChannel open() throws IOException {
    SocketChannel open = channel;
    if (open != null && open.isOpen()) {
      return open;
    }
    SocketChannel fresh = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      fresh.connect(UnixDomainSocketAddress.of(path));
    } catch (IOException e) {
      fresh.close();
      throw new IOException(
          Files.exists(path)
              ? "nobody listens on " + path + ": " + e.getMessage()
              : "there is no socket " + path + "; is the node running on that data folder?",
          e);
    }
    received.clear().flip();
    frames = new JsonFrames(ANSWER_BYTES_MAX);
    channel = fresh;
    return fresh;
  }

  @Override
  public JsonNode exchange(JsonNode request) throws IOException, InterruptedException {
    try {
      SocketChannel open = open();
      ByteBuffer bytes = ByteBuffer.wrap((request + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        open.write(bytes);
      }
      JsonNode answer;
      do {
        answer = JsonMapper.shared().readTree(read(open));
      } while (!Endpoint.answers(answer, request));
      return answer;
    } catch (ClosedByInterruptException e) {
      // The channel is closed; the next request opens another.
      throw (InterruptedException) new InterruptedException().initCause(e);
    } catch (IOException e) {
      close();
      throw e;
    } catch (JacksonException e) {
      close();
      throw new IOException("an answer that is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private String read(SocketChannel open) throws IOException {
    while (true) {
      String text = frames.next(received);
      if (!text.isEmpty()) {
        return text;
      }
      received.clear();
      int count = open.read(received);
      received.flip();
      if (count < 0) {
        throw new IOException("the node closed the connection");
      }
    }
  }

  @Override
  public void close() {
    SocketChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // It is gone either way.
      }
    }
  }
}
