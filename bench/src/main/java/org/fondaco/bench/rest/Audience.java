package org.fondaco.bench.rest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;

/**
 * Many WebSocket clients on one thread. Each reads every message to its end and takes the time that
 * it carries, {@code "T":microseconds}; the clocks are one.
 */
public final class Audience implements AutoCloseable {
  private static final byte[] TIME = "\"T\":".getBytes(StandardCharsets.US_ASCII);
  private static final int BUFFER_BYTES = 64 << 10;
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  private final Selector selector = Selector.open();
  private final List<Client> clients = new ArrayList<>();
  private final Histogram delays = new Histogram(120_000_000L, 3);
  private long messages;
  private long bytes;
  private long firstNanos;
  private long lastNanos;

  /**
   * What came.
   *
   * @param messagesPerSecond of all clients together, from the first receipt to the last
   * @param delayMicrosP99 from the time in the message to its receipt
   * @param bytesPerMessage mean length of a payload
   */
  public record Heard(double messagesPerSecond, long delayMicrosP99, long bytesPerMessage) {}

  private static final class Client {
    final SocketChannel channel;
    final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES);
    int heard;

    Client(SocketChannel channel) {
      this.channel = channel;
    }
  }

  /** Opens so many clients, one after the other. */
  public Audience(int port, String target, int count) throws IOException {
    String request =
        "GET "
            + target
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    for (int i = 0; i < count; i++) {
      SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
      Client client = new Client(channel);
      upgraded(client);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, client);
      clients.add(client);
    }
  }

  private static void upgraded(Client client) throws IOException {
    String head = "";
    while (!head.contains("\r\n\r\n")) {
      if (client.channel.read(client.in) < 0) {
        throw new IOException("no upgrade: " + head);
      }
      head = new String(client.in.array(), 0, client.in.position(), StandardCharsets.ISO_8859_1);
    }
    if (!head.startsWith("HTTP/1.1 101")) {
      throw new IOException("no upgrade: " + head);
    }
    int end = head.indexOf("\r\n\r\n") + 4;
    client.in.flip().position(end);
    client.in.compact();
  }

  /**
   * Reads until every client has heard exactly so many messages.
   *
   * @param each how many, once that is known
   * @throws IllegalStateException when one heard more, or not enough in two minutes
   */
  public Heard hear(CompletableFuture<Integer> each) throws IOException {
    delays.reset();
    messages = 0;
    bytes = 0;
    firstNanos = 0;
    clients.forEach(client -> client.heard = 0);
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!each.isDone() || messages < (long) each.join() * clients.size()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("heard only " + messages + " messages of " + each);
      }
      selector.select(100);
      for (SelectionKey key : selector.selectedKeys()) {
        read((Client) key.attachment());
      }
      selector.selectedKeys().clear();
    }
    for (Client client : clients) {
      if (client.heard != each.join()) {
        throw new IllegalStateException("a client heard " + client.heard + " of " + each.join());
      }
    }
    return new Heard(
        messages * 1e9 / (lastNanos - firstNanos),
        delays.getValueAtPercentile(99),
        bytes / messages);
  }

  /** Sends a short text as the first client. */
  public void say(String text) throws IOException {
    byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
    send(clients.getFirst(), 0x81, payload);
  }

  private void read(Client client) throws IOException {
    if (client.channel.read(client.in) < 0) {
      throw new IllegalStateException("the server closed a client's connection");
    }
    lastNanos = System.nanoTime();
    if (firstNanos == 0) {
      firstNanos = lastNanos;
    }
    Instant clock = Instant.now();
    long now = clock.getEpochSecond() * 1_000_000 + clock.getNano() / 1_000;
    ByteBuffer in = client.in.flip();
    while (frame(client, in, now)) {
      // The next one.
    }
    in.compact();
  }

  /** Takes one whole frame; false when there is none. */
  private boolean frame(Client client, ByteBuffer in, long now) throws IOException {
    int at = in.position();
    if (in.remaining() < 4) {
      return false;
    }
    int opcode = in.get(at) & 0x0f;
    int length = in.get(at + 1) & 0x7f;
    int head = 2;
    if (length == 126) {
      length = in.getShort(at + 2) & 0xffff;
      head = 4;
    }
    if (in.remaining() < head + length) {
      return false;
    }
    if (opcode == 1) {
      client.heard++;
      messages++;
      bytes += length;
      delays.recordValue(Math.clamp(now - time(in.array(), at + head, length), 0, 120_000_000L));
    } else if (opcode == 9) {
      send(client, 0x8a, Arrays.copyOfRange(in.array(), at + head, at + head + length));
    }
    in.position(at + head + length);
    return true;
  }

  /** A mask of zeros leaves the payload as it is. */
  private static void send(Client client, int first, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(6 + payload.length);
    frame.put((byte) first).put((byte) (0x80 | payload.length)).putInt(0).put(payload).flip();
    client.channel.write(frame);
  }

  private static long time(byte[] text, int from, int length) {
    for (int i = from; i < from + length - TIME.length; i++) {
      if (Arrays.equals(text, i, i + TIME.length, TIME, 0, TIME.length)) {
        long value = 0;
        for (int digit = i + TIME.length; Character.isDigit(text[digit]); digit++) {
          value = value * 10 + text[digit] - '0';
        }
        return value;
      }
    }
    throw new IllegalStateException("a message without a time");
  }

  @Override
  public void close() throws IOException {
    for (Client client : clients) {
      client.channel.close();
    }
    selector.close();
  }
}
