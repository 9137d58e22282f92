package org.fondaco.chain.utxo.wallet;

import java.util.List;
import org.fondaco.chain.utxo.chain.BlockEntry;
import org.fondaco.chain.utxo.descriptor.Descriptor;
import org.fondaco.chain.utxo.descriptor.Expanded;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/** What a wallet tells of itself. */
public final class WalletViews {
  private WalletViews() {}

  /**
   * Coins in satoshi.
   *
   * @param trusted in blocks, or change of transactions of its own that wait
   * @param pending of others that waits
   * @param immature of coinbases that may not be spent yet
   * @param tip the block that this holds after
   */
  public record Balances(long trusted, long pending, long immature, BlockEntry tip) {}

  /**
   * A coin that is not spent.
   *
   * @param depth confirmations; 0 while it waits
   * @param safe whether it is in a block or of the wallet's own making
   * @param mine its script
   */
  public record Unspent(OutPoint outPoint, Output output, int depth, boolean safe, Mine mine) {}

  /**
   * An output of a transaction as seen from the wallet.
   *
   * @param mine whether it pays the wallet
   * @param change whether it is change that was never handed out
   */
  public record Part(int index, Output output, boolean mine, boolean change) {}

  /**
   * A transaction of the wallet.
   *
   * @param block null while it is in none
   * @param position in its block
   * @param depth confirmations; 0 while it waits, negative where another is in its place
   * @param inPool whether it waits
   * @param trusted see {@link Balances}
   * @param debit what it takes from the wallet, in satoshi
   * @param credit what it pays to the wallet, in satoshi
   * @param immature whether it is a coinbase that may not be spent yet
   * @param conflicts others that spend the same
   */
  public record History(
      Transaction transaction,
      long timeSeconds,
      @Nullable BlockEntry block,
      int position,
      int depth,
      boolean inPool,
      boolean trusted,
      long debit,
      long credit,
      boolean immature,
      List<Part> parts,
      List<Hash> conflicts) {}

  /**
   * A script of the wallet.
   *
   * @param type null if it was imported
   * @param index in its descriptor
   * @param internal whether it is for change
   * @param label null if it never had one
   */
  public record Mine(
      Expanded expanded,
      Descriptor descriptor,
      @Nullable AddressType type,
      int index,
      boolean internal,
      long timestampSeconds,
      @Nullable String label) {
    /** The public descriptor of this script alone. */
    public String desc() {
      return descriptor.textOf(index, expanded.script());
    }
  }

  /**
   * A descriptor of the wallet.
   *
   * @param active whether new addresses come from it
   * @param next the first index that is not used
   * @param end the last index whose scripts are known
   */
  public record Line(
      Descriptor descriptor,
      boolean active,
      boolean internal,
      long timestampSeconds,
      int next,
      int end) {}
}
