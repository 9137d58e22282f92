package org.fondaco.custody.scan;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /**
   * Those of a block's transactions that are ours.
   *
   * @param spends by id, as {@link #isOwn} takes them
   */
  default Set<String> own(
      DSLContext transaction, ChainName chain, Map<String, List<String>> spends) {
    Set<String> own = new HashSet<>();
    spends.forEach((txid, of) -> {
      if (isOwn(transaction, chain, txid, of)) {
        own.add(txid);
      }
    });
    return own;
  }
}
