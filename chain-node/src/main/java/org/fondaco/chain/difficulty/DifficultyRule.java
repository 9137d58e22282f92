package org.fondaco.chain.difficulty;

import java.math.BigInteger;

/** The formula of a block's difficulty from its parent's, by fork. */
public enum DifficultyRule {
  /** Yellow paper of Frontier: one step up or down at 13 seconds. */
  FRONTIER(0),
  /** EIP-2. */
  HOMESTEAD(0),
  /** EIP-100 counts uncles; EIP-649 delays the bomb. */
  BYZANTIUM(3_000_000),
  /** EIP-1234. */
  CONSTANTINOPLE(5_000_000),
  /** EIP-2384. */
  MUIR_GLACIER(9_000_000),
  /** EIP-3554. */
  LONDON(9_700_000),
  /** EIP-4345. */
  ARROW_GLACIER(10_700_000),
  /** EIP-5133. */
  GRAY_GLACIER(11_400_000);

  /** No block is easier, whatever the formula gives. */
  public static final BigInteger MINIMUM = BigInteger.valueOf(131_072);

  private static final BigInteger BOUND_DIVISOR = BigInteger.valueOf(2_048);
  private static final long FRONTIER_STEP_SECONDS = 13;
  private static final long HOMESTEAD_STEP_SECONDS = 10;
  private static final long BYZANTIUM_STEP_SECONDS = 9;
  private static final long STEPS_DOWN_MAX = 99;
  private static final long BOMB_PERIOD_BLOCKS = 100_000;

  private final long bombDelayBlocks;

  DifficultyRule(long bombDelayBlocks) {
    this.bombDelayBlocks = bombDelayBlocks;
  }

  /**
   * The difficulty of the block after a parent. The minimum holds after the bomb, as the yellow
   * paper, execution-specs and the official tests have it. geth applies it before: the two differ
   * only where a chain is at the minimum and beyond its 200,000th block.
   *
   * @param number of the block
   * @param timestamp of the block, in seconds, not before the parent's; both unsigned
   * @param parentUncles whether the parent has uncles; only Byzantium and later ask
   */
  public BigInteger next(
      long number,
      long timestamp,
      BigInteger parentDifficulty,
      long parentTimestamp,
      boolean parentUncles) {
    long steps = steps(timestamp - parentTimestamp, parentUncles);
    BigInteger adjusted =
        parentDifficulty.add(
            parentDifficulty.divide(BOUND_DIVISOR).multiply(BigInteger.valueOf(steps)));
    long period = Math.max(0, number - bombDelayBlocks) / BOMB_PERIOD_BLOCKS;
    BigInteger bomb =
        period > 1 ? BigInteger.ONE.shiftLeft(Math.toIntExact(period - 2)) : BigInteger.ZERO;
    return adjusted.add(bomb).max(MINIMUM);
  }

  private long steps(long seconds, boolean parentUncles) {
    return switch (this) {
      case FRONTIER -> seconds < FRONTIER_STEP_SECONDS ? 1 : -1;
      case HOMESTEAD -> Math.max(1 - seconds / HOMESTEAD_STEP_SECONDS, -STEPS_DOWN_MAX);
      case BYZANTIUM, CONSTANTINOPLE, MUIR_GLACIER, LONDON, ARROW_GLACIER, GRAY_GLACIER ->
          Math.max((parentUncles ? 2 : 1) - seconds / BYZANTIUM_STEP_SECONDS, -STEPS_DOWN_MAX);
    };
  }
}
