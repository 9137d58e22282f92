package org.fondaco.chain.utxo.pow;

import java.math.BigInteger;

/** What the bits of the header after a tip must be. */
public sealed interface Retarget {
  /** The easiest target. */
  BigInteger limit();

  /**
   * The bits of the next header.
   *
   * @param timeSeconds of the next header; only networks with a minimum rule ask
   */
  int next(HeaderBranch branch, long timeSeconds);

  /** The target never changes: regtest. */
  record Never(BigInteger limit) implements Retarget {
    @Override
    public int next(HeaderBranch branch, long timeSeconds) {
      return branch.bits(branch.tip());
    }
  }

  /**
   * Bitcoin's: every so many blocks the target is scaled by how long they took, at most by four.
   *
   * @param spacingSeconds between two blocks
   * @param intervalBlocks between two changes
   * @param wholePeriod whether the time of the block before the period counts too, which mends
   *     Bitcoin's off-by-one: Litecoin
   * @param minimumAllowed whether a block that comes after twice the spacing may have the easiest
   *     target: test networks
   */
  record Periodic(
      BigInteger limit,
      long spacingSeconds,
      int intervalBlocks,
      boolean wholePeriod,
      boolean minimumAllowed)
      implements Retarget {
    private static final int LIMIT_FACTOR = 4;

    @Override
    public int next(HeaderBranch branch, long timeSeconds) {
      int tip = branch.tip();
      if ((tip + 1) % intervalBlocks != 0) {
        return minimumAllowed ? withMinimum(branch, timeSeconds) : branch.bits(tip);
      }
      int back = wholePeriod && tip + 1 != intervalBlocks ? intervalBlocks : intervalBlocks - 1;
      return scaled(branch.bits(tip), branch.timeSeconds(tip) - branch.timeSeconds(tip - back));
    }

    /** The easiest target after a pause; else the last one that was no exception. */
    private int withMinimum(HeaderBranch branch, long timeSeconds) {
      int tip = branch.tip();
      int easiest = CompactTarget.encode(limit);
      if (timeSeconds > branch.timeSeconds(tip) + 2 * spacingSeconds) {
        return easiest;
      }
      int height = tip;
      while (height > 0 && height % intervalBlocks != 0 && branch.bits(height) == easiest) {
        height--;
      }
      return branch.bits(height);
    }

    /** The target of {@code bits} times how long the period took over how long it should have. */
    int scaled(int bits, long tookSeconds) {
      long should = spacingSeconds * intervalBlocks;
      long took = Math.clamp(tookSeconds, should / LIMIT_FACTOR, should * LIMIT_FACTOR);
      BigInteger target =
          CompactTarget.decode(bits)
              .multiply(BigInteger.valueOf(took))
              .divide(BigInteger.valueOf(should));
      return CompactTarget.encode(target.min(limit));
    }
  }

  /**
   * Bitcoin Cash: Bitcoin's rule with an emergency adjustment, then a moving average of 144 blocks,
   * then ASERT (aserti3-2d), each from a height on.
   *
   * @param forkHeight the last block in common with Bitcoin
   * @param averageHeight the last block before the moving average
   * @param anchor from which ASERT counts
   */
  record BitcoinCash(Periodic first, int forkHeight, int averageHeight, Asert anchor)
      implements Retarget {
    private static final int AVERAGE_BLOCKS = 144;
    private static final int EMERGENCY_BLOCKS = 6;
    private static final long EMERGENCY_SECONDS = 12 * 3600;
    private static final BigInteger RANGE = BigInteger.ONE.shiftLeft(256);

    @Override
    public BigInteger limit() {
      return first.limit();
    }

    @Override
    public int next(HeaderBranch branch, long timeSeconds) {
      int tip = branch.tip();
      if (tip >= anchor.height()) {
        return anchor.next(branch, timeSeconds);
      }
      if (tip >= averageHeight) {
        return average(branch);
      }
      return tip >= forkHeight ? emergency(branch, timeSeconds) : first.next(branch, timeSeconds);
    }

    /** Six blocks that took twelve hours make the target a quarter easier. */
    private int emergency(HeaderBranch branch, long timeSeconds) {
      int tip = branch.tip();
      int bits = branch.bits(tip);
      if ((tip + 1) % first.intervalBlocks() == 0
          || bits == CompactTarget.encode(limit())
          || branch.medianTimePast(tip) - branch.medianTimePast(tip - EMERGENCY_BLOCKS)
              < EMERGENCY_SECONDS) {
        return first.next(branch, timeSeconds);
      }
      BigInteger target = CompactTarget.decode(bits);
      return CompactTarget.encode(target.add(target.shiftRight(2)).min(limit()));
    }

    /** The work of a day's blocks over the time they took: "cw-144", November 2017. */
    private int average(HeaderBranch branch) {
      int last = middleOfThree(branch, branch.tip());
      int before = middleOfThree(branch, branch.tip() - AVERAGE_BLOCKS);
      long spacing = first.spacingSeconds();
      long took =
          Math.clamp(
              branch.timeSeconds(last) - branch.timeSeconds(before),
              AVERAGE_BLOCKS / 2 * spacing,
              AVERAGE_BLOCKS * 2 * spacing);
      BigInteger work =
          branch
              .chainWork(last)
              .subtract(branch.chainWork(before))
              .multiply(BigInteger.valueOf(spacing))
              .divide(BigInteger.valueOf(took));
      return CompactTarget.encode(RANGE.subtract(work).divide(work).min(limit()));
    }

    /** Of a block and the two before it the one whose time is in the middle. */
    private static int middleOfThree(HeaderBranch branch, int height) {
      int a = height - 2;
      int b = height - 1;
      int c = height;
      if (branch.timeSeconds(a) > branch.timeSeconds(c)) {
        int swap = a;
        a = c;
        c = swap;
      }
      if (branch.timeSeconds(a) > branch.timeSeconds(b)) {
        int swap = a;
        a = b;
        b = swap;
      }
      return branch.timeSeconds(b) > branch.timeSeconds(c) ? c : b;
    }
  }

  /**
   * ASERT in integers (aserti3-2d, Bitcoin Cash, November 2020): the target grows by two for every
   * half-life that the chain is behind its schedule.
   *
   * @param height of the anchor block
   * @param parentTimeSeconds of the block before the anchor
   * @param bits of the anchor block
   */
  record Asert(
      BigInteger limit,
      int height,
      long parentTimeSeconds,
      int bits,
      long spacingSeconds,
      long halfLifeSeconds,
      boolean minimumAllowed)
      implements Retarget {
    private static final int RADIX_BITS = 16;

    @Override
    public int next(HeaderBranch branch, long timeSeconds) {
      int tip = branch.tip();
      if (minimumAllowed && timeSeconds > branch.timeSeconds(tip) + 2 * spacingSeconds) {
        return CompactTarget.encode(limit);
      }
      return at(branch.timeSeconds(tip) - parentTimeSeconds, tip - height);
    }

    /** The bits after a block so many seconds and blocks from the anchor. */
    int at(long seconds, long blocks) {
      long exponent =
          (seconds - spacingSeconds * (blocks + 1)) * (1 << RADIX_BITS) / halfLifeSeconds;
      int shift = Math.toIntExact(exponent >> RADIX_BITS);
      BigInteger fraction = BigInteger.valueOf(exponent & (1 << RADIX_BITS) - 1);
      // 2^x for 0 <= x < 1 as a polynomial of third degree, times 2^16.
      BigInteger factor =
          BigInteger.valueOf(195_766_423_245_049L)
              .multiply(fraction)
              .add(BigInteger.valueOf(971_821_376L).multiply(fraction.pow(2)))
              .add(BigInteger.valueOf(5_127L).multiply(fraction.pow(3)))
              .add(BigInteger.ONE.shiftLeft(47))
              .shiftRight(48)
              .add(BigInteger.ONE.shiftLeft(RADIX_BITS));
      BigInteger target = CompactTarget.decode(bits).multiply(factor).shiftLeft(shift - RADIX_BITS);
      return CompactTarget.encode(target.max(BigInteger.ONE).min(limit));
    }
  }

  /**
   * Every block: the average target of the last 24 over how long they took, at most by three ("Dark
   * Gravity Wave" 3).
   */
  record EveryBlock(BigInteger limit, long spacingSeconds) implements Retarget {
    private static final int BLOCKS = 24;
    private static final int LIMIT_FACTOR = 3;

    @Override
    public int next(HeaderBranch branch, long timeSeconds) {
      int tip = branch.tip();
      if (tip < BLOCKS) {
        return CompactTarget.encode(limit);
      }
      BigInteger average = BigInteger.ZERO;
      for (int i = 0; i < BLOCKS; i++) {
        // Its authors' running average weighs the newest double; chains in use have it so.
        BigInteger target = CompactTarget.decode(branch.bits(tip - i));
        average =
            i == 0
                ? target
                : average
                    .multiply(BigInteger.valueOf(i + 1))
                    .add(target)
                    .divide(BigInteger.valueOf(i + 2));
      }
      long should = BLOCKS * spacingSeconds;
      long took =
          Math.clamp(
              branch.timeSeconds(tip) - branch.timeSeconds(tip - BLOCKS + 1),
              should / LIMIT_FACTOR,
              should * LIMIT_FACTOR);
      return CompactTarget.encode(
          average.multiply(BigInteger.valueOf(took)).divide(BigInteger.valueOf(should)).min(limit));
    }
  }
}
