package org.fondaco.bench.rest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;

/**
 * The peer of fan-out: Jetty's WebSocket core that sends the same buffer to every session, one
 * after the other. A client's text {@code COUNT GAP_NANOS} begins a broadcast of so many messages;
 * the argument is their length.
 */
public final class BareBroadcast implements FrameHandler {
  private final Set<CoreSession> sessions;
  private final int length;
  private @Nullable CoreSession session;

  private BareBroadcast(Set<CoreSession> sessions, int length) {
    this.sessions = sessions;
    this.length = length;
  }

  /** Starts it in a process of its own. */
  public static Peer start(int length) throws IOException {
    return Peer.start(BareBroadcast.class, length, List.of());
  }

  public static void main(String[] arguments) throws Exception {
    int length = Integer.parseInt(arguments[0]);
    Set<CoreSession> sessions = ConcurrentHashMap.newKeySet();
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    WebSocketUpgradeHandler upgrades = new WebSocketUpgradeHandler();
    upgrades.addMapping(
        "/",
        new WebSocketNegotiator.AbstractNegotiator() {
          @Override
          public FrameHandler negotiate(
              ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
            return new BareBroadcast(sessions, length);
          }
        });
    server.setHandler(upgrades);
    server.start();
    System.out.println("PORT " + connector.getLocalPort());
    server.join();
  }

  @Override
  public void onOpen(CoreSession opened, Callback callback) {
    session = opened;
    sessions.add(opened);
    callback.succeeded();
    opened.demand();
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    if (frame.getOpCode() == OpCode.TEXT) {
      String[] wanted = frame.getPayloadAsUTF8().split(" ", -1);
      int count = Integer.parseInt(wanted[0]);
      long gapNanos = Long.parseLong(wanted[1]);
      Thread.ofPlatform().start(() -> broadcast(count, gapNanos));
    }
    callback.succeeded();
    if (frame.getOpCode() != OpCode.CLOSE && session != null) {
      session.demand();
    }
  }

  private void broadcast(int count, long gapNanos) {
    Instant now = Instant.now();
    long beganMicros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    long next = System.nanoTime();
    for (int i = 0; i < count; i++) {
      for (long wait = next - System.nanoTime(); wait > 0; wait = next - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      next += gapNanos;
      // When the message was due: a broadcast that is behind its pace delays it.
      long micros = beganMicros + i * gapNanos / 1_000;
      String head = "{\"T\":" + micros + ",\"x\":\"";
      String text = head + "x".repeat(Math.max(0, length - head.length() - 2)) + "\"}";
      ByteBuffer message = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      for (CoreSession each : sessions) {
        each.sendFrame(new Frame(OpCode.TEXT, true, message.slice()), Callback.NOOP, false);
      }
    }
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    callback.succeeded();
  }

  @Override
  public void onClosed(CloseStatus closeStatus, Callback callback) {
    if (session != null) {
      sessions.remove(session);
    }
    callback.succeeded();
  }
}
