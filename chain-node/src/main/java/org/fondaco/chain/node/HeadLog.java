package org.fondaco.chain.node;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.blockchain.Blockchain;

/** Logs where the chain is: at most a line a second, however fast blocks come. */
final class HeadLog implements Blockchain.ChainListener {
  private static final System.Logger LOG = System.getLogger("org.fondaco.chain.node");
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private long lastNanos = System.nanoTime() - PAUSE_NANOS;
  private long blocks;
  private long transactions;
  private long gas;

  /** Called by one thread at a time: the chain inserts in order. */
  @Override
  public void headChanged(List<Block> removed, List<Block> added) {
    for (Block block : added) {
      blocks++;
      transactions += block.transactions().size();
      gas += block.header().gasUsed();
    }
    if (!removed.isEmpty()) {
      LOG.log(
          Level.WARNING,
          "Chain reorg: dropped {0} blocks from {1}, added {2}",
          Integer.toString(removed.size()),
          Long.toString(removed.getLast().number()),
          Integer.toString(added.size()));
    }
    long now = System.nanoTime();
    if (now - lastNanos < PAUSE_NANOS || added.isEmpty()) {
      return;
    }
    Block head = added.getLast();
    LOG.log(
        Level.INFO,
        "New chain head number={0} hash={1} blocks={2} txs={3} gas={4}",
        Long.toString(head.number()),
        head.hash(),
        Long.toString(blocks),
        Long.toString(transactions),
        Long.toString(gas));
    lastNanos = now;
    blocks = 0;
    transactions = 0;
    gas = 0;
  }
}
