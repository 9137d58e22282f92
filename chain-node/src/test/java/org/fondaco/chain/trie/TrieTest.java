package org.fondaco.chain.trie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.fondaco.chain.word.Hash;
import org.junit.jupiter.api.Test;

class TrieTest {
  private static final long SEED = 20261128;

  /** Puts, removals and commits by chance, against a sorted map and a root computed from it. */
  @Test
  void agreesWithASortedMapAfterEveryChange() {
    Random random = new Random(SEED);
    MemoryNodeStore store = new MemoryNodeStore();
    Trie trie = Trie.plain(store, Trie.EMPTY_ROOT);
    TreeMap<byte[], byte[]> map = new TreeMap<>(Arrays::compareUnsigned);
    for (int step = 0; step < 4_000; step++) {
      byte[] key = new byte[1 + random.nextInt(3)];
      for (int i = 0; i < key.length; i++) {
        key[i] = (byte) (random.nextInt(4) * 0x11);
      }
      if (random.nextInt(3) == 0) {
        trie.remove(key);
        map.remove(key);
      } else {
        byte[] value = new byte[1 + random.nextInt(40)];
        random.nextBytes(value);
        trie.put(key, value);
        map.put(key, value);
      }
      assertThat(trie.root()).as("seed %d step %d", SEED, step).isEqualTo(root(map));
      if (random.nextInt(10) == 0) {
        trie = Trie.plain(store, trie.commit());
      }
      check(trie, key, map);
    }
  }

  private static void check(Trie trie, byte[] key, TreeMap<byte[], byte[]> map) {
    assertThat(trie.get(key)).isEqualTo(map.get(key));
    assertThat(trie.above(key)).isEqualTo(map.higherKey(key));
    assertThat(trie.below(key)).isEqualTo(map.lowerKey(key));
    byte[] proven = TrieProof.verify(trie.root(), key, trie.prove(key), false);
    assertThat(map.isEmpty() ? null : proven).isEqualTo(map.get(key));
  }

  private static Hash root(Map<byte[], byte[]> map) {
    return PatriciaRoot.of(new IdentityHashMap<>(map));
  }

  @Test
  void aProofOfAnotherRootOrWithoutItsEndIsRefused() {
    Trie trie = Trie.secure(new MemoryNodeStore(), Trie.EMPTY_ROOT);
    for (byte i = 0; i < 100; i++) {
      trie.put(new byte[] {i}, new byte[40]);
    }
    byte[] key = {7};
    List<byte[]> proof = trie.prove(key);
    assertThat(TrieProof.verify(trie.root(), key, proof, true)).isEqualTo(new byte[40]);
    assertThat(TrieProof.verify(trie.root(), new byte[] {101}, trie.prove(new byte[] {101}), true))
        .isNull();
    assertThatThrownBy(() -> TrieProof.verify(Hash.ZERO, key, proof, true))
        .isInstanceOf(MissingNodeException.class);
    List<byte[]> shortened = proof.subList(0, proof.size() - 1);
    assertThatThrownBy(() -> TrieProof.verify(trie.root(), key, shortened, true))
        .isInstanceOf(MissingNodeException.class);
  }
}
