package org.fondaco.chain.trie;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Walks a trie in the order of its keys, past the subtrees that cannot hold the answer. */
final class Neighbours {
  private static final byte[] TOP = new byte[0];

  private final UnaryOperator<Node> read;
  private final byte[] target;

  Neighbours(UnaryOperator<Node> read, byte[] target) {
    this.read = read;
    this.target = target;
  }

  byte @Nullable [] above(@Nullable Node root) {
    return first(root, TOP);
  }

  byte @Nullable [] below(@Nullable Node root) {
    return last(root, TOP);
  }

  private byte @Nullable [] first(@Nullable Node reference, byte[] prefix) {
    if (reference == null || wholly(prefix) < 0) {
      return null;
    }
    return switch (read.apply(reference)) {
      case Node.Leaf leaf -> key(Nibbles.join(prefix, leaf.path), 1);
      case Node.Extension extension -> first(extension.child, Nibbles.join(prefix, extension.path));
      case Node.Branch branch -> {
        byte[] found = branch.value == null ? null : key(prefix, 1);
        for (int i = 0; i < Node.BRANCHES && found == null; i++) {
          found = first(branch.children[i], Nibbles.join(prefix, i));
        }
        yield found;
      }
      case Node.Stored stored -> throw new IllegalStateException("not read: " + stored.hash);
    };
  }

  private byte @Nullable [] last(@Nullable Node reference, byte[] prefix) {
    if (reference == null || wholly(prefix) > 0) {
      return null;
    }
    return switch (read.apply(reference)) {
      case Node.Leaf leaf -> key(Nibbles.join(prefix, leaf.path), -1);
      case Node.Extension extension -> last(extension.child, Nibbles.join(prefix, extension.path));
      case Node.Branch branch -> {
        byte[] found = null;
        for (int i = Node.BRANCHES - 1; i >= 0 && found == null; i--) {
          found = last(branch.children[i], Nibbles.join(prefix, i));
        }
        yield found == null && branch.value != null ? key(prefix, -1) : found;
      }
      case Node.Stored stored -> throw new IllegalStateException("not read: " + stored.hash);
    };
  }

  /** The side of the target on which all keys below a prefix are; 0 if they may be on both. */
  private int wholly(byte[] prefix) {
    int length = Math.min(prefix.length, target.length);
    return Arrays.compare(prefix, 0, length, target, 0, length);
  }

  private byte @Nullable [] key(byte[] nibbles, int side) {
    return Integer.signum(Arrays.compare(nibbles, target)) == side ? Nibbles.toKey(nibbles) : null;
  }
}
