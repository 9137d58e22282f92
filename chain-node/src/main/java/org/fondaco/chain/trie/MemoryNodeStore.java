package org.fondaco.chain.trie;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.fondaco.chain.word.Hash;

/** Nodes in memory, for tests and proofs. Safe for any thread. */
public final class MemoryNodeStore implements NodeStore {
  private final Map<Hash, byte[]> nodes = new ConcurrentHashMap<>();

  @Override
  public byte[] load(Hash hash) {
    byte[] encoding = nodes.get(hash);
    if (encoding == null) {
      throw new MissingNodeException(hash);
    }
    return encoding;
  }

  @Override
  public void save(Hash hash, byte[] encoding) {
    nodes.put(hash, encoding);
  }

  public int size() {
    return nodes.size();
  }
}
