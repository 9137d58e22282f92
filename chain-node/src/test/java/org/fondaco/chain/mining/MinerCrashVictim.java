package org.fondaco.chain.mining;

import java.io.IOException;
import java.nio.file.Path;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.blockchain.Chains;
import org.fondaco.chain.pool.PoolSettings;
import org.fondaco.chain.pool.TransactionPool;
import org.fondaco.chain.seal.InstantSeal;
import org.fondaco.chain.store.RocksStore;
import org.fondaco.chain.transaction.Transaction;

/** A process that takes its user's transactions and mines until {@link MinerCrashTest} kills it. */
final class MinerCrashVictim {
  private MinerCrashVictim() {}

  static Blockchain chain(Path folder) {
    RocksStore store = RocksStore.open(folder.resolve("chaindata"));
    Chains.init(store, Rig.genesis(Rig.LONDON, 30_000_000));
    return Chains.open(store, new InstantSeal());
  }

  static TransactionPool pool(Path folder, Blockchain chain) throws IOException {
    return TransactionPool.open(
        chain, PoolSettings.standard().withJournal(folder.resolve("transactions.rlp")));
  }

  /** Takes a folder; a line on the standard output is a transaction that was accepted. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Blockchain chain = chain(folder);
    TransactionPool pool = pool(folder, chain);
    Miner miner = Miner.open(chain, pool, MinerSettings.standard().withCoinbase(Rig.COINBASE));
    miner.start(1);
    System.out.println("open");
    for (int i = 0; true; i++) {
      int account = i % 3;
      Transaction transaction = Rig.transfer(account, pool.nonce(Rig.address(account)), 5);
      if (pool.add(transaction, true) instanceof TransactionPool.Admission.Accepted) {
        System.out.println(transaction.hash());
      }
    }
  }
}
