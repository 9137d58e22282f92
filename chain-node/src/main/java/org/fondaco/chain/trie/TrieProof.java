package org.fondaco.chain.trie;

import java.util.List;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/** Checks what {@link Trie#prove} gives, without the trie. */
public final class TrieProof {
  private TrieProof() {}

  /**
   * The value that the proof shows for a key; null if it shows that there is none.
   *
   * @param secure whether the trie hashes its keys
   * @throws MissingNodeException if the proof leaves the question open, or is of another root
   * @throws org.fondaco.chain.rlp.RlpException if a node is malformed
   */
  public static byte @Nullable [] verify(
      Hash root, byte[] key, List<byte[]> proof, boolean secure) {
    MemoryNodeStore nodes = new MemoryNodeStore();
    proof.forEach(node -> nodes.save(Keccak.hash(node), node));
    return (secure ? Trie.secure(nodes, root) : Trie.plain(nodes, root)).get(key);
  }
}
