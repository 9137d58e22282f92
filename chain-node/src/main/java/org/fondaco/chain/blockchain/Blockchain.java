package org.fondaco.chain.blockchain;

import java.util.List;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.block.Receipt;
import org.fondaco.chain.evm.BlockContext;
import org.fondaco.chain.execution.BlockExecution;
import org.fondaco.chain.fork.ChainConfig;
import org.fondaco.chain.seal.SealEngine;
import org.fondaco.chain.state.StateSource;
import org.fondaco.chain.trie.NodeStore;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * Every block that this node knows, and the chain of most total difficulty among them. A block that
 * {@link #insert} has taken survives kill -9 together with its state. Reads are safe for any thread
 * and see one head at a time; inserts wait for each other.
 */
public interface Blockchain extends AutoCloseable {
  ChainConfig config();

  SealEngine engine();

  BlockHeader genesis();

  /** The last block of the chain; its state is there. */
  BlockHeader head();

  /** A header by hash, on the chain or beside it. */
  @Nullable BlockHeader header(Hash hash);

  /** The chain's header at a height. */
  @Nullable BlockHeader header(long number);

  /** A block by hash, on the chain or beside it. */
  @Nullable Block block(Hash hash);

  /** The chain's block at a height. */
  @Nullable Block block(long number);

  /** Null if the block is unknown, or beside the chain and never executed. */
  @Nullable List<Receipt> receipts(Hash blockHash);

  /** The sum of difficulties from the genesis up to and with this block; null if unknown. */
  @Nullable U256 totalDifficulty(Hash blockHash);

  /** Where the chain holds a transaction; null if it does not. */
  @Nullable Location locate(Hash transaction);

  /**
   * The state of a root.
   *
   * @throws org.fondaco.chain.trie.MissingNodeException at once, if the root is not kept
   */
  StateSource state(Hash stateRoot);

  /** The nodes of state and storage tries, for proofs. */
  NodeStore nodes();

  /**
   * Begins a block on the state after its parent, to run transactions in and to finish; nothing of
   * it is kept unless the finished block is inserted.
   *
   * @param header its parent, number, coinbase, difficulty, gas limit, timestamp, extra data, mix
   *     hash, base fee and later forks' fields count
   * @throws IllegalArgumentException if the parent is unknown
   * @throws org.fondaco.chain.trie.MissingNodeException if the parent's state was pruned
   */
  BlockExecution begin(BlockHeader header);

  /** What the machine is told of a block, on the chain, beside it or to be built. */
  BlockContext context(BlockHeader header);

  /** Checks, executes and keeps a block, and makes it the head if its chain is the heaviest. */
  Insertion insert(Block block);

  /**
   * The same for a block that this node has just built and sealed; may use what building it left.
   */
  Insertion insertSealed(Block block);

  /** Listeners hear of every change of the head, in order, on the thread that inserted. */
  void listen(ChainListener listener);

  @Override
  void close();

  /** A transaction's place. */
  record Location(Hash blockHash, long blockNumber, int index) {}

  /** Hears of the chain's changes; must return quickly and must not insert. */
  interface ChainListener {
    /**
     * The head is another.
     *
     * @param removed blocks that are no longer on the chain, the highest first
     * @param added blocks that now are, the lowest first; the last is the head
     */
    void headChanged(List<Block> removed, List<Block> added);
  }

  /** What became of a block. */
  sealed interface Insertion {
    /** It is the head now. */
    record Head() implements Insertion {}

    /** Kept beside the chain: another is heavier. */
    record Side() implements Insertion {}

    /** It was there. */
    record Known() implements Insertion {}

    /** Not kept: the parent is unknown. */
    record UnknownParent() implements Insertion {}

    /** Not kept: it breaks a rule, which the reason names. */
    record Invalid(String reason) implements Insertion {}
  }
}
