package org.fondaco.chain.utxo.mempool;

import java.time.Duration;
import org.fondaco.chain.utxo.script.Scripts;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.wire.WireWriter;

/**
 * What the pool asks beyond the rules of blocks; the defaults are Bitcoin Core's.
 *
 * @param minimumRate below which nothing is relayed
 * @param replacementRate what a replacement pays on top for its own size
 * @param dustRate at which spending an output is reckoned
 * @param ancestorsMax of a transaction in the pool, itself included
 * @param packageSizeMax of ancestors or descendants, in virtual bytes
 * @param bytesMax of all transactions on the wire
 * @param dataBytesMax of the OP_RETURN outputs of a transaction
 * @param replaced which waiting transactions may be replaced
 * @param standardOnly whether scripts and sizes must be of the usual kinds
 * @param forms what is usual where the coins differ
 */
public record MempoolPolicy(
    FeeRate minimumRate,
    FeeRate replacementRate,
    FeeRate dustRate,
    int ancestorsMax,
    int packageSizeMax,
    long bytesMax,
    int dataBytesMax,
    Replaced replaced,
    boolean standardOnly,
    Forms forms,
    Duration expiry) {
  /** Which waiting transactions may be replaced by one that pays more. */
  public enum Replaced {
    NONE,
    /** Those that say so, or spend what says so (BIP-125). */
    SIGNALLED,
    ALL
  }

  /**
   * What is usual where the coins differ.
   *
   * @param versionMax of transactions
   * @param strippedBytesMin of a transaction without witnesses; a shorter one could pass for an
   *     inner node of the merkle tree
   * @param dataOutputsMax OP_RETURN outputs of a transaction
   * @param extension whether outputs into Litecoin's extension block, which this node does not
   *     have, are to be refused
   */
  public record Forms(int versionMax, int strippedBytesMin, int dataOutputsMax, boolean extension) {
    static final Forms BITCOIN = new Forms(3, 65, Integer.MAX_VALUE, false);
    static final Forms LITECOIN = new Forms(2, 82, 1, true);
  }

  /** Bitcoin's. */
  public static final MempoolPolicy BITCOIN =
      new MempoolPolicy(
          new FeeRate(1_000),
          new FeeRate(1_000),
          new FeeRate(3_000),
          25,
          101_000,
          300_000_000,
          83,
          Replaced.ALL,
          true,
          Forms.BITCOIN,
          Duration.ofHours(336));

  /** Litecoin Core 0.21's: dust is ten times Bitcoin's, and the first transaction stays. */
  public static final MempoolPolicy LITECOIN =
      new MempoolPolicy(
          new FeeRate(1_000),
          new FeeRate(1_000),
          new FeeRate(30_000),
          25,
          101_000,
          300_000_000,
          83,
          Replaced.NONE,
          true,
          Forms.LITECOIN,
          Duration.ofHours(336));

  /** Bitcoin Cash's: the first transaction that is seen stays. */
  public static final MempoolPolicy CASH =
      new MempoolPolicy(
          new FeeRate(1_000),
          new FeeRate(1_000),
          new FeeRate(3_000),
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          640_000_000,
          223,
          Replaced.NONE,
          true,
          Forms.BITCOIN,
          Duration.ofHours(336));

  private static final int SPENDING_BYTES = 148;
  private static final int SPENDING_WITNESS_BYTES = 67;

  /** The least value in satoshi that is worth to be spent. */
  public long dustThreshold(Output output) {
    byte[] script = output.script();
    if (Scripts.isUnspendable(script)) {
      return 0;
    }
    int bytes = 8 + WireWriter.sizeBytes(script.length) + script.length;
    bytes += Scripts.witnessProgram(script) == null ? SPENDING_BYTES : SPENDING_WITNESS_BYTES;
    return dustRate.fee(bytes);
  }
}
