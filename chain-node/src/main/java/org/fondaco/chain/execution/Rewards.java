package org.fondaco.chain.execution;

import java.util.List;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.word.U256;

/** What proof of work pays for a block (yellow paper, 11.3; EIP-649, EIP-1234). */
final class Rewards {
  private static final U256 ETHER = U256.of(1_000_000_000_000_000_000L);
  private static final U256 NEPHEW_SHARE = U256.of(32);
  private static final long UNCLE_DEPTH = 8;
  private static final U256 UNCLE_SHARE = U256.of(UNCLE_DEPTH);

  private Rewards() {}

  /** In wei; zero since the merge. */
  static U256 ofBlock(Fork fork) {
    if (fork.atLeast(Fork.PARIS)) {
      return U256.ZERO;
    }
    if (fork.atLeast(Fork.CONSTANTINOPLE)) {
      return ETHER.multiply(U256.of(2));
    }
    return ETHER.multiply(U256.of(fork.atLeast(Fork.BYZANTIUM) ? 3 : 5));
  }

  /** The block's, a 32nd of it more for each uncle, and to each uncle an eighth less a step. */
  static void pay(WorldState state, Fork fork, BlockHeader header, List<BlockHeader> uncles) {
    U256 reward = ofBlock(fork);
    U256 coinbase = reward;
    for (BlockHeader uncle : uncles) {
      long eighths = UNCLE_DEPTH + uncle.number() - header.number();
      state.addBalance(uncle.coinbase(), reward.multiply(U256.of(eighths)).divide(UNCLE_SHARE));
      coinbase = coinbase.add(reward.divide(NEPHEW_SHARE));
    }
    state.addBalance(header.coinbase(), coinbase);
  }
}
