package org.fondaco.api.demo;

import java.util.random.RandomGenerator;

/** A fair price in ticks that wanders, and is drawn back to where it began. Integers only. */
final class RandomWalk {

  /** A step is at most this part of the anchor, one basis point. */
  private static final long STEP_PART = 10_000;

  /** A thousandth of the way home each step: the walk stays within some per cent of its anchor. */
  private static final long PULL_PART = 1_000;

  private final RandomGenerator random;
  private final long anchorTicks;
  private final long stepTicksMax;
  private long ticks;

  /**
   * @param startTicks where to go on; taken into the range of half to twice the anchor
   */
  RandomWalk(RandomGenerator random, long anchorTicks, long startTicks) {
    this.random = random;
    this.anchorTicks = anchorTicks;
    this.stepTicksMax = Math.max(1, anchorTicks / STEP_PART);
    this.ticks = Math.clamp(startTicks, anchorTicks / 2, anchorTicks * 2);
  }

  long ticks() {
    return ticks;
  }

  void step() {
    long pull = (anchorTicks - ticks) / PULL_PART;
    ticks += random.nextLong(-stepTicksMax, stepTicksMax + 1) + pull;
  }
}
