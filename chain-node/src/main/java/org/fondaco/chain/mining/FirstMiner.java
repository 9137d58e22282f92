package org.fondaco.chain.mining;

import java.time.Duration;
import java.util.List;
import org.fondaco.chain.block.*;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.execution.*;
import org.fondaco.chain.pool.TransactionPool;
import org.fondaco.chain.trie.Trie;
import org.fondaco.chain.word.*;
import org.jspecify.annotations.Nullable;

/** Seals at once; until the miner proper lands. */
public final class FirstMiner implements Miner {
  private final Blockchain chain;
  private final TransactionPool pool;
  private volatile boolean mining;
  private volatile @Nullable Address coinbase;
  private final Thread thread;
  private final Object wake = new Object();

  public FirstMiner(Blockchain chain, TransactionPool pool) {
    this.chain = chain;
    this.pool = pool;
    thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                while (true) {
                  synchronized (wake) {
                    while (!mining || pool.status().pending() == 0) wake.wait(200);
                  }
                  var _ = sealNow();
                }
              } catch (InterruptedException e) {
                return;
              }
            });
    pool.listen(t -> {
      synchronized (wake) {
        wake.notifyAll();
      }
    });
  }

  @Override
  public void start(int threads) {
    mining = true;
  }

  @Override
  public void stop() {
    mining = false;
  }

  @Override
  public boolean isMining() {
    return mining;
  }

  @Override
  public @Nullable Address coinbase() {
    return coinbase;
  }

  @Override
  public void setCoinbase(Address c) {
    coinbase = c;
  }

  @Override
  public void setExtraData(byte[] extraData) {}

  @Override
  public void setGasCeiling(long gas) {}

  @Override
  public long hashRate() {
    return 0;
  }

  @Override
  public int datasetPercent() {
    return 100;
  }

  private BlockExecution build() {
    BlockHeader parent = chain.head();
    long time = Math.max(parent.timestamp(), System.currentTimeMillis() / 1000);
    BlockHeader header =
        new BlockHeader(
            parent.hash(),
            BlockHeader.NO_UNCLES,
            coinbase == null ? Address.ZERO : coinbase,
            parent.stateRoot(),
            Trie.EMPTY_ROOT,
            Trie.EMPTY_ROOT,
            new byte[256],
            chain.engine().difficulty(parent, false, time),
            parent.number() + 1,
            parent.gasLimit(),
            0,
            time,
            new byte[0],
            Hash.ZERO,
            0,
            BaseFee.next(parent),
            null,
            null,
            null,
            null);
    BlockExecution e = chain.begin(header);
    e.begin();
    for (TransactionPool.Executable t : pool.byPrice(header.baseFee())) {
      var _ = e.apply(t.transaction(), t.sender());
    }
    return e;
  }

  @Override
  public Pending pending() {
    BlockExecution e = build();
    Block b = e.finish(List.of(), null);
    return new Pending(b, e.receipts(), e.state());
  }

  @Override
  public synchronized Block sealNow() {
    BlockExecution e = build();
    Block b = e.finish(List.of(), null);
    var r = chain.insertSealed(b);
    if (!(r instanceof Blockchain.Insertion.Head)) throw new IllegalStateException(r.toString());
    return b;
  }

  @Override
  public boolean sleepBlocks(int blocks, Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    long want = chain.head().number() + blocks;
    while (chain.head().number() < want && System.nanoTime() < end) {
      synchronized (wake) {
        wake.wait(20);
      }
    }
    return chain.head().number() >= want;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
