package org.fondaco.custody.scan;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fondaco.custody.chain.ChainBlock;
import org.fondaco.custody.chain.CoreBlock;
import org.fondaco.custody.chain.CoreNode;
import org.fondaco.custody.chain.EvmBlock;
import org.fondaco.custody.chain.EvmNode;
import org.fondaco.custody.chain.NodeUnavailable;

/** What following a chain needs of a node of either family, and whether a block can be believed. */
sealed interface ChainSource {

  /** What tells this chain from any other, as its clients state it. */
  String identity();

  long tip();

  Optional<String> blockHash(long height);

  Optional<? extends ChainBlock> block(String hash);

  default String genesis() {
    return blockHash(0).orElseThrow(() -> new NodeUnavailable("the node has no genesis block"));
  }

  /** Bitcoin and its kin. */
  record Core(CoreNode node) implements ChainSource {
    @Override
    public String identity() {
      return "genesis " + genesis();
    }

    @Override
    public long tip() {
      return node.tip();
    }

    @Override
    public Optional<String> blockHash(long height) {
      return node.blockHash(height);
    }

    @Override
    public Optional<CoreBlock> block(String hash) {
      return node.block(hash);
    }
  }

  /** Ethereum and its kin. */
  record Evm(EvmNode node) implements ChainSource {
    @Override
    public String identity() {
      return "chain id " + node.chainId() + ", genesis " + genesis();
    }

    @Override
    public long tip() {
      return node.tip();
    }

    @Override
    public Optional<String> blockHash(long height) {
      return node.blockHash(height);
    }

    @Override
    public Optional<EvmBlock> block(String hash) {
      return node.block(hash);
    }
  }

  /** Why a block is not what was asked for, empty when it is. */
  static Optional<String> fault(ChainBlock block, long height, String hash, String parent) {
    if (!block.hash().equals(hash)) {
      return Optional.of("asked for block " + hash + ", got " + block.hash());
    }
    if (block.height() != height) {
      return Optional.of(
          "block " + hash + " is at height " + height + " and says " + block.height());
    }
    if (!block.parent().equals(parent)) {
      return Optional.of(
          "block %,d (%s) has the parent %s, not %s"
              .formatted(height, hash, block.parent(), parent));
    }
    return switch (block) {
      case CoreBlock core -> fault(core);
      case EvmBlock evm -> fault(evm);
    };
  }

  private static Optional<String> fault(CoreBlock block) {
    Set<String> ids = new HashSet<>();
    for (CoreBlock.Transaction transaction : block.transactions()) {
      if (!ids.add(transaction.txid())) {
        return Optional.of(
            "block " + block.hash() + " has the transaction " + transaction.txid() + " twice");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> fault(EvmBlock block) {
    List<EvmBlock.Transaction> transactions = block.transactions();
    List<EvmBlock.Receipt> receipts = block.receipts();
    if (transactions.size() != receipts.size()) {
      return Optional.of(
          "block %s has %d transactions and %d receipts"
              .formatted(block.hash(), transactions.size(), receipts.size()));
    }
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < receipts.size(); i++) {
      EvmBlock.Receipt receipt = receipts.get(i);
      String id = transactions.get(i).hash();
      if (!receipt.transaction().equals(id)) {
        return Optional.of(
            "receipt %d of block %s is of %s, not of %s"
                .formatted(i, block.hash(), receipt.transaction(), id));
      }
      if (!receipt.blockHash().equals(block.hash())) {
        return Optional.of(
            "the receipt of %s is of block %s, not of %s"
                .formatted(id, receipt.blockHash(), block.hash()));
      }
      if (!ids.add(id)) {
        return Optional.of("block " + block.hash() + " has the transaction " + id + " twice");
      }
    }
    return Optional.empty();
  }
}
