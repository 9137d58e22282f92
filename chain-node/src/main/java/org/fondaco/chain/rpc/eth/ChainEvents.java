package org.fondaco.chain.rpc.eth;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.pool.TransactionPool;
import org.fondaco.chain.transaction.Transaction;

/**
 * What happens to chain and pool, one event after another on a thread of its own: whoever imports a
 * block does not wait for whoever hears of it.
 */
final class ChainEvents implements AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("rpc-events").factory());
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  ChainEvents(Blockchain chain, TransactionPool pool) {
    chain.listen((removed, added) ->
        later(() -> listeners.forEach(each -> each.headChanged(removed, added))));
    pool.listen(transaction -> {
      if (listeners.stream().anyMatch(Listener::wantsTransactions)) {
        later(() -> listeners.forEach(each -> each.waiting(transaction)));
      }
    });
  }

  /** Hears of events, on the events' thread. */
  interface Listener {
    /** As {@link Blockchain.ChainListener#headChanged}. */
    void headChanged(List<Block> removed, List<Block> added);

    /** A transaction waits in the pool and can be mined. */
    void waiting(Transaction transaction);

    /** Whether anyone wants {@link #waiting}: a busy pool has many. */
    boolean wantsTransactions();
  }

  void listen(Listener listener) {
    listeners.add(listener);
  }

  private void later(Runnable event) {
    try {
      thread.execute(() -> {
        try {
          event.run();
        } catch (RuntimeException e) {
          System.getLogger(ChainEvents.class.getName())
              .log(Level.ERROR, "a listener of the chain failed", e);
        }
      });
    } catch (RejectedExecutionException e) {
      // The node stops.
    }
  }

  /** Waits until everything that has happened so far was heard. */
  void catchUp() {
    try {
      Object _ = thread.submit(() -> {}).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | RejectedExecutionException e) {
      // An empty task does not fail; a stopped node has no more events.
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
