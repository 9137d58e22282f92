package org.fondaco.chain.blockchain;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.block.Withdrawal;
import org.fondaco.chain.execution.ListRoot;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/** What a block's lists must be, apart from what executing them shows. */
final class BodyRules {
  private static final int UNCLES_MAX = 2;

  /** An uncle's parent is an ancestor of the block, the seventh at most. */
  private static final int UNCLE_GENERATIONS = 7;

  private final HeaderRules headerRules;
  private final Function<Hash, @Nullable Block> blocks;

  /** Finds ancestors with {@code blocks}. */
  BodyRules(HeaderRules headerRules, Function<Hash, @Nullable Block> blocks) {
    this.headerRules = headerRules;
    this.blocks = blocks;
  }

  /** What is wrong with the lists of a block whose header is right; null if nothing. */
  @Nullable String check(Block block) {
    BlockHeader header = block.header();
    if (!ListRoot.ofUncles(block.uncles()).equals(header.unclesHash())) {
      return "unclesHash: not that of the uncles";
    }
    if (!ListRoot.ofTransactions(block.transactions()).equals(header.transactionsRoot())) {
      return "transactionsRoot: not that of the transactions";
    }
    List<Withdrawal> withdrawals = block.withdrawals();
    if ((withdrawals == null) != (header.withdrawalsRoot() == null)) {
      return "withdrawalsRoot: with and without withdrawals";
    }
    if (withdrawals != null
        && !ListRoot.ofWithdrawals(withdrawals).equals(header.withdrawalsRoot())) {
      return "withdrawalsRoot: not that of the withdrawals";
    }
    return block.uncles().isEmpty() ? null : checkUncles(block);
  }

  private @Nullable String checkUncles(Block block) {
    if (block.uncles().size() > UNCLES_MAX) {
      return "uncles: " + block.uncles().size();
    }
    Map<Hash, BlockHeader> ancestors = new HashMap<>();
    Set<Hash> taken = new HashSet<>();
    taken.add(block.hash());
    Hash next = block.header().parentHash();
    for (int i = 0; i < UNCLE_GENERATIONS; i++) {
      Block ancestor = blocks.apply(next);
      if (ancestor == null) {
        break;
      }
      ancestors.put(next, ancestor.header());
      ancestor.uncles().forEach(uncle -> taken.add(uncle.hash()));
      next = ancestor.header().parentHash();
    }
    for (BlockHeader uncle : block.uncles()) {
      String wrong = checkUncle(block, uncle, ancestors, taken);
      if (wrong != null) {
        return "uncles: " + wrong;
      }
    }
    return null;
  }

  private @Nullable String checkUncle(
      Block block, BlockHeader uncle, Map<Hash, BlockHeader> ancestors, Set<Hash> taken) {
    Hash hash = uncle.hash();
    if (!taken.add(hash)) {
      return hash + " is an uncle already";
    }
    if (ancestors.containsKey(hash)) {
      return hash + " is an ancestor";
    }
    BlockHeader parent = ancestors.get(uncle.parentHash());
    if (parent == null || uncle.parentHash().equals(block.header().parentHash())) {
      return hash + " is no child of an ancestor from the second to the seventh";
    }
    return headerRules.check(parent, uncle, false);
  }
}
