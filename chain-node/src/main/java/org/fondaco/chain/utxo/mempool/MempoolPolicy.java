package org.fondaco.chain.utxo.mempool;

import java.time.Duration;

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
 * @param replaceAll whether any transaction may be replaced, not only one that says so (BIP-125)
 * @param standardOnly whether scripts and sizes must be of the usual kinds
 */
public record MempoolPolicy(
    FeeRate minimumRate,
    FeeRate replacementRate,
    FeeRate dustRate,
    int ancestorsMax,
    int packageSizeMax,
    long bytesMax,
    int dataBytesMax,
    boolean replaceAll,
    boolean standardOnly,
    Duration expiry) {
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
          true,
          true,
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
          false,
          true,
          Duration.ofHours(336));
}
