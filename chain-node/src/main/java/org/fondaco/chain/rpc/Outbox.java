package org.fondaco.chain.rpc;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent to one client. Answers wait for room, so that a client that asks much reads
 * what it asked for; a notification for which there is no room ends the connection, because the
 * chain does not wait for readers. Safe for any thread.
 */
public final class Outbox {
  private static final int ENTRY_BYTES = 64;
  private static final long ROOM_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Sink sink;
  private final int bytesMax;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
  private long queuedBytes;
  private boolean ending;
  private boolean ended;

  /** Where messages go; called by one thread, but for {@link #abort}. */
  public interface Sink {
    void write(byte[] message) throws IOException, InterruptedException;

    /** Called about every 30 seconds; throws if nobody seems to be there. */
    void ping() throws IOException;

    /** After the last message; must not fail. */
    void end();

    /** Ends the connection at once, also while {@link #write} is busy. */
    void abort();
  }

  /**
   * An empty one.
   *
   * @param bytesMax that wait; one message may be longer
   */
  public Outbox(Sink sink, int bytesMax) {
    this.sink = sink;
    this.bytesMax = bytesMax;
  }

  /** Queues an answer; waits at most ten seconds for room, then ends the connection. */
  void answer(byte[] message) {
    boolean tooSlow = false;
    lock.lock();
    try {
      long left = ROOM_NANOS;
      while (!ended && !hasRoom(message) && left > 0) {
        left = changed.awaitNanos(left);
      }
      tooSlow = !ended && !hasRoom(message);
      if (!tooSlow) {
        add(message);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    if (tooSlow) {
      abort();
    }
  }

  /** Queues a notification; ends the connection if there is no room. Never waits. */
  public void notification(byte[] message) {
    boolean tooSlow;
    lock.lock();
    try {
      tooSlow = !ended && !hasRoom(message);
      if (!tooSlow) {
        add(message);
      }
    } finally {
      lock.unlock();
    }
    if (tooSlow) {
      abort();
    }
  }

  private boolean hasRoom(byte[] message) {
    return queue.isEmpty() || queuedBytes + message.length + ENTRY_BYTES <= bytesMax;
  }

  private void add(byte[] message) {
    if (!ended && !ending) {
      queue.add(message);
      queuedBytes += message.length + ENTRY_BYTES;
      changed.signalAll();
    }
  }

  /** Ends the connection after what is queued. */
  public void end() {
    lock.lock();
    try {
      ending = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the connection now; what is queued is dropped. */
  public void abort() {
    lock.lock();
    try {
      if (ended) {
        return;
      }
      ended = true;
      queue.clear();
      queuedBytes = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    sink.abort();
  }

  /** Writes until the end. The connection's writer runs this. */
  public void run() {
    try {
      long pinged = System.nanoTime();
      while (true) {
        byte[] message = take(pinged + PING_NANOS - System.nanoTime());
        if (System.nanoTime() - pinged >= PING_NANOS) {
          sink.ping();
          pinged = System.nanoTime();
        }
        if (message != null) {
          sink.write(message);
        } else if (isOver()) {
          sink.end();
          return;
        }
      }
    } catch (IOException | RuntimeException e) {
      abort(); // the client is gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      abort();
    }
  }

  /** The next message; null after that time, or at the end. */
  private byte @Nullable [] take(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (queue.isEmpty() && !ending && !ended && left > 0) {
        left = changed.awaitNanos(left);
      }
      byte[] message = queue.poll();
      if (message != null) {
        queuedBytes -= message.length + ENTRY_BYTES;
        changed.signalAll();
      }
      return message;
    } finally {
      lock.unlock();
    }
  }

  private boolean isOver() {
    lock.lock();
    try {
      return ended || ending && queue.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
