package org.fondaco.chain.trie;

import java.util.Set;
import java.util.function.Consumer;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/** Finds every node of a trie, except below nodes that were found before. */
public final class TrieWalk {
  private final NodeStore store;
  private final Set<Hash> found;

  /**
   * A walk that adds to what other walks found.
   *
   * @param found the hashes of the nodes; subtrees under these are known and not walked
   */
  public TrieWalk(NodeStore store, Set<Hash> found) {
    this.store = store;
    this.found = found;
  }

  /**
   * Walks from a root and shows the values of leaves that no walk came to before.
   *
   * @throws MissingNodeException if the store lacks a node
   */
  public void from(Hash root, Consumer<byte[]> values) {
    if (!root.equals(Trie.EMPTY_ROOT)) {
      walk(new Node.Stored(root), values);
    }
  }

  private void walk(@Nullable Node reference, Consumer<byte[]> values) {
    switch (reference) {
      case null -> {}
      case Node.Stored stored -> {
        if (found.add(stored.hash)) {
          walk(Node.decode(store.load(stored.hash)), values);
        }
      }
      case Node.Leaf leaf -> values.accept(leaf.value);
      case Node.Extension extension -> walk(extension.child, values);
      case Node.Branch branch -> {
        for (Node child : branch.children) {
          walk(child, values);
        }
        if (branch.value != null) {
          values.accept(branch.value);
        }
      }
    }
  }
}
