package org.fondaco.api.socket;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that hands connections' queues to the network. Whoever sends only queues; while this
 * thread is behind, queues grow and each of its writes takes more messages at once.
 */
final class Writer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

  private final ConcurrentLinkedQueue<Outgoing> ready = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean asleep;
  private volatile boolean closed;

  Writer(int number) {
    thread = Thread.ofPlatform().name("socket-writer-" + number).daemon().start(this::run);
  }

  /** The connection has something to write; comes again only after its write ended. */
  void ready(Outgoing connection) {
    ready.add(connection);
    if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    while (!closed) {
      Outgoing connection = ready.poll();
      if (connection != null) {
        write(connection);
      } else {
        asleep = true;
        if (ready.isEmpty() && !closed) {
          LockSupport.park(this);
        }
        asleep = false;
      }
    }
  }

  private static void write(Outgoing connection) {
    try {
      connection.write();
    } catch (RuntimeException e) {
      LOG.error("a WebSocket could not be written to", e);
      connection.abort();
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
