package org.fondaco.chain.mining;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.word.Hash;

/**
 * Blocks that lost their race and can still be paid for as uncles (yellow paper, 11.1). Safe for
 * any thread.
 */
final class Uncles {
  private static final int BLOCK_MAX = 2;

  /** An uncle's parent is the block's second to seventh ancestor. */
  private static final int GENERATIONS = 7;

  private static final int KEPT_MAX = 64;

  private final Blockchain chain;
  private final Map<Hash, BlockHeader> candidates =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash, BlockHeader> eldest) {
          return size() > KEPT_MAX;
        }
      };

  Uncles(Blockchain chain) {
    this.chain = chain;
  }

  /** A valid block is not, or no longer, on the chain. */
  synchronized void lost(BlockHeader header) {
    candidates.put(header.hash(), header);
  }

  /** At most two for the block after {@code parent}. */
  synchronized List<BlockHeader> choose(BlockHeader parent) {
    if (candidates.isEmpty()) {
      return List.of();
    }
    Map<Hash, BlockHeader> ancestors = new HashMap<>();
    Set<Hash> taken = new HashSet<>();
    Hash next = parent.hash();
    for (int i = 0; i < GENERATIONS; i++) {
      Block ancestor = chain.block(next);
      if (ancestor == null) {
        break;
      }
      ancestors.put(next, ancestor.header());
      ancestor.uncles().forEach(uncle -> taken.add(uncle.hash()));
      next = ancestor.header().parentHash();
    }
    candidates.values().removeIf(each -> each.number() + GENERATIONS <= parent.number());
    List<BlockHeader> chosen = new ArrayList<>();
    candidates.forEach((hash, header) -> {
      boolean fits =
          ancestors.containsKey(header.parentHash())
              && !header.parentHash().equals(parent.hash())
              && !ancestors.containsKey(hash)
              && !taken.contains(hash);
      if (fits && chosen.size() < BLOCK_MAX) {
        chosen.add(header);
      }
    });
    return chosen;
  }
}
