package org.fondaco.custody.scan;

import java.util.List;
import org.fondaco.custody.chain.ChainName;
import org.jooq.DSLContext;

/** Knows which transactions custody has signed. */
public interface OwnTransactions {

  /**
   * True for a transaction of ours: what comes back to us by it is internal and never a deposit.
   *
   * @param txid as the node prints it
   * @param spends its inputs as {@code txid:vout}, or {@code sender:nonce}: a miner may have
   *     changed the id of a transaction whose signatures are not segregated, never its inputs
   */
  boolean isOwn(DSLContext transaction, ChainName chain, String txid, List<String> spends);
}
