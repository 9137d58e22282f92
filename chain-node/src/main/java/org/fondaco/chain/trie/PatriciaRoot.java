package org.fondaco.chain.trie;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.rlp.RlpWriter;
import org.fondaco.chain.word.Hash;

/**
 * The root of a Merkle Patricia trie over keys that are all known, without building the trie:
 * appendix D of the yellow paper read as a recursive function of the sorted keys.
 */
public final class PatriciaRoot {
  private record Leaf(byte[] nibbles, byte[] value) {}

  private final List<Leaf> leaves;

  private PatriciaRoot(List<Leaf> leaves) {
    this.leaves = leaves;
  }

  /** The root over keys and values; no value is empty. */
  public static Hash of(Map<byte[], byte[]> pairs) {
    if (pairs.isEmpty()) {
      return Trie.EMPTY_ROOT;
    }
    TreeMap<byte[], byte[]> sorted = new TreeMap<>(Arrays::compareUnsigned);
    sorted.putAll(pairs);
    List<Leaf> leaves =
        sorted.entrySet().stream()
            .map(pair -> new Leaf(Nibbles.of(pair.getKey()), pair.getValue()))
            .toList();
    return Keccak.hash(new PatriciaRoot(leaves).node(0, leaves.size(), 0));
  }

  /**
   * The encoding of the node over a range of leaves that share their first {@code depth} nibbles.
   */
  private byte[] node(int from, int to, int depth) {
    RlpWriter writer = new RlpWriter();
    int start = writer.beginList();
    Leaf first = leaves.get(from);
    if (to - from == 1) {
      writer.bytes(Nibbles.encode(Nibbles.from(first.nibbles, depth), true)).bytes(first.value);
      return writer.endList(start).toBytes();
    }
    int shared = sharedUntil(first.nibbles, leaves.get(to - 1).nibbles);
    if (shared > depth) {
      writer.bytes(Nibbles.encode(Arrays.copyOfRange(first.nibbles, depth, shared), false));
      reference(writer, node(from, to, shared));
      return writer.endList(start).toBytes();
    }
    int next = first.nibbles.length == depth ? from + 1 : from;
    for (int nibble = 0; nibble < 16; nibble++) {
      int begin = next;
      while (next < to && leaves.get(next).nibbles[depth] == nibble) {
        next++;
      }
      if (begin == next) {
        writer.bytes(new byte[0]);
      } else {
        reference(writer, node(begin, next, depth + 1));
      }
    }
    writer.bytes(first.nibbles.length == depth ? first.value : new byte[0]);
    return writer.endList(start).toBytes();
  }

  private static void reference(RlpWriter writer, byte[] node) {
    if (node.length < 32) {
      writer.encoded(node);
    } else {
      writer.bytes(Keccak.hash256(node));
    }
  }

  private static int sharedUntil(byte[] left, byte[] right) {
    int mismatch = Arrays.mismatch(left, right);
    return mismatch < 0 ? left.length : mismatch;
  }
}
