package org.fondaco.chain.node;

import java.util.List;
import org.fondaco.chain.account.Accounts;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.mining.Miner;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.word.Address;

/** Starts the miner, for somebody who is paid. */
final class Mining {
  private final Miner miner;
  private final Accounts accounts;
  private final Blockchain chain;

  Mining(Miner miner, Accounts accounts, Blockchain chain) {
    this.miner = miner;
    this.accounts = accounts;
    this.chain = chain;
  }

  Miner miner() {
    return miner;
  }

  boolean isInstant() {
    return chain.config().isInstant();
  }

  /**
   * Begins to mine, or changes the number of threads. The first account is paid unless another was
   * chosen.
   *
   * @param threads 0 for every processor
   * @throws RpcException in geth's words, if blocks pay and there is nobody to be paid
   */
  void start(int threads) throws RpcException {
    if (miner.coinbase() == null) {
      List<Address> own = accounts.list();
      if (own.isEmpty() && chain.engine().paysRewards()) {
        throw RpcException.server("etherbase missing: etherbase must be explicitly specified");
      }
      miner.setCoinbase(own.isEmpty() ? Address.ZERO : own.getFirst());
    }
    miner.start(threads);
  }
}
