package org.fondaco.chain.seal;

import java.util.function.BooleanSupplier;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * What makes a header more than a claim. Proof of work, instant sealing and the later engines
 * (authority, BFT) differ here and nowhere else. Safe for any thread.
 */
public interface SealEngine {
  /** As genesis and console call it. */
  String name();

  /**
   * The difficulty of the block after a parent.
   *
   * @param parentUncles whether the parent has uncles
   * @param timestamp of the new block, in seconds
   */
  U256 difficulty(BlockHeader parent, boolean parentUncles, long timestamp);

  /** Whether a block may carry its parent's timestamp; Ethash forbids it. */
  boolean equalTimestamps();

  /** Whether blocks pay the reward of their fork to the coinbase and for uncles. */
  boolean paysRewards();

  /** What is wrong with the seal and the fields that only this engine knows; null if nothing. */
  @Nullable String check(BlockHeader header);

  /**
   * Seals a header whose every other field is final; null if cancelled first.
   *
   * @param cancelled asked often; a seal that nobody wants any more is given up
   */
  @Nullable BlockHeader seal(BlockHeader header, BooleanSupplier cancelled)
      throws InterruptedException;
}
