package org.fondaco.chain.seal;

import java.util.function.BooleanSupplier;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * Every block is sealed at once, by this node's own word: for a chain that one node keeps. A block
 * has difficulty 1, so that the longest chain is the heaviest, and nonce 0. No block creates money:
 * what there is comes from the genesis, as on chains of authority, and the coinbase earns tips
 * only. Blocks may share a timestamp, because several can be sealed within a second.
 */
public final class InstantSeal implements SealEngine {
  @Override
  public String name() {
    return "instant";
  }

  @Override
  public U256 difficulty(BlockHeader parent, boolean parentUncles, long timestamp) {
    return U256.ONE;
  }

  @Override
  public boolean equalTimestamps() {
    return true;
  }

  @Override
  public boolean paysRewards() {
    return false;
  }

  @Override
  public @Nullable String check(BlockHeader header) {
    return header.nonce() == 0 ? null : "nonce: not 0";
  }

  @Override
  public BlockHeader seal(BlockHeader header, BooleanSupplier cancelled) {
    return header;
  }
}
