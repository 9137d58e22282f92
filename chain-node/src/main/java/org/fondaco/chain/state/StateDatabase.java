package org.fondaco.chain.state;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.store.Batch;
import org.fondaco.chain.store.KeyValueStore;
import org.fondaco.chain.trie.MissingNodeException;
import org.fondaco.chain.trie.NodeCache;
import org.fondaco.chain.trie.NodeStore;
import org.fondaco.chain.trie.Trie;
import org.fondaco.chain.trie.TrieWalk;
import org.fondaco.chain.word.Hash;

/**
 * The states of a chain in a store: trie nodes and code under their hashes, so that states share
 * what they have in common. Safe for any thread.
 */
public final class StateDatabase {
  private static final byte NODE = 'n';
  private static final byte CODE = 'k';

  /** Contracts that one block calls; each with what the interpreter worked out about it. */
  private static final int CODES_MAX = 1024;

  private final KeyValueStore store;
  private final NodeCache nodes;
  private final Map<Hash, Code> codes =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Hash, Code> eldest) {
              return size() > CODES_MAX;
            }
          });

  public StateDatabase(KeyValueStore store) {
    this.store = store;
    nodes = new NodeCache(new Stored(store));
  }

  /** The nodes of every trie; nothing can be saved through it. */
  public NodeStore nodes() {
    return nodes;
  }

  /**
   * The state of a root.
   *
   * @throws MissingNodeException if it is not kept
   */
  public TrieState open(Hash root) {
    if (!root.equals(Trie.EMPTY_ROOT)) {
      nodes.load(root);
    }
    return new TrieState(this, root);
  }

  /**
   * Begins the state that follows that of a root.
   *
   * @throws MissingNodeException if it is not kept
   */
  public TrieUpdate update(Hash root) {
    return new TrieUpdate(this, root);
  }

  /**
   * The code of a hash.
   *
   * @throws MissingNodeException if it is not kept
   */
  Code code(Hash hash) {
    if (hash.equals(Keccak.EMPTY)) {
      return Code.EMPTY;
    }
    Code known = codes.get(hash);
    if (known == null) {
      byte[] bytes = store.get(key(CODE, hash));
      if (bytes == null) {
        throw new MissingNodeException(hash);
      }
      known = new Code(bytes);
      codes.put(hash, known);
    }
    return known;
  }

  /** A store whose saved nodes go into a batch. */
  public static NodeStore into(Batch batch) {
    return new NodeStore() {
      @Override
      public byte[] load(Hash hash) {
        throw new UnsupportedOperationException("a batch is written, never read");
      }

      @Override
      public void save(Hash hash, byte[] encoding) {
        batch.put(key(NODE, hash), encoding);
      }
    };
  }

  /** Puts a contract's code. */
  public static void putCode(Batch batch, Code code) {
    batch.put(key(CODE, code.hash()), code.toBytes());
  }

  /**
   * Removes every node that none of these states has; code stays. Nothing may be written meanwhile.
   * Whatever moment the process dies at, the states that are kept are whole; of the others the
   * roots go first, so that {@link #open} never finds half a state.
   *
   * @param kept the roots of the states to keep
   * @param others roots of states that are not to be found any more
   * @return how many nodes went
   */
  public static long prune(KeyValueStore store, Collection<Hash> kept, Collection<Hash> others) {
    NodeStore nodes = new Stored(store);
    Set<Hash> found = new HashSet<>();
    TrieWalk accounts = new TrieWalk(nodes, found);
    TrieWalk storages = new TrieWalk(nodes, found);
    for (Hash root : kept) {
      accounts.from(root, leaf -> storages.from(AccountLeaf.decode(leaf).storageRoot(), _ -> {}));
    }
    Sweep sweep = new Sweep(store);
    others.stream()
        .filter(root -> !found.contains(root) && store.get(key(NODE, root)) != null)
        .forEach(sweep::remove);
    sweep.write();
    store.each(
        new byte[] {NODE},
        (key, _) -> {
          Hash hash = Hash.of(Arrays.copyOfRange(key, 1, key.length));
          if (!found.contains(hash)) {
            sweep.remove(hash);
          }
          return true;
        });
    sweep.write();
    return sweep.removed;
  }

  /** Removes nodes, some thousands a batch. */
  private static final class Sweep {
    private static final int BATCH_MAX = 10_000;

    private final KeyValueStore store;
    private Batch batch = Batch.buffered();
    private long removed;

    Sweep(KeyValueStore store) {
      this.store = store;
    }

    void remove(Hash hash) {
      batch.remove(key(NODE, hash));
      removed++;
      if (batch.changes().size() == BATCH_MAX) {
        write();
      }
    }

    void write() {
      store.write(batch);
      batch = Batch.buffered();
    }
  }

  private static byte[] key(byte kind, Hash hash) {
    byte[] key = new byte[1 + Hash.BYTES];
    key[0] = kind;
    hash.copyTo(key, 1);
    return key;
  }

  private record Stored(KeyValueStore store) implements NodeStore {
    @Override
    public byte[] load(Hash hash) {
      byte[] encoding = store.get(key(NODE, hash));
      if (encoding == null) {
        throw new MissingNodeException(hash);
      }
      return encoding;
    }

    @Override
    public void save(Hash hash, byte[] encoding) {
      throw new UnsupportedOperationException("states are saved in the batch of their block");
    }
  }
}
