package org.fondaco.custody;

import java.util.Map;
import org.fondaco.custody.audit.AuditPort;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.deposit.InvisibleDeposits;
import org.fondaco.custody.leader.Transactions;

/** People's wish to have a chain read again. */
public final class Rescans {
  private final Map<ChainName, CustodyChain> chains;
  private final Transactions transactions;
  private final AuditPort audit;

  Rescans(Map<ChainName, CustodyChain> chains, Transactions transactions, AuditPort audit) {
    this.chains = chains;
    this.transactions = transactions;
    this.audit = audit;
  }

  /**
   * Reads a chain again above a height, for addresses that were not watched then, or that lie
   * before what was read; nothing is found twice. Its thread does it from now on.
   *
   * @param actor who asks
   * @throws IllegalArgumentException when custody has no such chain or it is not that far
   * @throws org.fondaco.custody.deposit.DepositException when something could be credited twice
   */
  public void begin(ChainName chain, long height, String actor) {
    CustodyChain read = chains.get(chain);
    if (read == null) {
      throw new IllegalArgumentException("custody has no chain " + chain);
    }
    transactions.run(t -> {
      InvisibleDeposits.forget(t, chain);
      read.rescan().begin(t, height);
      audit.append(
          t, actor, "custody.rescan", "{\"chain\":\"%s\",\"height\":%d}".formatted(chain, height));
    });
  }
}
