package org.fondaco.chain.evm;

import java.util.function.LongFunction;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;

/**
 * What the machine can ask about its block.
 *
 * @param time seconds since 1970
 * @param difficulty from Paris on the random value of the beacon chain (EIP-4399)
 * @param baseFee in wei a unit of gas; zero before London
 * @param blobBaseFee in wei a unit of blob gas; zero before Cancun
 * @param ancestors the hash of the block of a number, asked only for the 256 before this one
 */
public record BlockContext(
    Address coinbase,
    long number,
    long time,
    U256 difficulty,
    U256 gasLimit,
    U256 baseFee,
    U256 blobBaseFee,
    long chainId,
    LongFunction<Hash> ancestors) {
  /** The same with another base fee. */
  public BlockContext withBaseFee(U256 other) {
    return new BlockContext(
        coinbase, number, time, difficulty, gasLimit, other, blobBaseFee, chainId, ancestors);
  }

  /** The same with another base fee of blobs. */
  public BlockContext withBlobBaseFee(U256 other) {
    return new BlockContext(
        coinbase, number, time, difficulty, gasLimit, baseFee, other, chainId, ancestors);
  }
}
