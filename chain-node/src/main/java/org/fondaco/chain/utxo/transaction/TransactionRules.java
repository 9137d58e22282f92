package org.fondaco.chain.utxo.transaction;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What holds of every transaction whatever it spends: Bitcoin Core's CheckTransaction. */
public final class TransactionRules {
  /** BIP-141, in weight; without witnesses a transaction has at most a quarter of it in bytes. */
  public static final int WEIGHT_MAX = 4_000_000;

  private final long moneyMax;

  /**
   * @param moneyMax more than this many satoshi cannot exist
   */
  public TransactionRules(long moneyMax) {
    this.moneyMax = moneyMax;
  }

  /** Whether an amount or a sum of amounts can exist. */
  public boolean inRange(long value) {
    return value >= 0 && value <= moneyMax;
  }

  /** Null if nothing is wrong, else Bitcoin Core's word for it. */
  public @Nullable String check(Transaction transaction) {
    if (transaction.inputs().isEmpty()) {
      return "bad-txns-vin-empty";
    }
    if (transaction.outputs().isEmpty()) {
      return "bad-txns-vout-empty";
    }
    if ((long) transaction.strippedSize() * Transaction.WITNESS_SCALE > WEIGHT_MAX) {
      return "bad-txns-oversize";
    }
    String outputs = checkOutputs(transaction);
    return outputs == null ? checkInputs(transaction) : outputs;
  }

  private @Nullable String checkOutputs(Transaction transaction) {
    long total = 0;
    for (Output output : transaction.outputs()) {
      if (output.value() < 0) {
        return "bad-txns-vout-negative";
      }
      if (output.value() > moneyMax) {
        return "bad-txns-vout-toolarge";
      }
      total += output.value();
      if (!inRange(total)) {
        return "bad-txns-txouttotal-toolarge";
      }
    }
    return null;
  }

  private static @Nullable String checkInputs(Transaction transaction) {
    Set<OutPoint> spent = new HashSet<>();
    for (Input input : transaction.inputs()) {
      if (!spent.add(input.outPoint())) {
        return "bad-txns-inputs-duplicate";
      }
    }
    if (transaction.isCoinbase()) {
      int length = transaction.inputs().getFirst().scriptSig().length;
      return length < 2 || length > 100 ? "bad-cb-length" : null;
    }
    for (Input input : transaction.inputs()) {
      if (input.outPoint().isNull()) {
        return "bad-txns-prevout-null";
      }
    }
    return null;
  }
}
