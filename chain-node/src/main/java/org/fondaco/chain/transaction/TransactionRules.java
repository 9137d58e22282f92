package org.fondaco.chain.transaction;

import java.util.List;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/** What a fork asks of a transaction before any state is looked at. */
public final class TransactionRules {
  /** Why a transaction is not taken. */
  public enum Refusal {
    TYPE_NOT_SUPPORTED,
    WRONG_CHAIN,
    SIGNATURE,
    GAS_BELOW_INTRINSIC,
    INIT_CODE_TOO_LONG,
    PRIORITY_ABOVE_FEE,
    COST_OVERFLOW
  }

  private static final int WORD_BYTES = 32;

  private final Rules rules;
  private final U256 chainId;

  public TransactionRules(Fork fork, U256 chainId) {
    this.rules = Rules.of(fork);
    this.chainId = chainId;
  }

  /** Why this fork refuses the transaction; null if it does not. */
  public @Nullable Refusal check(Transaction transaction) {
    return check(transaction, transaction.sender());
  }

  /**
   * The same where the sender was recovered before.
   *
   * @param sender null if no key could have signed
   */
  public @Nullable Refusal check(Transaction transaction, @Nullable Address sender) {
    if (transaction.type() > latestType(rules)) {
      return Refusal.TYPE_NOT_SUPPORTED;
    }
    U256 signedFor = transaction.chainId();
    if (signedFor != null) {
      if (!rules.atLeast(Fork.SPURIOUS_DRAGON)) {
        return Refusal.SIGNATURE;
      }
      if (!signedFor.equals(chainId)) {
        return Refusal.WRONG_CHAIN;
      }
    }
    if (transaction.maxPriorityFee().compareTo(transaction.maxFee()) > 0) {
      return Refusal.PRIORITY_ABOVE_FEE;
    }
    if (Long.compareUnsigned(transaction.gasLimit(), intrinsicGas(transaction)) < 0) {
      return Refusal.GAS_BELOW_INTRINSIC;
    }
    if (transaction.to() == null && transaction.data().length > rules.initCodeBytesMax()) {
      return Refusal.INIT_CODE_TOO_LONG;
    }
    U256 gas = U256.ofLimbs(transaction.gasLimit(), 0, 0, 0);
    if (!gas.isZero() && transaction.maxFee().compareTo(U256.MAX.divide(gas)) > 0) {
      return Refusal.COST_OVERFLOW;
    }
    return checkSignature(transaction, sender);
  }

  private @Nullable Refusal checkSignature(Transaction transaction, @Nullable Address sender) {
    boolean highS = transaction.signature().s().compareTo(Signatures.LOW_S_MAX) > 0;
    if (highS && rules.atLeast(Fork.HOMESTEAD)) {
      return Refusal.SIGNATURE;
    }
    return sender == null ? Refusal.SIGNATURE : null;
  }

  /** The highest type of transaction that a fork knows. */
  public static int latestType(Rules rules) {
    if (rules.atLeast(Fork.CANCUN)) {
      return Transaction.BLOB;
    }
    if (rules.atLeast(Fork.LONDON)) {
      return Transaction.DYNAMIC_FEE;
    }
    return rules.atLeast(Fork.BERLIN) ? Transaction.ACCESS_LIST : Transaction.LEGACY;
  }

  /** The gas that a transaction costs before its first operation. */
  public long intrinsicGas(Transaction transaction) {
    return intrinsicGas(
        rules, transaction.to() == null, transaction.data(), transaction.accessList());
  }

  /** The same of a transaction's parts: g_0 of the yellow paper. */
  public static long intrinsicGas(
      Rules rules, boolean creates, byte[] data, List<Transaction.Access> accessList) {
    long gas = Rules.TRANSACTION;
    for (byte each : data) {
      gas += each == 0 ? Rules.ZERO_BYTE : rules.nonZeroByte();
    }
    if (creates) {
      long words = (data.length + WORD_BYTES - 1L) / WORD_BYTES;
      gas += rules.createTransaction() + words * rules.initCodeWord();
    }
    for (Transaction.Access access : accessList) {
      gas += Rules.ACCESS_LIST_ADDRESS + access.keys().size() * Rules.ACCESS_LIST_KEY;
    }
    return gas;
  }
}
