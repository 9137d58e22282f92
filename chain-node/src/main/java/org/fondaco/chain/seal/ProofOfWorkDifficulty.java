package org.fondaco.chain.seal;

import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.fork.ChainConfig;
import org.fondaco.chain.word.U256;

/** The difficulty that a chain of proof of work asks for, by its forks. */
public final class ProofOfWorkDifficulty {
  private ProofOfWorkDifficulty() {}

  /**
   * The difficulty of the block after a parent.
   *
   * @param timestamp of the new block, in seconds, not before the parent's
   */
  public static U256 next(
      ChainConfig config, BlockHeader parent, boolean parentUncles, long timestamp) {
    long number = parent.number() + 1;
    return U256.of(
        config
            .difficulty(number)
            .next(
                number,
                timestamp,
                parent.difficulty().toBigInteger(),
                parent.timestamp(),
                parentUncles));
  }
}
