package org.fondaco.chain.utxo.cash;

import java.util.List;
import org.fondaco.chain.utxo.script.CashVerifier;
import org.fondaco.chain.utxo.script.ScriptError;
import org.fondaco.chain.utxo.script.ScriptFlags;
import org.fondaco.chain.utxo.script.Spending;
import org.fondaco.chain.utxo.token.TokenRules;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.transaction.TransactionRules;
import org.jspecify.annotations.Nullable;

/** What a transaction of Bitcoin Cash has to keep to be in a block since May 2023. */
public final class CashTransactionRules {
  /** November 2018 and May 2023: shorter ones could pass for a node of the merkle tree. */
  private static final int BYTES_MIN = 65;

  private static final int BYTES_MAX = 1_000_000;

  /** May 2020. */
  private static final int SIGNATURES_MAX = 3_000;

  private static final TransactionRules COMMON = new TransactionRules(2_100_000_000_000_000L);

  private CashTransactionRules() {}

  /**
   * Checks a transaction that is no coinbase with everything that it spends.
   *
   * @return null, or the word of Bitcoin Cash Node for what is wrong
   */
  public static @Nullable String check(Spending spending, ScriptFlags flags) {
    Transaction transaction = spending.transaction();
    String wrong = checkAlone(transaction);
    if (wrong == null) {
      wrong = checkValues(transaction, spending.spent());
    }
    if (wrong == null) {
      wrong = TokenRules.check(transaction, spending.spent());
    }
    return wrong == null ? checkScripts(spending, flags) : wrong;
  }

  /** Checks what needs no knowledge of what is spent. */
  public static @Nullable String checkAlone(Transaction transaction) {
    String wrong = COMMON.check(transaction);
    int size = transaction.size();
    if (wrong == null && size > BYTES_MAX) {
      wrong = "bad-txns-oversize";
    }
    if (wrong == null && size < BYTES_MIN) {
      wrong = "bad-txns-undersize";
    }
    if (wrong == null && (transaction.version() < 1 || transaction.version() > 2)) {
      wrong = "bad-txns-version";
    }
    return wrong;
  }

  private static @Nullable String checkValues(Transaction transaction, List<Output> spent) {
    long in = 0;
    for (Output output : spent) {
      in += output.value();
      if (!COMMON.inRange(output.value()) || !COMMON.inRange(in)) {
        return "bad-txns-inputvalues-outofrange";
      }
    }
    long out = transaction.outputs().stream().mapToLong(Output::value).sum();
    return out > in ? "bad-txns-in-belowout" : null;
  }

  private static @Nullable String checkScripts(Spending spending, ScriptFlags flags) {
    int signatures = 0;
    for (int i = 0; i < spending.spent().size(); i++) {
      CashVerifier.Result result = CashVerifier.verify(spending, i, flags);
      if (result.error() != ScriptError.OK) {
        return "mandatory-script-verify-flag-failed (" + result.error().message() + ")";
      }
      signatures += result.signatures();
    }
    return signatures > SIGNATURES_MAX ? "bad-txn-sigchecks" : null;
  }
}
