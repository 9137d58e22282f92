package org.fondaco.chain.mining;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.seal.ProofOfWork;
import org.jspecify.annotations.Nullable;

/** Turns what was built into blocks of the chain. Safe for any thread. */
final class Sealing {
  private static final System.Logger LOG = System.getLogger(Sealing.class.getName());

  private final Blockchain chain;
  private final Uncles uncles;

  Sealing(Blockchain chain, Uncles uncles) {
    this.chain = chain;
    this.uncles = uncles;
  }

  /** Uncles for the block after a parent; none where blocks pay no reward. */
  List<BlockHeader> uncles(BlockHeader parent) {
    return chain.engine().paysRewards() ? uncles.choose(parent) : List.of();
  }

  /**
   * Inserts a block with its seal; null if another head came first.
   *
   * @throws IllegalStateException if the chain refuses it: this node builds or checks wrongly
   */
  @Nullable Block keep(BlockBuilder.Built built, BlockHeader sealed) {
    Block block =
        new Block(
            sealed,
            new ArrayList<>(built.block().transactions()),
            built.block().uncles(),
            built.block().withdrawals());
    return switch (chain.insertSealed(block)) {
      case Blockchain.Insertion.Head _ -> {
        // Instant blocks can be hundreds a second.
        LOG.log(
            chain.engine().paysRewards() ? System.Logger.Level.INFO : System.Logger.Level.DEBUG,
            () ->
                "Successfully sealed new block number="
                    + block.number()
                    + " hash="
                    + sealed.hash()
                    + rate());
        yield block;
      }
      case Blockchain.Insertion.Side _ -> {
        uncles.lost(sealed);
        yield null;
      }
      case Blockchain.Insertion.Known _ -> null;
      case Blockchain.Insertion.UnknownParent _ ->
          throw new IllegalStateException("the parent of block " + block.number() + " is gone");
      case Blockchain.Insertion.Invalid(String reason) ->
          throw new IllegalStateException(
              "this node's own block " + block.number() + " is invalid: " + reason);
    };
  }

  /** Hashes a second, where sealing takes hashes. */
  private String rate() {
    return chain.engine() instanceof ProofOfWork work ? " hashrate=" + work.hashRate() + "/s" : "";
  }
}
