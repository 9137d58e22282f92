package org.fondaco.bench.rest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A closed loop of keep-alive connections on one thread: each sends the next of the prepared
 * requests when the answer to its last has come. It shares the cores with the server, so it does as
 * little as can be done.
 */
final class Load {

  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

  private final List<byte[]> requests;
  private final AnswerCheck check;
  private int next;
  private int answered;

  /** Looks at each answer's status and body. */
  interface AnswerCheck {
    void answer(int status, byte[] bytes, int offset, int length);
  }

  private Load(List<byte[]> requests, AnswerCheck check) {
    this.requests = requests;
    this.check = check;
  }

  /**
   * Sends all requests.
   *
   * @return nanoseconds from the first to the last answer
   * @throws IOException when the server closes a connection
   */
  static long run(int port, int connections, List<byte[]> requests, AnswerCheck check)
      throws IOException {
    return new Load(requests, check).run(port, connections);
  }

  private long run(int port, int count) throws IOException {
    List<SocketChannel> channels = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      List<Connection> connections = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        SocketChannel channel =
            SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channels.add(channel);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        Connection connection = new Connection(channel);
        channel.register(selector, SelectionKey.OP_READ, connection);
        connections.add(connection);
      }
      long start = System.nanoTime();
      for (Connection connection : connections) {
        connection.send();
      }
      while (answered < requests.size()) {
        selector.select(key -> ((Connection) key.attachment()).readable(key), 10_000);
      }
      return System.nanoTime() - start;
    } finally {
      for (SocketChannel channel : channels) {
        channel.close();
      }
    }
  }

  private final class Connection {
    private final SocketChannel channel;
    private final byte[] bytes = new byte[64 * 1024];
    private final ByteBuffer input = ByteBuffer.wrap(bytes);
    private @Nullable ByteBuffer output;

    Connection(SocketChannel channel) {
      this.channel = channel;
    }

    void send() throws IOException {
      if (next == requests.size()) {
        return;
      }
      ByteBuffer request = ByteBuffer.wrap(requests.get(next++));
      output = request;
      channel.write(request);
    }

    void readable(SelectionKey key) {
      try {
        ByteBuffer rest = output;
        if (rest != null && rest.hasRemaining()) {
          channel.write(rest);
        }
        if (channel.read(input) < 0) {
          throw new IOException("the server closed a connection");
        }
        int end = complete();
        if (end > 0) {
          input.clear();
          answered++;
          send();
        }
      } catch (IOException e) {
        key.cancel();
        throw new java.io.UncheckedIOException(e);
      }
    }

    /** The end of the answer in the input, 0 while some is missing. */
    private int complete() throws IOException {
      int available = input.position();
      int head = indexOf(HEAD_END, available);
      if (head < 0) {
        return 0;
      }
      int body = head + HEAD_END.length;
      int length = contentLength(head);
      if (available < body + length) {
        return 0;
      }
      int status = (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + bytes[11] - '0';
      check.answer(status, bytes, body, length);
      return body + length;
    }

    private int indexOf(byte[] what, int limit) {
      for (int i = 0; i + what.length <= limit; i++) {
        int k = 0;
        while (k < what.length && bytes[i + k] == what[k]) {
          k++;
        }
        if (k == what.length) {
          return i;
        }
      }
      return -1;
    }

    private int contentLength(int head) throws IOException {
      for (int i = 0; i < head; i++) {
        if (bytes[i] == '\n' && matches(i + 1, "content-length:")) {
          int value = 0;
          for (int k = i + 16; k < head && bytes[k] != '\r'; k++) {
            if (bytes[k] != ' ') {
              value = value * 10 + bytes[k] - '0';
            }
          }
          return value;
        }
      }
      throw new IOException(
          "no content length in " + new String(bytes, 0, head, StandardCharsets.ISO_8859_1));
    }

    private boolean matches(int from, String lowerCase) {
      for (int i = 0; i < lowerCase.length(); i++) {
        if (Character.toLowerCase((char) bytes[from + i]) != lowerCase.charAt(i)) {
          return false;
        }
      }
      return true;
    }
  }
}
