package org.fondaco.chain.blockchain;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.execution.BaseFee;
import org.fondaco.chain.execution.DaoFork;
import org.fondaco.chain.fork.ChainConfig;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.seal.SealEngine;
import org.fondaco.chain.transition.BlobGas;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/** What a header must be after its parent's (yellow paper, 4.4.4). Every reason names its field. */
final class HeaderRules {
  private static final int EXTRA_BYTES_MAX = 32;
  private static final long GAS_LIMIT_MIN = 5_000;
  private static final long GAS_LIMIT_DIVISOR = 1_024;
  private static final byte[] DAO_MARK = DaoFork.MARK.getBytes(StandardCharsets.US_ASCII);

  private final ChainConfig config;
  private final SealEngine engine;

  HeaderRules(ChainConfig config, SealEngine engine) {
    this.config = config;
    this.engine = engine;
  }

  /**
   * What is wrong with a header; null if nothing.
   *
   * @param merged whether proof of work has ended before this block
   */
  @Nullable String check(BlockHeader parent, BlockHeader header, boolean merged) {
    if (header.number() != parent.number() + 1) {
      return "number: " + header.number() + " after " + parent.number();
    }
    boolean later =
        engine.equalTimestamps() && !merged
            ? header.timestamp() >= parent.timestamp()
            : header.timestamp() > parent.timestamp();
    if (!later) {
      return "timestamp: " + header.timestamp() + " after " + parent.timestamp();
    }
    String wrong = merged ? checkMerged(header) : checkDifficulty(parent, header);
    if (wrong == null) {
      wrong = checkExtraData(header);
    }
    // The fork may be asked for only now that the difficulty is known to be right.
    Fork fork = config.fork(header.number(), header.timestamp(), header.difficulty());
    if (wrong == null) {
      wrong = checkGas(parent, header, fork);
    }
    if (wrong == null) {
      wrong = checkForm(parent, header, fork);
    }
    return wrong == null && !merged ? engine.check(header) : wrong;
  }

  /** EIP-3675. */
  private static @Nullable String checkMerged(BlockHeader header) {
    if (!header.difficulty().isZero()) {
      return "difficulty: " + header.difficulty() + " after the merge";
    }
    if (header.nonce() != 0) {
      return "nonce: not 0 after the merge";
    }
    return header.unclesHash().equals(BlockHeader.NO_UNCLES)
        ? null
        : "unclesHash: uncles after the merge";
  }

  private @Nullable String checkDifficulty(BlockHeader parent, BlockHeader header) {
    boolean parentUncles = !parent.unclesHash().equals(BlockHeader.NO_UNCLES);
    U256 expected = engine.difficulty(parent, parentUncles, header.timestamp());
    return header.difficulty().equals(expected)
        ? null
        : "difficulty: " + header.difficulty() + ", not " + expected;
  }

  private @Nullable String checkExtraData(BlockHeader header) {
    if (header.extraData().length > EXTRA_BYTES_MAX) {
      return "extraData: " + header.extraData().length + " bytes";
    }
    boolean marked = Arrays.equals(header.extraData(), DAO_MARK);
    if (config.wantsDaoMark(header.number()) && !marked) {
      return "extraData: not " + DaoFork.MARK;
    }
    return config.refusesDaoMark(header.number()) && marked
        ? "extraData: " + DaoFork.MARK + " on a chain without that fork"
        : null;
  }

  private static @Nullable String checkGas(BlockHeader parent, BlockHeader header, Fork fork) {
    if (header.gasUsed() > header.gasLimit()) {
      return "gasUsed: " + header.gasUsed() + " of " + header.gasLimit();
    }
    boolean firstOfLondon = fork.atLeast(Fork.LONDON) && parent.baseFee() == null;
    long before = parent.gasLimit();
    if (firstOfLondon) {
      before = Math.min(before, Long.MAX_VALUE / BaseFee.ELASTICITY) * BaseFee.ELASTICITY;
    }
    boolean steady = Math.abs(header.gasLimit() - before) < before / GAS_LIMIT_DIVISOR;
    return steady && header.gasLimit() >= GAS_LIMIT_MIN
        ? null
        : "gasLimit: " + header.gasLimit() + " after " + before;
  }

  /** The fields that forks appended are there from their fork on, and not before. */
  private static @Nullable String checkForm(BlockHeader parent, BlockHeader header, Fork fork) {
    U256 baseFee = header.baseFee();
    if (fork.atLeast(Fork.LONDON) != (baseFee != null)) {
      return "baseFee: " + (baseFee == null ? "missing" : "before London");
    }
    if (baseFee != null && !baseFee.equals(BaseFee.next(parent))) {
      return "baseFee: " + baseFee + ", not " + BaseFee.next(parent);
    }
    if (fork.atLeast(Fork.SHANGHAI) != (header.withdrawalsRoot() != null)) {
      return "withdrawalsRoot: " + (fork.atLeast(Fork.SHANGHAI) ? "missing" : "before Shanghai");
    }
    Long blobGasUsed = header.blobGasUsed();
    Long excess = header.excessBlobGas();
    if (blobGasUsed == null || excess == null || header.parentBeaconRoot() == null) {
      return fork.atLeast(Fork.CANCUN) ? "parentBeaconRoot: missing with the blob gas" : null;
    }
    return fork.atLeast(Fork.CANCUN)
        ? checkBlobGas(parent, blobGasUsed, excess)
        : "blobGasUsed: before Cancun";
  }

  /** EIP-4844. */
  private static @Nullable String checkBlobGas(BlockHeader parent, long used, long excess) {
    if (used > BlobGas.MAX || used % Rules.BLOB != 0) {
      return "blobGasUsed: " + used;
    }
    Long parentExcess = parent.excessBlobGas();
    Long parentUsed = parent.blobGasUsed();
    long expected =
        BlobGas.excess(
            parentExcess == null ? 0 : parentExcess, parentUsed == null ? 0 : parentUsed);
    return excess == expected ? null : "excessBlobGas: " + excess + ", not " + expected;
  }
}
