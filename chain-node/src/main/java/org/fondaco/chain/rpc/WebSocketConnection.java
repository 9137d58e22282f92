package org.fondaco.chain.rpc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/** One client's WebSocket: frames of Jetty's core on one side, a conversation on the other. */
final class WebSocketConnection implements FrameHandler, Outbox.Sink {
  /** More than this many calls at once are not read until one has ended. */
  private static final int CALLS_MAX = 64;

  /** RFC 6455's registry: the server is busy. */
  private static final int TRY_AGAIN_LATER = 1013;

  private static final long SILENCE_NANOS_MAX = TimeUnit.SECONDS.toNanos(75);

  private final Conversation conversation;
  private final Outbox outbox;
  private final LargeMessages large;
  private final int messageBytesMax;
  private final Consumer<WebSocketConnection> whenClosed;
  private final Object lock = new Object();
  private ByteArrayOutputStream message = new ByteArrayOutputStream();
  private LargeMessages.@Nullable Permit holding;
  private int calls;
  private boolean paused;
  private volatile long heardNanos = System.nanoTime();
  // Written by Jetty before the first frame comes.
  private volatile @Nullable CoreSession session;

  WebSocketConnection(
      Dispatcher dispatcher,
      CallThreads threads,
      RpcConfig.Limits limits,
      Consumer<WebSocketConnection> whenClosed) {
    outbox = new Outbox(this, limits.queuedBytesMax());
    conversation = new Conversation(dispatcher, threads, outbox);
    large = threads.large();
    messageBytesMax = limits.messageBytesMax();
    this.whenClosed = whenClosed;
  }

  @Override
  public void onOpen(CoreSession opened, Callback callback) {
    session = opened;
    callback.succeeded();
    Thread.ofVirtual().name("rpc-websocket").start(outbox::run);
    opened.demand();
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    heardNanos = System.nanoTime();
    boolean more = true;
    try {
      switch (frame.getOpCode()) {
        case OpCode.PING -> pong(frame);
        case OpCode.TEXT, OpCode.BINARY, OpCode.CONTINUATION -> more = part(frame);
        case OpCode.CLOSE -> more = false;
        default -> {} // a pong says only that somebody is there
      }
    } finally {
      callback.succeeded();
    }
    if (more) {
      demand();
    }
  }

  private void demand() {
    CoreSession current = session;
    if (current != null) {
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

  /** Takes a part of a message; false if no more may be read for now. */
  private boolean part(Frame frame) {
    ByteBuffer payload = frame.getPayload();
    byte[] bytes = new byte[payload.remaining()];
    payload.slice().get(bytes);
    if (message.size() + bytes.length > messageBytesMax) {
      close(CloseStatus.MESSAGE_TOO_LARGE, "message too large");
      return false;
    }
    if (message.size() + bytes.length > LargeMessages.LARGE_BYTES && holding == null) {
      holding = large.tryAcquire();
      if (holding == null) {
        close(TRY_AGAIN_LATER, "too many large messages");
        return false;
      }
    }
    message.writeBytes(bytes);
    if (!frame.isFin()) {
      return true;
    }
    byte[] complete = message.toByteArray();
    message = new ByteArrayOutputStream();
    boolean more;
    synchronized (lock) {
      calls++;
      paused = calls >= CALLS_MAX;
      more = !paused;
    }
    LargeMessages.Permit permit = holding;
    holding = null;
    Thread.ofVirtual().name("rpc-message").start(() -> hear(complete, permit));
    return more;
  }

  private void hear(byte[] complete, LargeMessages.@Nullable Permit permit) {
    conversation.heard(complete);
    if (permit != null) {
      permit.close();
    }
    boolean resume;
    synchronized (lock) {
      calls--;
      resume = paused;
      paused = false;
    }
    if (resume) {
      demand();
    }
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    callback.succeeded();
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    callback.succeeded();
    LargeMessages.Permit unfinished = holding;
    if (unfinished != null) {
      unfinished.close();
    }
    whenClosed.accept(this);
    conversation.ended();
  }

  /** Ends the connection because the server ends. */
  void close() {
    close(CloseStatus.SHUTDOWN, "server is shutting down");
  }

  private void close(int code, String reason) {
    CoreSession current = session;
    if (current != null) {
      current.close(code, reason, Callback.NOOP);
    }
  }

  @Override
  public void write(byte[] bytes) throws IOException, InterruptedException {
    CoreSession current = session;
    if (current == null) {
      return;
    }
    Callback.Completable written = new Callback.Completable();
    current.sendFrame(new Frame(OpCode.TEXT, true, ByteBuffer.wrap(bytes)), written, false);
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
      // Never on a notifier's thread: what follows tells subscriptions of the end.
      Thread.ofVirtual().start(current::abort);
    }
  }
}
