package org.fondaco.chain.utxo.script;

import java.util.ArrayList;
import java.util.List;

/** A stack of items, which are never changed once they are on it. Depth 0 is the top. */
final class ItemStack {
  private final List<byte[]> items = new ArrayList<>();

  ItemStack() {}

  /** The last is the top. */
  ItemStack(List<byte[]> items) {
    this.items.addAll(items);
  }

  int size() {
    return items.size();
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  void push(byte[] item) {
    items.add(item);
  }

  byte[] pop() {
    return items.removeLast();
  }

  byte[] top() {
    return items.getLast();
  }

  byte[] at(int depth) {
    return items.get(items.size() - 1 - depth);
  }

  byte[] remove(int depth) {
    return items.remove(items.size() - 1 - depth);
  }

  void drop(int count) {
    for (int i = 0; i < count; i++) {
      items.removeLast();
    }
  }

  /** A copy. */
  List<byte[]> list() {
    return List.copyOf(items);
  }
}
