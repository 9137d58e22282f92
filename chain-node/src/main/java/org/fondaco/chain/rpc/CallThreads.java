package org.fondaco.chain.rpc;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads of the operating system for calls. Connections live on virtual threads, but a program in
 * the machine never yields: a few endless ones would hold every carrier, and with them every
 * connection, for as long as their time limit.
 */
final class CallThreads implements AutoCloseable {
  private static final int CALLS_MAX = 128;
  private static final long IDLE_SECONDS = 30;

  private final LargeMessages large = new LargeMessages();
  private final Semaphore free = new Semaphore(CALLS_MAX, true);
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          // One that has given its permit back may take a moment to be idle.
          2 * CALLS_MAX,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform().daemon().name("rpc-call-", 0).factory());

  LargeMessages large() {
    return large;
  }

  /** Runs a call and waits for it; at most 128 run, the others wait in their order. */
  <T> T run(Callable<T> call) throws InterruptedException, ExecutionException {
    free.acquire();
    try {
      return threads.submit(call).get();
    } finally {
      free.release();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
