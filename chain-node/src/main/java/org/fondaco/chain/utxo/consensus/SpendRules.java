package org.fondaco.chain.utxo.consensus;

import java.util.List;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.transaction.TransactionRules;

/** Whether a transaction may spend what it spends, scripts apart: Core's CheckTxInputs. */
public final class SpendRules {
  private final TransactionRules amounts;

  public SpendRules(Consensus consensus) {
    amounts = new TransactionRules(consensus.moneyMax());
  }

  /** What came of the check. */
  public sealed interface Verdict {
    /** It may, and leaves this much to the miner, in satoshi. */
    record Pays(long fee) implements Verdict {}

    /** It may not; Bitcoin Core's word for it. */
    record Refused(String reason) implements Verdict {}
  }

  /**
   * Checks the amounts and the age of coinbases.
   *
   * @param spent what each input spends
   * @param height of the block that would hold the transaction
   */
  public Verdict check(Transaction transaction, List<UnspentOutput> spent, int height) {
    long in = 0;
    for (UnspentOutput each : spent) {
      if (each.coinbase() && height - each.height() < Consensus.COINBASE_MATURITY_BLOCKS) {
        return new Verdict.Refused("bad-txns-premature-spend-of-coinbase");
      }
      long value = each.output().value();
      in += value;
      if (!amounts.inRange(value) || !amounts.inRange(in)) {
        return new Verdict.Refused("bad-txns-inputvalues-outofrange");
      }
    }
    long out = 0;
    for (Output output : transaction.outputs()) {
      out += output.value(); // in range: TransactionRules came first
    }
    if (in < out) {
      return new Verdict.Refused("bad-txns-in-belowout");
    }
    return new Verdict.Pays(in - out);
  }
}
