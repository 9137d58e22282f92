package org.fondaco.custody.chain;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A block of a UTXO chain, as `getblock … 2` gives it.
 *
 * @param time seconds since 1970
 */
public record CoreBlock(
    long height, String hash, String parent, long time, List<Transaction> transactions)
    implements ChainBlock {

  /**
   * A transaction.
   *
   * @param txid as printed
   * @param coinbase true for the one that makes new coins; its input list is empty
   */
  public record Transaction(
      String txid, boolean coinbase, List<OutPoint> inputs, List<Output> outputs) {}

  /** What an input spends. */
  public record OutPoint(String txid, int vout) {
    @Override
    public String toString() {
      return txid + ":" + vout;
    }
  }

  /**
   * An output.
   *
   * @param script scriptPubKey in lower-case hexadecimal
   * @param token category of a CashToken that it carries, null for none: such an output is not
   *     plain coins
   */
  public record Output(int vout, String script, BigInteger atoms, @Nullable String token) {}
}
