package org.fondaco.chain.trie;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/**
 * Read nodes over a store, decoded: the upper levels of a state are read for every account. Nodes
 * never change, so nothing here is ever out of date. When the young generation is full it becomes
 * the old one, and what was not asked for meanwhile goes. Safe for any thread.
 */
public final class NodeCache implements NodeStore {
  /** A branch takes about 1.5 KiB, so that both generations stay below 100 MiB. */
  private static final int GENERATION_MAX = 32_768;

  private final NodeStore store;
  private volatile Map<Hash, Node> young = new ConcurrentHashMap<>();
  private volatile Map<Hash, Node> old = Map.of();

  public NodeCache(NodeStore store) {
    this.store = store;
  }

  @Override
  public byte[] load(Hash hash) {
    return node(hash).encoding();
  }

  @Override
  public void save(Hash hash, byte[] encoding) {
    store.save(hash, encoding);
  }

  Node node(Hash hash) {
    Map<Hash, Node> generation = young;
    Node node = generation.get(hash);
    if (node == null) {
      node = old.get(hash);
      if (node == null) {
        node = Node.decode(store.load(hash));
      }
      keep(hash, node);
    }
    return node;
  }

  void keep(Hash hash, Node node) {
    Map<Hash, Node> generation = young;
    @Nullable Node before = generation.put(hash, node);
    if (before == null && generation.size() > GENERATION_MAX) {
      age(generation);
    }
  }

  private synchronized void age(Map<Hash, Node> full) {
    if (young == full) {
      old = full;
      young = new ConcurrentHashMap<>();
    }
  }
}
