package org.fondaco.chain.mining;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.execution.BaseFee;
import org.fondaco.chain.execution.BlockExecution;
import org.fondaco.chain.execution.DaoFork;
import org.fondaco.chain.fork.ChainConfig;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.pool.TransactionPool;
import org.fondaco.chain.seal.ProofOfWork;
import org.fondaco.chain.transition.Outcome;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;

/** Puts the best paying transactions into a block after the head. Safe for any thread. */
final class BlockBuilder {
  private static final long GAS_LIMIT_MIN = 5_000;
  private static final long GAS_LIMIT_DIVISOR = 1_024;
  private static final byte[] DAO_MARK = DaoFork.MARK.getBytes(StandardCharsets.US_ASCII);

  private final Blockchain chain;
  private final TransactionPool pool;
  private final InstantSource clock;

  BlockBuilder(Blockchain chain, TransactionPool pool, InstantSource clock) {
    this.chain = chain;
    this.pool = pool;
    this.clock = clock;
  }

  /**
   * What the miner's user decides.
   *
   * @param extraData must not be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // read only
  record Template(Address coinbase, byte[] extraData, long gasCeiling) {}

  /** A block without its seal, and what is left of executing it. */
  record Built(BlockExecution execution, Block block) {}

  /**
   * Builds and executes a block.
   *
   * @param uncles valid ones for this parent
   * @throws IllegalStateException if a beacon chain would have to propose this block
   */
  Built build(BlockHeader parent, Template template, List<BlockHeader> uncles) {
    BlockHeader header = header(parent, template);
    BlockExecution execution = chain.begin(header);
    fill(execution, pool.byPrice(header.baseFee()));
    return new Built(execution, execution.finish(uncles, null));
  }

  /** The earliest time that a block after this one may have, in seconds. */
  long earliest(BlockHeader parent) {
    return parent.timestamp() + (chain.engine().equalTimestamps() ? 0 : 1);
  }

  private BlockHeader header(BlockHeader parent, Template template) {
    ChainConfig config = chain.config();
    long number = parent.number() + 1;
    long timestamp = Math.max(clock.instant().getEpochSecond(), earliest(parent));
    boolean parentUncles = !parent.unclesHash().equals(BlockHeader.NO_UNCLES);
    U256 difficulty = chain.engine().difficulty(parent, parentUncles, timestamp);
    Fork fork = config.fork(number, timestamp, difficulty);
    if (fork.atLeast(Fork.PARIS)) {
      throw new IllegalStateException("a beacon chain proposes block " + number + ", no miner");
    }
    boolean london = fork.atLeast(Fork.LONDON);
    return new BlockHeader(
        parent.hash(),
        BlockHeader.NO_UNCLES,
        template.coinbase(),
        Hash.ZERO,
        Hash.ZERO,
        Hash.ZERO,
        new byte[BlockHeader.BLOOM_BYTES],
        difficulty,
        number,
        gasLimit(parent, london, template.gasCeiling()),
        0,
        timestamp,
        config.wantsDaoMark(number) ? DAO_MARK : template.extraData(),
        mixHash(parent),
        0,
        london ? BaseFee.next(parent) : null,
        null,
        null,
        null,
        null);
  }

  /**
   * Work finds its mix hash. Without work it is what PREVRANDAO reads (EIP-4399), so it must differ
   * from block to block; it is no secret before the block.
   */
  private Hash mixHash(BlockHeader parent) {
    return chain.engine() instanceof ProofOfWork ? Hash.ZERO : Keccak.hash(parent.hash().toBytes());
  }

  /** Moves by less than a 1,024th of the parent's towards the ceiling (yellow paper, 4.4.4). */
  static long gasLimit(BlockHeader parent, boolean london, long ceiling) {
    long before = parent.gasLimit();
    if (london && parent.baseFee() == null) { // EIP-1559: the first of London doubles it
      before *= BaseFee.ELASTICITY;
    }
    long step = Math.max(0, before / GAS_LIMIT_DIVISOR - 1);
    long wanted = Math.max(ceiling, GAS_LIMIT_MIN);
    return Math.clamp(wanted, before - step, before + step);
  }

  /** Applies transactions until the gas does not suffice for any. */
  private static void fill(
      BlockExecution execution, List<TransactionPool.Executable> transactions) {
    Set<Address> done = new HashSet<>();
    for (TransactionPool.Executable next : transactions) {
      if (execution.gasLeft() < Rules.TRANSACTION) {
        return;
      }
      if (done.contains(next.sender())) {
        continue; // one of the account's did not go in, so its later ones cannot
      }
      switch (execution.apply(next.transaction(), next.sender())) {
        case BlockExecution.Applied.Included _ -> {}
        case BlockExecution.Applied.Refused(String reason) -> {
          // The pool has not heard of this head yet: what is mined is passed over.
          if (!reason.equals(Outcome.Reason.NONCE_TOO_LOW.name())) {
            done.add(next.sender());
          }
        }
      }
    }
  }
}
