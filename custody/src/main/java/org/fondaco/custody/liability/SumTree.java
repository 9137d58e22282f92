package org.fondaco.custody.liability;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A Merkle sum tree over leaves in a given order. */
public final class SumTree {
  /** Unsigned, first byte first. */
  static final Comparator<SumNode> BY_HASH =
      (one, other) -> Arrays.compareUnsigned(one.hash(), other.hash());

  private static final int HASHED_AT_ONCE = 4_096;

  private final List<List<SumNode>> levels = new ArrayList<>();

  /**
   * Builds the tree.
   *
   * @throws ArithmeticException when the total is beyond a long
   */
  public SumTree(List<SumNode> leaves) {
    List<SumNode> level = leaves.isEmpty() ? List.of(SumNode.NOTHING) : List.copyOf(leaves);
    levels.add(level);
    while (level.size() > 1) {
      level = above(level);
      levels.add(level);
    }
  }

  /** Large levels by all processors. */
  private static List<SumNode> above(List<SumNode> level) {
    SumNode[] above = new SumNode[(level.size() + 1) / 2];
    IntStream chunks = IntStream.range(0, Math.ceilDiv(above.length, HASHED_AT_ONCE));
    (above.length > HASHED_AT_ONCE ? chunks.parallel() : chunks)
        .forEach(chunk -> {
          MessageDigest digest = SumNode.sha256();
          int end = Math.min(above.length, (chunk + 1) * HASHED_AT_ONCE);
          for (int i = chunk * HASHED_AT_ONCE; i < end; i++) {
            int right = 2 * i + 1;
            above[i] =
                SumNode.parent(
                    digest,
                    level.get(2 * i),
                    right < level.size() ? level.get(right) : SumNode.NOTHING);
          }
        });
    return List.of(above);
  }

  public SumNode root() {
    return levels.getLast().getFirst();
  }

  /** How many leaves it was made of. */
  int size() {
    return root().equals(SumNode.NOTHING) ? 0 : levels.getFirst().size();
  }

  /**
   * The place of a leaf among leaves that are in the order of {@link #BY_HASH}.
   *
   * @throws IllegalStateException when it is not there
   */
  int place(SumNode leaf) {
    int place = Collections.binarySearch(levels.getFirst(), leaf, BY_HASH);
    if (place < 0) {
      throw new IllegalStateException("the tree has no such leaf");
    }
    return place;
  }

  /** The siblings on the way from a leaf to the root. */
  public List<Step> path(int leaf) {
    List<Step> path = new ArrayList<>();
    int index = leaf;
    for (List<SumNode> level : levels.subList(0, levels.size() - 1)) {
      int sibling = index ^ 1;
      SumNode node = sibling < level.size() ? level.get(sibling) : SumNode.NOTHING;
      path.add(new Step(sibling < index, node));
      index /= 2;
    }
    return path;
  }

  /**
   * A sibling.
   *
   * @param left it stands left of the way
   */
  public record Step(boolean left, SumNode sibling) {}

  /** Where a path leads from a leaf. */
  public static SumNode follow(SumNode leaf, List<Step> path) {
    SumNode node = leaf;
    for (Step step : path) {
      node =
          step.left() ? SumNode.parent(step.sibling(), node) : SumNode.parent(node, step.sibling());
    }
    return node;
  }
}
