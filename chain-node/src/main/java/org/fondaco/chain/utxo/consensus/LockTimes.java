package org.fondaco.chain.utxo.consensus;

import java.util.List;
import org.fondaco.chain.utxo.pow.HeaderBranch;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.Transaction;

/** When a transaction may be in a block: lock time, and relative ones (BIP-68, BIP-113). */
public final class LockTimes {
  private static final long THRESHOLD = 500_000_000;
  private static final long SEQUENCE_DISABLED = 1L << 31;
  private static final long SEQUENCE_SECONDS = 1L << 22;
  private static final long SEQUENCE_MASK = 0xffff;
  private static final int SEQUENCE_GRANULARITY_BITS = 9;

  private LockTimes() {}

  /**
   * Whether the lock time is over in a block at this height.
   *
   * @param timeSeconds the median time past of its parent since BIP-113, else its own
   */
  public static boolean isFinal(Transaction transaction, int height, long timeSeconds) {
    long lockTime = transaction.lockTime();
    if (lockTime == 0 || lockTime < (lockTime < THRESHOLD ? height : timeSeconds)) {
      return true;
    }
    return transaction.inputs().stream()
        .allMatch(input -> input.sequence() == Input.SEQUENCE_FINAL);
  }

  /**
   * Whether the relative lock times of all inputs are over in the block after the branch.
   *
   * @param spent what each input spends
   */
  public static boolean sequencesAreOver(
      Transaction transaction, List<UnspentOutput> spent, HeaderBranch branch) {
    if (Integer.compareUnsigned(transaction.version(), 2) < 0) {
      return true;
    }
    for (int i = 0; i < spent.size(); i++) {
      long sequence = transaction.inputs().get(i).sequence();
      if ((sequence & SEQUENCE_DISABLED) == 0 && !isOver(sequence, spent.get(i).height(), branch)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOver(long sequence, int height, HeaderBranch branch) {
    long wait = sequence & SEQUENCE_MASK;
    if ((sequence & SEQUENCE_SECONDS) == 0) {
      return branch.tip() + 1 >= height + wait;
    }
    long from = branch.medianTimePast(Math.max(height - 1, 0));
    return branch.medianTimePast(branch.tip()) >= from + (wait << SEQUENCE_GRANULARITY_BITS);
  }
}
