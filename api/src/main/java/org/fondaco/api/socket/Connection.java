package org.fondaco.api.socket;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.fondaco.api.socket.SocketCounters.Ending;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket: frames of Jetty's core on one side, a conversation on the other. Senders only
 * queue; a {@link Writer} writes. Conversations are never called from inside a send, so that a
 * sender may hold locks of its own.
 */
final class Connection implements FrameHandler, Peer {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final Sockets sockets;
  private final Outgoing outgoing;
  private final String address;
  private final boolean countsMessages;
  private final Message message;
  private final Pace pace;

  private final ReentrantLock speaking = new ReentrantLock();
  private @Nullable Conversation conversation;
  private boolean ended;
  // Written by Jetty before the first frame comes.
  private volatile @Nullable CoreSession session;

  Connection(Sockets sockets, Writer writer, String address, boolean countsMessages) {
    this.sockets = sockets;
    this.outgoing = new Outgoing(sockets, writer, this::end);
    this.address = address;
    this.countsMessages = countsMessages;
    SocketLimits limits = sockets.limits();
    message = new Message(limits.messageBytesMax());
    pace = new Pace(limits.messagesPerSecond());
  }

  /** Begins what is said; false when nobody wants to say anything. */
  boolean begin(Conversations conversations, String path, String query) {
    speaking.lock();
    try {
      conversation = conversations.begin(this, path, query);
      return conversation != null;
    } finally {
      speaking.unlock();
    }
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public void send(ByteBuffer utf8) {
    outgoing.send(utf8);
  }

  @Override
  public void close(int code, String reason) {
    outgoing.close(Ending.CONVERSATION, code, reason);
  }

  /** Ends it without a word. */
  void abort() {
    outgoing.abort();
  }

  /** Does what is due; called about every second. */
  void tick(long nowNanos) {
    outgoing.tick(nowNanos);
  }

  /** Lets the conversation say its last words, then closes. */
  void stop() {
    speaking.lock();
    try {
      if (conversation != null && !ended) {
        conversation.stopping();
      }
    } catch (RuntimeException e) {
      LOG.error("a conversation failed at its end", e);
    } finally {
      speaking.unlock();
    }
    outgoing.close(Ending.STOPPED, CloseStatus.SHUTDOWN, "The venue stops");
  }

  @Override
  public void onOpen(CoreSession opened, Callback callback) {
    session = opened;
    callback.succeeded();
    outgoing.opened(opened);
    opened.demand();
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    boolean close = frame.getOpCode() == OpCode.CLOSE;
    try {
      if (!close) {
        received(frame);
      }
    } finally {
      callback.succeeded();
    }
    CoreSession open = session;
    if (!close && open != null) {
      open.demand();
    }
  }

  private void received(Frame frame) {
    if (outgoing.ending()) {
      return;
    }
    switch (frame.getOpCode()) {
      case OpCode.PING -> ping(frame);
      case OpCode.PONG -> {
        if (counted()) {
          outgoing.pong(frame.getPayload());
        }
      }
      case OpCode.TEXT, OpCode.CONTINUATION -> text(frame);
      default ->
          outgoing.disconnect(
              Ending.MALFORMED, CloseStatus.BAD_DATA, "Only text messages are understood");
    }
  }

  private void ping(Frame frame) {
    CoreSession open = session;
    if (counted() && open != null) {
      byte[] payload = new byte[frame.getPayloadLength()];
      frame.getPayload().slice().get(payload);
      open.sendFrame(new Frame(OpCode.PONG, ByteBuffer.wrap(payload)), Callback.NOOP, false);
    }
  }

  private void text(Frame frame) {
    if (!message.add(frame.getPayload().slice())) {
      outgoing.disconnect(
          Ending.TOO_LONG, CloseStatus.MESSAGE_TOO_LARGE, "The message is too long");
      return;
    }
    if (!frame.isFin()) {
      return;
    }
    try {
      String text = message.take();
      if (countsMessages ? counted() : countedOnly()) {
        heard(text);
      }
    } catch (CharacterCodingException e) {
      outgoing.disconnect(Ending.MALFORMED, CloseStatus.BAD_PAYLOAD, "The message is not UTF-8");
    }
  }

  private boolean countedOnly() {
    sockets.counters().messagesIn.increment();
    return true;
  }

  /** Counts a message against the limit; false when the connection is ended for it. */
  private boolean counted() {
    countedOnly();
    long now = sockets.nanos();
    if (pace.message(now)) {
      return true;
    }
    sockets.offended(address, now);
    outgoing.disconnect(Ending.FLOODING, CloseStatus.POLICY_VIOLATION, "Too many requests");
    return false;
  }

  private void heard(String text) {
    speaking.lock();
    try {
      if (conversation != null && !ended) {
        conversation.heard(text);
      }
    } catch (RuntimeException e) {
      LOG.error("a conversation failed", e);
      outgoing.disconnect(Ending.MALFORMED, CloseStatus.SERVER_ERROR, "Internal error");
    } finally {
      speaking.unlock();
    }
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    callback.succeeded();
  }

  @Override
  public void onClosed(CloseStatus closeStatus, Callback callback) {
    outgoing.closed();
    callback.succeeded();
    // Never on the thread of whoever was sending.
    sockets.later(this::end);
  }

  /** Tells the conversation, once, that nobody is there any more. */
  void end() {
    speaking.lock();
    try {
      if (ended) {
        return;
      }
      ended = true;
      sockets.ended(this);
      if (conversation != null) {
        conversation.ended();
      }
    } catch (RuntimeException e) {
      LOG.error("a conversation failed at its end", e);
    } finally {
      speaking.unlock();
    }
  }
}
