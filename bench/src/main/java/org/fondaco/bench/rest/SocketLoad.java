package org.fondaco.bench.rest;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
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
 * As {@link Load} over WebSockets: each connection sends the next of the prepared frames when the
 * answer to its last has come. The connections are opened before the time is taken.
 */
final class SocketLoad {
  private static final int TEXT = 1;
  private static final int PING = 9;
  private static final int PONG = 10;

  private final List<byte[]> frames;
  private final Load.AnswerCheck check;
  private int next;
  private int answered;

  private SocketLoad(List<byte[]> frames, Load.AnswerCheck check) {
    this.frames = frames;
    this.check = check;
  }

  /** A client's text frame; masked with zero, which changes nothing. */
  static byte[] frame(int opcode, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
    frame.put((byte) (0x80 | opcode));
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    }
    frame.putInt(0).put(payload);
    byte[] bytes = new byte[frame.flip().remaining()];
    frame.get(bytes);
    return bytes;
  }

  static byte[] text(String message) {
    return frame(TEXT, message.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Sends all frames.
   *
   * @param check its status is always 200
   * @return nanoseconds from the first to the last answer
   */
  static long run(
      int port, String path, int connections, List<byte[]> frames, Load.AnswerCheck check)
      throws IOException {
    return new SocketLoad(frames, check).run(port, path, connections);
  }

  private long run(int port, String path, int count) throws IOException {
    List<Connection> connections = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < count; i++) {
        SocketChannel channel =
            SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Connection connection = new Connection(channel);
        connections.add(connection);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        connection.upgrade(port, path);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, connection);
      }
      long start = System.nanoTime();
      for (Connection connection : connections) {
        connection.send();
      }
      while (answered < frames.size()) {
        selector.select(key -> ((Connection) key.attachment()).readable(), 10_000);
      }
      return System.nanoTime() - start;
    } finally {
      for (Connection connection : connections) {
        connection.channel.close();
      }
    }
  }

  private final class Connection {
    final SocketChannel channel;
    private final byte[] bytes = new byte[64 * 1024];
    private final ByteBuffer input = ByteBuffer.wrap(bytes);
    private @Nullable ByteBuffer output;

    Connection(SocketChannel channel) {
      this.channel = channel;
    }

    void upgrade(int port, String path) throws IOException {
      String request =
          "GET "
              + path
              + " HTTP/1.1\r\nHost: 127.0.0.1:"
              + port
              + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
      String head = "";
      while (!head.endsWith("\r\n\r\n")) {
        input.clear().limit(1);
        if (channel.read(input) < 0) {
          throw new EOFException(head);
        }
        head += (char) bytes[0];
      }
      input.clear();
      if (!head.startsWith("HTTP/1.1 101 ")) {
        throw new IOException(head);
      }
    }

    void send() throws IOException {
      if (next < frames.size()) {
        write(frames.get(next++));
      }
    }

    private void write(byte[] frame) throws IOException {
      ByteBuffer whole = ByteBuffer.wrap(frame);
      output = whole;
      channel.write(whole);
    }

    void readable() {
      try {
        ByteBuffer rest = output;
        if (rest != null && rest.hasRemaining()) {
          channel.write(rest);
        }
        if (channel.read(input) < 0) {
          throw new EOFException("the server closed a connection");
        }
        int end = frameEnd();
        while (end > 0) {
          input.flip().position(end);
          input.compact();
          end = frameEnd();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Takes the first frame of the input, if it is all there; 0 = not yet. */
    private int frameEnd() throws IOException {
      int available = input.position();
      if (available < 2) {
        return 0;
      }
      int length = bytes[1] & 0x7f;
      int head = length == 126 ? 4 : 2;
      if (length == 127 || (bytes[0] & 0x80) == 0) {
        throw new IOException("a frame that this client does not read");
      }
      if (available < head) {
        return 0;
      }
      if (length == 126) {
        length = (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
      }
      if (available < head + length) {
        return 0;
      }
      taken(bytes[0] & 0xf, head, length);
      return head + length;
    }

    private void taken(int opcode, int offset, int length) throws IOException {
      switch (opcode) {
        case TEXT -> {
          check.answer(200, bytes, offset, length);
          answered++;
          send();
        }
        case PING -> {
          byte[] payload = new byte[length];
          System.arraycopy(bytes, offset, payload, 0, length);
          channel.write(ByteBuffer.wrap(frame(PONG, payload)));
        }
        default -> throw new IOException("frame of opcode " + opcode);
      }
    }
  }
}
