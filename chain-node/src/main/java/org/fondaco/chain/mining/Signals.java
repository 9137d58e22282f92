package org.fondaco.chain.mining;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** What the miner's threads wait for. Safe for any thread. */
final class Signals {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition raised = lock.newCondition();
  private volatile long works;
  private volatile long transactions;

  /** How often the work in hand has become the wrong one: another head, coinbase, on or off. */
  long works() {
    return works;
  }

  /** How often a transaction became executable. */
  long transactions() {
    return transactions;
  }

  /** The work in hand is the wrong one. */
  void newWork() {
    lock.lock();
    try {
      works++;
      raised.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void newTransaction() {
    lock.lock();
    try {
      transactions++;
      raised.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until something has been raised that makes {@code met} true; false when the time is over.
   */
  boolean await(BooleanSupplier met, long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    lock.lock();
    try {
      while (!met.getAsBoolean()) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        if (raised.await(left, TimeUnit.NANOSECONDS)) {
          continue;
        }
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The same without an end. */
  void await(BooleanSupplier met) throws InterruptedException {
    lock.lock();
    try {
      while (!met.getAsBoolean()) {
        raised.await();
      }
    } finally {
      lock.unlock();
    }
  }
}
