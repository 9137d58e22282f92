package org.fondaco.chain.pool;

import java.math.BigInteger;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.transaction.Signatures;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction must fulfil to enter the pool, in the order and in the words of go-ethereum:
 * wallets and scripts match on these texts.
 */
final class EntryRules {
  /** 128 KiB, four slots. */
  static final int BYTES_MAX = 128 * 1024;

  static final String ALREADY_KNOWN = "already known";
  static final String REPLACEMENT_UNDERPRICED = "replacement transaction underpriced";
  static final String UNDERPRICED = "transaction underpriced";
  static final String FUTURE_REPLACES_PENDING = "future transaction tries to replace pending";
  static final String FULL = "txpool is full";

  private static final String TYPE = "transaction type not supported: ";
  private static final String INVALID_SENDER = "invalid sender: ";
  private static final String FUNDS = "insufficient funds for gas * price + value: ";

  private EntryRules() {}

  /**
   * What is wrong with a transaction whatever the state; null if nothing.
   *
   * @param bytes its encoded size
   * @param sender null if none could be recovered
   * @param priceLimit the least tip; null for locals
   */
  static @Nullable String refuse(
      Transaction transaction,
      int bytes,
      @Nullable Address sender,
      Head head,
      @Nullable U256 priceLimit) {
    String form = refuseForm(transaction, bytes, head);
    if (form != null) {
      return form;
    }
    if (Long.compareUnsigned(transaction.gasLimit(), head.gasLimit()) > 0) {
      return "exceeds block gas limit";
    }
    if (transaction.maxFee().compareTo(transaction.maxPriorityFee()) < 0) {
      return "max priority fee per gas higher than max fee per gas";
    }
    String signature = refuseSignature(transaction, sender, head);
    if (signature != null) {
      return signature;
    }
    if (transaction.nonce() == -1) { // EIP-2681
      return "nonce has max value";
    }
    long intrinsic = head.transactionRules().intrinsicGas(transaction);
    if (Long.compareUnsigned(transaction.gasLimit(), intrinsic) < 0) {
      return "intrinsic gas too low: gas "
          + Long.toUnsignedString(transaction.gasLimit())
          + ", minimum needed "
          + intrinsic;
    }
    if (priceLimit != null && transaction.maxPriorityFee().compareTo(priceLimit) < 0) {
      return "transaction gas price below minimum: gas tip cap "
          + transaction.maxPriorityFee().toBigInteger()
          + ", minimum needed "
          + priceLimit.toBigInteger();
    }
    return null;
  }

  private static @Nullable String refuseForm(Transaction transaction, int bytes, Head head) {
    int type = transaction.type();
    if (type > Transaction.DYNAMIC_FEE) {
      return TYPE + "tx type " + type + " not supported by this pool";
    }
    if (bytes > BYTES_MAX) {
      return "oversized data: transaction size " + bytes + ", limit " + BYTES_MAX;
    }
    Rules rules = head.rules();
    if (type != Transaction.LEGACY && !rules.atLeast(Fork.BERLIN)) {
      return TYPE + "type " + type + " rejected, pool not yet in Berlin";
    }
    if (type == Transaction.DYNAMIC_FEE && !rules.atLeast(Fork.LONDON)) {
      return TYPE + "type " + type + " rejected, pool not yet in London";
    }
    int data = transaction.data().length;
    if (transaction.to() == null && data > rules.initCodeBytesMax()) {
      return "max initcode size exceeded: code size "
          + data
          + ", limit "
          + rules.initCodeBytesMax();
    }
    return null;
  }

  private static @Nullable String refuseSignature(
      Transaction transaction, @Nullable Address sender, Head head) {
    U256 signedFor = transaction.chainId();
    if (signedFor != null && !head.rules().atLeast(Fork.SPURIOUS_DRAGON)) {
      return INVALID_SENDER + "invalid transaction v, r, s values"; // no EIP-155 yet
    }
    if (signedFor != null && !signedFor.equals(head.chainId())) {
      return INVALID_SENDER
          + "invalid chain id for signer: have "
          + signedFor.toBigInteger()
          + " want "
          + head.chainId().toBigInteger();
    }
    boolean highS = transaction.signature().s().compareTo(Signatures.LOW_S_MAX) > 0; // EIP-2
    if (sender == null || highS && head.rules().atLeast(Fork.HOMESTEAD)) {
      return INVALID_SENDER + "invalid transaction v, r, s values";
    }
    return null;
  }

  /**
   * What is wrong with a transaction in the head's state; null if nothing.
   *
   * @param account the sender's; null if it has nothing in the pool
   */
  static @Nullable String refuseByState(Pooled entry, @Nullable Waiting account, Head head) {
    long next = head.account(entry.sender()).nonce();
    if (Long.compareUnsigned(next, entry.nonce()) > 0) {
      return "nonce too low: next nonce "
          + Long.toUnsignedString(next)
          + ", tx nonce "
          + Long.toUnsignedString(entry.nonce());
    }
    BigInteger balance = head.account(entry.sender()).balance().toBigInteger();
    BigInteger cost = entry.cost();
    if (balance.compareTo(cost) < 0) {
      return FUNDS
          + "balance "
          + balance
          + ", tx cost "
          + cost
          + ", overshot "
          + cost.subtract(balance);
    }
    BigInteger spent = account == null ? BigInteger.ZERO : account.pendingCost();
    Pooled before = account == null ? null : account.pendingAt(entry.nonce());
    BigInteger more = before == null ? cost : cost.subtract(before.cost());
    BigInteger need = spent.add(more);
    if (balance.compareTo(need) >= 0) {
      return null;
    }
    return FUNDS
        + "balance "
        + balance
        + ", queued cost "
        + spent
        + (before == null ? ", tx cost " : ", tx bumped ")
        + more
        + ", overshot "
        + need.subtract(balance);
  }
}
