package org.fondaco.api.socket;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.fondaco.api.socket.SocketCounters.Ending;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent on one WebSocket. Senders only queue; a {@link Writer} writes, a batch at a
 * time, and comes back when the network has taken it. Nothing here calls a conversation, so a
 * sender may hold locks of its own. Thread-safe.
 */
final class Outgoing {
  private static final int BATCH_MESSAGES = 256;
  private static final int BATCH_BYTES = 128 << 10;
  private static final int QUEUE_ENTRY_BYTES = 64;
  private static final long OPENING_NANOS = 10_000_000_000L;
  private static final long CLOSING_NANOS = 5_000_000_000L;
  private static final int REASON_LENGTH_MAX = 100;

  private final Sockets sockets;
  private final Writer writer;
  private final Runnable neverOpened;
  private final long began;

  // Guarded by the queue, as is everything below.
  private final ArrayDeque<ByteBuffer> queue = new ArrayDeque<>();
  private final Heartbeat heartbeat;
  private @Nullable CoreSession session;
  private @Nullable CloseStatus closing;
  private long queuedBytes;
  private long closingSince;
  private boolean writing;
  private boolean closeSent;
  private boolean gone;

  /**
   * @param neverOpened called when the connection is given up before it was open
   */
  Outgoing(Sockets sockets, Writer writer, Runnable neverOpened) {
    this.sockets = sockets;
    this.writer = writer;
    this.neverOpened = neverOpened;
    began = sockets.nanos();
    heartbeat = new Heartbeat(sockets.limits(), began);
  }

  void opened(CoreSession open) {
    boolean ready;
    synchronized (queue) {
      session = open;
      ready = !queue.isEmpty() || closing != null;
      writing = ready;
    }
    if (ready) {
      writer.ready(this);
    }
  }

  /** The connection is gone: nothing is sent any more. */
  void closed() {
    synchronized (queue) {
      gone = true;
      queue.clear();
    }
  }

  /** Whether it is being closed, so that what the client still says is of no interest. */
  boolean ending() {
    synchronized (queue) {
      return closing != null || gone;
    }
  }

  void pong(ByteBuffer payload) {
    synchronized (queue) {
      heartbeat.pong(payload);
    }
  }

  /** As {@link Peer#send}. */
  void send(ByteBuffer utf8) {
    int bytes = utf8.remaining() + QUEUE_ENTRY_BYTES;
    boolean slow;
    synchronized (queue) {
      if (gone || closing != null) {
        return;
      }
      slow = !queue.isEmpty() && queuedBytes + bytes > sockets.limits().queuedBytesMax();
      if (!slow) {
        queue.add(utf8);
        queuedBytes += bytes;
        if (writing || session == null) {
          return;
        }
        writing = true;
      }
    }
    if (slow) {
      disconnect(Ending.SLOW, CloseStatus.POLICY_VIOLATION, "Messages are not taken");
    } else {
      writer.ready(this);
    }
  }

  /** Closes after what is queued. */
  void close(Ending ending, int code, String reason) {
    synchronized (queue) {
      if (gone || closing != null) {
        return;
      }
      closing = new CloseStatus(code, shortened(reason));
      closingSince = sockets.nanos();
      if (!writing && session != null) {
        writing = true;
        writer.ready(this);
      }
    }
    sockets.counters().count(ending);
  }

  /** Closes at once; what is queued is dropped. */
  void disconnect(Ending ending, int code, String reason) {
    CoreSession open;
    CloseStatus status = new CloseStatus(code, shortened(reason));
    synchronized (queue) {
      if (gone || closeSent) {
        return;
      }
      queue.clear();
      queuedBytes = 0;
      closing = status;
      closingSince = sockets.nanos();
      open = session;
      closeSent = open != null;
    }
    sockets.counters().count(ending);
    if (open != null) {
      // On a thread of its own: the network's answer may come back into a conversation.
      sockets.later(() -> open.close(status, Callback.NOOP));
    }
  }

  /** Writes what is queued, at most a batch; by the writer only, once until its end. */
  void write() {
    List<ByteBuffer> batch = new ArrayList<>();
    CoreSession open;
    CloseStatus close = null;
    long bytes = 0;
    synchronized (queue) {
      open = session;
      ByteBuffer next = queue.peek();
      while (next != null && batch.size() < BATCH_MESSAGES && bytes < BATCH_BYTES) {
        batch.add(queue.remove());
        bytes += next.remaining() + QUEUE_ENTRY_BYTES;
        next = queue.peek();
      }
      if (batch.isEmpty() || gone || closeSent || open == null) {
        writing = false;
        if (closing == null || closeSent || open == null) {
          return;
        }
        closeSent = true;
        close = closing;
      }
    }
    if (close != null) {
      open.close(close, Callback.NOOP);
    } else {
      send(open, batch, bytes);
    }
  }

  private void send(CoreSession open, List<ByteBuffer> batch, long bytes) {
    int messages = batch.size();
    Callback written =
        Callback.from(
            () -> {
              sockets.counters().messagesOut.add(messages);
              sockets.counters().bytesOut.add(bytes - (long) messages * QUEUE_ENTRY_BYTES);
              written(bytes);
            },
            failure -> abort());
    if (messages == 1) {
      open.sendFrame(text(batch.getFirst()), written, false);
      return;
    }
    for (ByteBuffer text : batch) {
      open.sendFrame(text(text), Callback.NOOP, true);
    }
    open.flush(written);
  }

  private static Frame text(ByteBuffer utf8) {
    return new Frame(OpCode.TEXT, true, utf8.slice());
  }

  private void written(long bytes) {
    synchronized (queue) {
      queuedBytes = Math.max(0, queuedBytes - bytes);
      if (queue.isEmpty() && (closing == null || closeSent)) {
        writing = false;
        return;
      }
    }
    writer.ready(this);
  }

  void abort() {
    CoreSession open;
    synchronized (queue) {
      gone = true;
      queue.clear();
      open = session;
    }
    if (open != null) {
      sockets.later(open::abort);
    } else {
      neverOpened.run();
    }
  }

  /** Pings, and ends what must end. */
  void tick(long nowNanos) {
    ByteBuffer ping = null;
    CoreSession open;
    boolean abort;
    boolean silent = false;
    boolean expired = false;
    synchronized (queue) {
      open = session;
      abort =
          open == null
              ? nowNanos - began >= OPENING_NANOS
              : closing != null && nowNanos - closingSince >= CLOSING_NANOS;
      if (open != null && closing == null && !gone) {
        silent = heartbeat.silent(nowNanos);
        expired = nowNanos - began >= sockets.limits().lifetime().toNanos();
        ping = heartbeat.due(nowNanos, sockets.millis());
      }
    }
    if (abort) {
      abort();
    } else if (silent) {
      // Nobody is there to read why.
      sockets.counters().count(Ending.SILENT);
      abort();
    } else if (expired) {
      close(Ending.EXPIRED, CloseStatus.NORMAL, "24 hours are over");
    } else if (ping != null && open != null) {
      open.sendFrame(new Frame(OpCode.PING, ping), Callback.NOOP, false);
    }
  }

  /** A close frame's reason has at most 123 bytes. */
  private static String shortened(String reason) {
    return reason.length() <= REASON_LENGTH_MAX ? reason : reason.substring(0, REASON_LENGTH_MAX);
  }
}
