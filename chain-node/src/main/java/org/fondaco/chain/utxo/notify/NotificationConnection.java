package org.fondaco.chain.utxo.notify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.fondaco.chain.rpc.Outbox;
import org.jspecify.annotations.Nullable;

/** One subscriber's WebSocket. Whatever it says is a mistake and ends it. */
final class NotificationConnection implements FrameHandler, Outbox.Sink {
  /** A subscriber that is behind by more is disconnected. */
  static final int QUEUED_BYTES_MAX = 32 << 20;

  private static final long SILENCE_NANOS_MAX = TimeUnit.SECONDS.toNanos(75);

  private final Notifications notifications;
  private final Set<Topic> topics;
  private final Consumer<NotificationConnection> whenClosed;
  private final Outbox outbox = new Outbox(this, QUEUED_BYTES_MAX);
  private final Consumer<byte[]> sink = outbox::notification;
  private volatile long heardNanos = System.nanoTime();
  // Written by Jetty before the first frame comes.
  private volatile @Nullable CoreSession session;

  NotificationConnection(
      Notifications notifications, Set<Topic> topics, Consumer<NotificationConnection> whenClosed) {
    this.notifications = notifications;
    this.topics = topics;
    this.whenClosed = whenClosed;
  }

  @Override
  public void onOpen(CoreSession opened, Callback callback) {
    session = opened;
    // Before it can be closed, which unsubscribes.
    notifications.subscribe(topics, sink);
    Thread.ofVirtual().name("utxo-notifications").start(outbox::run);
    callback.succeeded();
    opened.demand();
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    heardNanos = System.nanoTime();
    switch (frame.getOpCode()) {
      case OpCode.PING -> pong(frame);
      case OpCode.TEXT, OpCode.BINARY, OpCode.CONTINUATION ->
          close(CloseStatus.BAD_DATA, "this connection only tells");
      default -> {} // a pong says only that somebody is there
    }
    callback.succeeded();
    CoreSession current = session;
    if (current != null && frame.getOpCode() != OpCode.CLOSE) {
      current.demand();
    }
  }

  private void pong(Frame frame) {
    CoreSession current = session;
    if (current != null) {
      byte[] payload = new byte[frame.getPayloadLength()];
      frame.getPayload().slice().get(payload);
      current.sendFrame(new Frame(OpCode.PONG, ByteBuffer.wrap(payload)), Callback.NOOP, false);
    }
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    callback.succeeded();
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    callback.succeeded();
    notifications.unsubscribe(sink);
    whenClosed.accept(this);
    outbox.abort();
  }

  /** Ends the connection because the node ends. */
  void close() {
    close(CloseStatus.SHUTDOWN, "the node stops");
  }

  private void close(int code, String reason) {
    CoreSession current = session;
    if (current != null) {
      current.close(code, reason, Callback.NOOP);
    }
  }

  @Override
  public void write(byte[] message) throws IOException, InterruptedException {
    CoreSession current = session;
    if (current == null) {
      return;
    }
    Callback.Completable written = new Callback.Completable();
    current.sendFrame(new Frame(OpCode.TEXT, true, ByteBuffer.wrap(message)), written, false);
    try {
      written.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  @Override
  public void ping() throws IOException {
    if (System.nanoTime() - heardNanos > SILENCE_NANOS_MAX) {
      throw new IOException("no answer to pings");
    }
    CoreSession current = session;
    if (current != null) {
      current.sendFrame(new Frame(OpCode.PING), Callback.NOOP, false);
    }
  }

  @Override
  public void end() {
    close(CloseStatus.NORMAL, "");
  }

  @Override
  public void abort() {
    CoreSession current = session;
    if (current != null) {
      // Never on a notifier's thread: what follows takes the lock of all subscribers.
      Thread.ofVirtual().start(current::abort);
    }
  }
}
