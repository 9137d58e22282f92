package org.fondaco.chain.rpc;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/**
 * JSON-RPC over a Unix-domain socket that only the node's user may open: one JSON value after
 * another, each way; answers end in a line feed.
 */
final class SocketDoor implements AutoCloseable {
  /** What {@code sun_path} holds on Linux, less the zero at its end. */
  private static final int PATH_BYTES_MAX = 107;

  private static final int CALLS_MAX = 64;

  /** What follows a value is the next one. */
  private static final ObjectReader ONE_VALUE =
      Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Path path;
  private final RpcConfig.Limits limits;
  private final Dispatcher dispatcher;
  private final CallThreads threads;
  private final ServerSocketChannel server;
  private final Set<Client> clients = ConcurrentHashMap.newKeySet();

  /**
   * @throws IOException if the path is too long or cannot be bound; a socket that an earlier
   *     process left is replaced
   */
  SocketDoor(Path path, RpcConfig.Limits limits, Methods methods, CallThreads threads)
      throws IOException {
    int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > PATH_BYTES_MAX) {
      throw new IOException(
          "the path of the local socket has "
              + length
              + " bytes, more than "
              + PATH_BYTES_MAX
              + ": "
              + path);
    }
    this.path = path;
    this.limits = limits;
    this.threads = threads;
    dispatcher = new Dispatcher(methods, null, limits);
    Files.deleteIfExists(path);
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      server.close();
      throw e;
    }
    Thread.ofVirtual().name("rpc-socket").start(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel channel = server.accept();
        if (clients.size() >= limits.connectionsMax()) {
          channel.close();
        } else {
          new Client(channel).start();
        }
      }
    } catch (IOException e) {
      // The server is closed.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    clients.forEach(Client::abort);
    Files.deleteIfExists(path);
  }

  /** One connection. */
  private final class Client implements Outbox.Sink {
    private final SocketChannel channel;
    private final Outbox outbox = new Outbox(this, limits.queuedBytesMax());
    private final Conversation conversation = new Conversation(dispatcher, threads, outbox);
    private final Semaphore free = new Semaphore(CALLS_MAX);

    Client(SocketChannel channel) {
      this.channel = channel;
    }

    void start() {
      clients.add(this);
      Thread.ofVirtual().name("rpc-socket-writer").start(outbox::run);
      Thread.ofVirtual().name("rpc-socket-reader").start(this::read);
    }

    private void read() {
      Bounded in = new Bounded(Channels.newInputStream(channel), limits.messageBytesMax());
      try (JsonParser parser = Json.MAPPER.createParser(in)) {
        while (parser.nextToken() != null) {
          JsonNode message = ONE_VALUE.readTree(parser);
          in.begin();
          free.acquire();
          Thread.ofVirtual()
              .name("rpc-message")
              .start(() -> {
                conversation.heard(message);
                free.release();
              });
        }
        // The client has said all; it still wants its answers.
        free.acquire(CALLS_MAX);
        outbox.end();
      } catch (JacksonException e) {
        if (e.getCause() instanceof IOException) {
          outbox.abort();
        } else {
          conversation.unreadable();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        outbox.abort();
      }
    }

    @Override
    public void write(byte[] message) throws IOException {
      ByteBuffer[] line = {ByteBuffer.wrap(message), ByteBuffer.wrap(new byte[] {'\n'})};
      while (line[1].hasRemaining()) {
        channel.write(line);
      }
    }

    @Override
    public void ping() {
      // The kernel tells when the other process is gone.
    }

    @Override
    public void end() {
      abort();
    }

    @Override
    public void abort() {
      clients.remove(this);
      try {
        channel.close();
      } catch (IOException e) {
        // It is closed then.
      }
      Thread.ofVirtual().start(conversation::ended);
    }
  }

  /** Fails when a message is too long; up to a buffer of the parser's, which reads ahead. */
  private static final class Bounded extends FilterInputStream {
    private final int messageBytesMax;
    private long bytes;

    Bounded(InputStream in, int messageBytesMax) {
      super(in);
      this.messageBytesMax = messageBytesMax;
    }

    void begin() {
      bytes = 0;
    }

    /** The channel is the writer's to close, after the last answer. */
    @Override
    public void close() {}

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      bytes += Math.max(0, count);
      if (bytes > messageBytesMax) {
        throw new IOException("message too large");
      }
      return count;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }
  }
}
