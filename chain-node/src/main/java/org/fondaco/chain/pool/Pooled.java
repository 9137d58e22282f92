package org.fondaco.chain.pool;

import java.math.BigInteger;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;

/**
 * A transaction with what would be dear to compute again.
 *
 * @param cost the most that it can take from its sender, in wei; can exceed 256 bits
 * @param slots its size in units of 32 KiB, rounded up
 */
record Pooled(Transaction transaction, Hash hash, Address sender, BigInteger cost, int slots) {
  /** Geth's unit of size. */
  private static final int SLOT_BYTES = 32 * 1024;

  static Pooled of(Transaction transaction, Hash hash, Address sender, int bytes) {
    BigInteger gas = U256.ofLimbs(transaction.gasLimit(), 0, 0, 0).toBigInteger();
    BigInteger cost =
        gas.multiply(transaction.maxFee().toBigInteger()).add(transaction.value().toBigInteger());
    return new Pooled(
        transaction, hash, sender, cost, Math.max(1, (bytes + SLOT_BYTES - 1) / SLOT_BYTES));
  }

  long nonce() {
    return transaction.nonce();
  }

  /** Whether this one pays enough more than another to take its place. */
  boolean outbids(Pooled other, int bumpPercent) {
    return raised(transaction.maxFee(), other.transaction.maxFee(), bumpPercent)
        && raised(transaction.maxPriorityFee(), other.transaction.maxPriorityFee(), bumpPercent);
  }

  private static boolean raised(U256 offered, U256 before, int bumpPercent) {
    BigInteger threshold =
        before
            .toBigInteger()
            .multiply(BigInteger.valueOf(100L + bumpPercent))
            .divide(BigInteger.valueOf(100));
    return offered.compareTo(before) > 0 && offered.toBigInteger().compareTo(threshold) >= 0;
  }
}
