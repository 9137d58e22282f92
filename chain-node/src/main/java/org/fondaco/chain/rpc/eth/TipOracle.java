package org.fondaco.chain.rpc.eth;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.rpc.json.TransactionJson;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction should offer beyond the base fee, in wei a unit of gas: geth's oracle. Of each
 * of the last blocks the three least tips are taken, of all of these the sixtieth percentile.
 */
final class TipOracle {
  private static final int BLOCKS = 20;
  private static final int TIPS_A_BLOCK = 3;
  private static final int PERCENTILE = 60;

  /** Smaller tips are the miner's own doing. */
  private static final U256 IGNORED_BELOW = U256.of(2);

  private static final U256 MOST = U256.of(500_000_000_000L);
  private static final U256 UNTIL_KNOWN = U256.of(1_000_000_000);

  private final Blockchain chain;
  private @Nullable Hash knownAt;
  private U256 known = UNTIL_KNOWN;

  TipOracle(Blockchain chain) {
    this.chain = chain;
  }

  synchronized U256 suggest() {
    BlockHeader head = chain.head();
    Hash hash = head.hash();
    if (knownAt == null || !hash.equals(knownAt)) {
      known = compute(head);
      knownAt = hash;
    }
    return known;
  }

  private U256 compute(BlockHeader head) {
    List<U256> tips = new ArrayList<>();
    long number = head.number();
    // A block that says nothing counts as the last answer, and is worth a look further back.
    int blocks = BLOCKS;
    for (int seen = 0; seen < blocks && number > 0; seen++, number--) {
      List<U256> least = leastTips(number);
      if (least.size() <= 1 && blocks < 2 * BLOCKS) {
        blocks++;
      }
      if (least.isEmpty()) {
        tips.add(known);
      } else {
        tips.addAll(least);
      }
    }
    if (tips.isEmpty()) {
      return known;
    }
    tips.sort(null);
    U256 tip = tips.get((tips.size() - 1) * PERCENTILE / 100);
    return tip.compareTo(MOST) > 0 ? MOST : tip;
  }

  private List<U256> leastTips(long number) {
    Block block = chain.block(number);
    if (block == null) {
      return List.of();
    }
    return block.transactions().stream()
        .map(transaction -> new Offer(transaction, tip(transaction, block.header())))
        .filter(offer -> offer.tip().compareTo(IGNORED_BELOW) >= 0)
        .sorted((a, b) -> a.tip().compareTo(b.tip()))
        .filter(offer -> !Objects.equals(block.header().coinbase(), offer.transaction().sender()))
        .limit(TIPS_A_BLOCK)
        .map(Offer::tip)
        .toList();
  }

  private record Offer(Transaction transaction, U256 tip) {}

  /** What the miner got beyond the base fee. */
  static U256 tip(Transaction transaction, BlockHeader header) {
    U256 price = TransactionJson.effectiveGasPrice(transaction, header.baseFee());
    U256 baseFee = header.baseFee();
    return baseFee == null ? price : price.subtract(baseFee);
  }
}
