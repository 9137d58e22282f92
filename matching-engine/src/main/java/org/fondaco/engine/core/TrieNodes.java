package org.fondaco.engine.core;

import java.util.Arrays;

/** The pool of 64-ary bitmap trie nodes that all ladders share. */
final class TrieNodes {

  private long[] bits;
  private int[] children;
  private int free = -1;
  private int used;

  TrieNodes(int initial) {
    bits = new long[initial];
    children = new int[initial << 6];
  }

  int allocate() {
    int node = free;
    if (node >= 0) {
      free = children[node << 6];
    } else {
      node = used++;
      if (node == bits.length) {
        bits = Arrays.copyOf(bits, bits.length * 2);
        children = Arrays.copyOf(children, children.length * 2);
      }
    }
    bits[node] = 0;
    return node;
  }

  void release(int node) {
    children[node << 6] = free;
    free = node;
  }

  long bits(int node) {
    return bits[node];
  }

  int child(int node, int index) {
    return children[(node << 6) + index];
  }

  void put(int node, int index, int child) {
    bits[node] |= 1L << index;
    children[(node << 6) + index] = child;
  }

  /** Clears one child and says whether the node is empty now. */
  boolean clear(int node, int index) {
    bits[node] &= ~(1L << index);
    return bits[node] == 0;
  }
}
