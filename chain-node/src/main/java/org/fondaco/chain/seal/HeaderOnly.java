package org.fondaco.chain.seal;

import java.util.function.BooleanSupplier;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.fork.ChainConfig;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * Takes headers at their word: the difficulties and rewards of proof of work, and no seal. For
 * importing chains whose seal is somebody else's business, as it is after the merge, and for the
 * official tests.
 */
public final class HeaderOnly implements SealEngine {
  private final ChainConfig config;

  public HeaderOnly(ChainConfig config) {
    this.config = config;
  }

  @Override
  public String name() {
    return "none";
  }

  @Override
  public U256 difficulty(BlockHeader parent, boolean parentUncles, long timestamp) {
    return ProofOfWorkDifficulty.next(config, parent, parentUncles, timestamp);
  }

  @Override
  public boolean equalTimestamps() {
    return false;
  }

  @Override
  public boolean paysRewards() {
    return true;
  }

  @Override
  public @Nullable String check(BlockHeader header) {
    return null;
  }

  @Override
  public BlockHeader seal(BlockHeader header, BooleanSupplier cancelled) {
    return header;
  }
}
