package org.fondaco.api.socket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.fondaco.api.address.Addresses;
import org.fondaco.api.address.ClientAddress;
import org.jspecify.annotations.Nullable;

/** A Jetty with sockets that echo on /echo; its clock moves only when the test turns it. */
final class SocketServer implements AutoCloseable {
  final BlockingQueue<Echo> began = new LinkedBlockingQueue<>();
  final AtomicLong nanos = new AtomicLong(1);
  final Sockets sockets;
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  SocketServer(SocketLimits limits) throws Exception {
    SocketClock clock =
        new SocketClock() {
          @Override
          public long nanos() {
            return nanos.get();
          }

          @Override
          public long millis() {
            return nanos.get() / 1_000_000;
          }
        };
    sockets =
        new Sockets(
            limits,
            new ClientAddress(Addresses.NONE, ClientAddress.ProxyHeader.X_FORWARDED_FOR),
            List.of(
                new SocketRoute("/echo", true, true, this::begin),
                new SocketRoute("/free", false, false, this::begin)),
            clock);
    sockets.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(
              org.eclipse.jetty.server.Request request,
              org.eclipse.jetty.server.Response response,
              org.eclipse.jetty.util.Callback callback) {
            response.setStatus(204);
            callback.succeeded();
            return true;
          }
        });
    connector.setPort(0);
    server.addConnector(connector);
    server.setHandler(sockets);
    server.start();
  }

  private @Nullable Conversation begin(Peer peer, String path, String query) {
    Echo echo = new Echo(peer, path, query);
    if (path.endsWith("/nobody")) {
      return null;
    }
    if (path.endsWith("/greeting")) {
      echo.say("hello");
    }
    began.add(echo);
    return echo;
  }

  int port() {
    return connector.getLocalPort();
  }

  /** The conversation that began next. */
  Echo conversation() throws InterruptedException {
    Echo echo = began.poll(20, TimeUnit.SECONDS);
    if (echo == null) {
      throw new AssertionError("no conversation began");
    }
    return echo;
  }

  void pass(long seconds) {
    nanos.addAndGet(seconds * 1_000_000_000);
    sockets.tick();
  }

  @Override
  public void close() throws Exception {
    sockets.close();
    server.stop();
  }

  /** Says what it hears. */
  static final class Echo implements Conversation {
    final Peer peer;
    final String path;
    final String query;
    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    final BlockingQueue<Boolean> ended = new LinkedBlockingQueue<>();

    Echo(Peer peer, String path, String query) {
      this.peer = peer;
      this.path = path;
      this.query = query;
    }

    void say(String text) {
      peer.send(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void heard(String text) {
      heard.add(text);
      if (text.equals("fail")) {
        throw new IllegalStateException("as asked");
      }
      say(text);
    }

    @Override
    public void stopping() {
      say("bye");
    }

    @Override
    public void ended() {
      ended.add(true);
    }

    boolean hasEnded() throws InterruptedException {
      return ended.poll(20, TimeUnit.SECONDS) != null;
    }
  }
}
