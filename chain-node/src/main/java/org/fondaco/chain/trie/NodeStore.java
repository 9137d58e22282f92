package org.fondaco.chain.trie;

import org.fondaco.chain.word.Hash;

/** Where a trie keeps its nodes, under the Keccak of their encodings. */
public interface NodeStore {
  /**
   * The encoding of a node; it must not be changed.
   *
   * @throws MissingNodeException if the store lacks it
   */
  byte[] load(Hash hash);

  /** Keeps a node; the store owns {@code encoding} from here on. */
  void save(Hash hash, byte[] encoding);
}
