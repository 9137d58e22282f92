package org.fondaco.chain.execution;

import java.util.function.LongFunction;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.evm.BlockContext;
import org.fondaco.chain.fork.ChainConfig;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.transition.BlobGas;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/** What the machine is told of a block. */
public final class Contexts {
  private Contexts() {}

  /** The rules that the machine follows in a block. */
  public static Rules rules(ChainConfig config, BlockHeader header) {
    return config.machine(header.number(), header.timestamp(), header.difficulty());
  }

  /**
   * The block as the machine sees it. Where the genesis sets {@code evmRules}, the header lacks
   * what the machine's fork would have added: then PREVRANDAO is the mix hash and BLOBBASEFEE 1.
   *
   * @param ancestors as {@link BlockContext} asks them
   */
  public static BlockContext of(
      ChainConfig config, BlockHeader header, LongFunction<Hash> ancestors) {
    Rules rules = rules(config, header);
    U256 baseFee = header.baseFee();
    @Nullable Long excess = header.excessBlobGas();
    return new BlockContext(
        header.coinbase(),
        header.number(),
        header.timestamp(),
        rules.atLeast(Fork.PARIS) ? header.mixHash().toWord() : header.difficulty(),
        U256.of(header.gasLimit()),
        baseFee == null ? U256.ZERO : baseFee,
        rules.atLeast(Fork.CANCUN) ? BlobGas.baseFee(excess == null ? 0 : excess) : U256.ZERO,
        config.chainId(),
        ancestors);
  }
}
