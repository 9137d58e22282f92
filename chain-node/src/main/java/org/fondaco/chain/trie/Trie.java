package org.fondaco.chain.trie;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/**
 * A Merkle Patricia trie (yellow paper, appendix D). Changes stay in memory until {@link #commit}
 * writes their nodes. Not safe for several threads.
 */
public final class Trie {
  /** The root of a trie without keys. */
  public static final Hash EMPTY_ROOT = Keccak.hash(new byte[] {(byte) 0x80});

  private final NodeStore store;
  private final boolean secure;
  private @Nullable Node root;

  private Trie(NodeStore store, Hash root, boolean secure) {
    this.store = store;
    this.secure = secure;
    this.root = root.equals(EMPTY_ROOT) ? null : new Node.Stored(root);
  }

  /** A trie under its keys themselves, as of transactions and receipts. */
  public static Trie plain(NodeStore store, Hash root) {
    return new Trie(store, root, false);
  }

  /** A trie under the Keccak-256 of its keys, as of accounts and storage. */
  public static Trie secure(NodeStore store, Hash root) {
    return new Trie(store, root, true);
  }

  /** The value of a key, which must not be changed; null if there is none. */
  public byte @Nullable [] get(byte[] key) {
    byte[] path = path(key);
    int depth = 0;
    Node node = root;
    while (node != null) {
      switch (read(node)) {
        case Node.Leaf leaf -> {
          return Arrays.equals(leaf.path, Nibbles.from(path, depth)) ? leaf.value : null;
        }
        case Node.Extension extension -> {
          if (Nibbles.shared(extension.path, path, depth) < extension.path.length) {
            return null;
          }
          depth += extension.path.length;
          node = extension.child;
        }
        case Node.Branch branch -> {
          if (depth == path.length) {
            return branch.value;
          }
          node = branch.children[path[depth++]];
        }
        case Node.Stored stored -> throw new IllegalStateException("not read: " + stored.hash);
      }
    }
    return null;
  }

  /** Sets the value of a key; an empty value removes the key. The trie owns {@code value}. */
  public void put(byte[] key, byte[] value) {
    root = value.length == 0 ? removed(root, path(key), 0) : inserted(root, path(key), 0, value);
  }

  /** Removes a key; does nothing if it is not there. */
  public void remove(byte[] key) {
    root = removed(root, path(key), 0);
  }

  public Hash root() {
    return switch (root) {
      case null -> EMPTY_ROOT;
      case Node.Stored stored -> stored.hash;
      case Node node -> node.hash();
    };
  }

  /** Writes every node that is not in the store yet, children first, and returns the root. */
  public Hash commit() {
    return commit(store);
  }

  /**
   * The same into another store, from which this trie's own will have the nodes before they are
   * read again.
   */
  public Hash commit(NodeStore target) {
    Node top = root;
    if (top == null) {
      return EMPTY_ROOT;
    }
    Hash hash = root();
    if (!(top instanceof Node.Stored)) {
      saveBelow(top, target);
      save(top, hash, target);
      root = new Node.Stored(hash);
    }
    return hash;
  }

  private void saveBelow(Node node, NodeStore target) {
    switch (node) {
      case Node.Extension extension -> saveChild(extension.child, target);
      case Node.Branch branch -> {
        for (Node child : branch.children) {
          if (child != null) {
            saveChild(child, target);
          }
        }
      }
      case Node.Leaf _, Node.Stored _ -> {}
    }
  }

  private void saveChild(Node node, NodeStore target) {
    if (node instanceof Node.Stored) {
      return;
    }
    saveBelow(node, target);
    if (node.encoding().length >= Hash.BYTES) {
      save(node, node.hash(), target);
    }
  }

  private void save(Node node, Hash hash, NodeStore target) {
    target.save(hash, node.encoding());
    if (store instanceof NodeCache cache) {
      cache.keep(hash, node.withStoredChildren());
    }
  }

  /**
   * The encodings of the nodes from the root to the key, or to where the trie shows that the key is
   * absent: what {@code eth_getProof} answers. Nodes below 32 bytes are within their parents.
   */
  public List<byte[]> prove(byte[] key) {
    byte[] path = path(key);
    List<byte[]> proof = new ArrayList<>();
    int depth = 0;
    Node reference = root;
    while (reference != null) {
      Node node = read(reference);
      if (proof.isEmpty() || node.encoding().length >= Hash.BYTES) {
        proof.add(node.encoding().clone());
      }
      switch (node) {
        case Node.Extension extension -> {
          boolean on = Nibbles.shared(extension.path, path, depth) == extension.path.length;
          depth += extension.path.length;
          reference = on ? extension.child : null;
        }
        case Node.Branch branch ->
            reference = depth == path.length ? null : branch.children[path[depth++]];
        case Node.Leaf _, Node.Stored _ -> reference = null;
      }
    }
    return proof;
  }

  /** The smallest key of a plain trie above this one; null if there is none. */
  public byte @Nullable [] above(byte[] key) {
    return new Neighbours(this::read, Nibbles.of(key)).above(root);
  }

  /** The largest key of a plain trie below this one; null if there is none. */
  public byte @Nullable [] below(byte[] key) {
    return new Neighbours(this::read, Nibbles.of(key)).below(root);
  }

  private byte[] path(byte[] key) {
    return Nibbles.of(secure ? Keccak.hash256(key) : key);
  }

  private Node read(Node node) {
    if (!(node instanceof Node.Stored stored)) {
      return node;
    }
    return store instanceof NodeCache cache
        ? cache.node(stored.hash)
        : Node.decode(store.load(stored.hash));
  }

  private Node inserted(@Nullable Node reference, byte[] path, int depth, byte[] value) {
    if (reference == null) {
      return new Node.Leaf(Nibbles.from(path, depth), value);
    }
    return switch (read(reference)) {
      case Node.Leaf leaf -> {
        int shared = Nibbles.shared(leaf.path, path, depth);
        if (shared == leaf.path.length && depth + shared == path.length) {
          yield new Node.Leaf(leaf.path, value);
        }
        Node.Branch branch = place(empty(), leaf.path, shared, leaf.value);
        yield extended(leaf.path, shared, place(branch, path, depth + shared, value));
      }
      case Node.Extension extension -> {
        int shared = Nibbles.shared(extension.path, path, depth);
        if (shared == extension.path.length) {
          yield new Node.Extension(
              extension.path, inserted(extension.child, path, depth + shared, value));
        }
        byte[] rest = Nibbles.from(extension.path, shared + 1);
        Node below = rest.length == 0 ? extension.child : new Node.Extension(rest, extension.child);
        Node.Branch branch = empty().with(extension.path[shared], below);
        yield extended(extension.path, shared, place(branch, path, depth + shared, value));
      }
      case Node.Branch branch ->
          depth == path.length
              ? new Node.Branch(branch.children, value)
              : branch.with(
                  path[depth], inserted(branch.children[path[depth]], path, depth + 1, value));
      case Node.Stored stored -> throw new IllegalStateException("not read: " + stored.hash);
    };
  }

  private static Node.Branch empty() {
    return new Node.Branch(new Node[Node.BRANCHES], null);
  }

  /** Puts the value of a path that begins at {@code depth} into a branch that lacks it. */
  private static Node.Branch place(Node.Branch branch, byte[] path, int depth, byte[] value) {
    return depth == path.length
        ? new Node.Branch(branch.children, value)
        : branch.with(path[depth], new Node.Leaf(Nibbles.from(path, depth + 1), value));
  }

  private static Node extended(byte[] path, int length, Node.Branch branch) {
    return length == 0 ? branch : new Node.Extension(Arrays.copyOf(path, length), branch);
  }

  private @Nullable Node removed(@Nullable Node reference, byte[] path, int depth) {
    if (reference == null) {
      return null;
    }
    return switch (read(reference)) {
      case Node.Leaf leaf -> Arrays.equals(leaf.path, Nibbles.from(path, depth)) ? null : reference;
      case Node.Extension extension -> {
        if (Nibbles.shared(extension.path, path, depth) < extension.path.length) {
          yield reference;
        }
        Node child = removed(extension.child, path, depth + extension.path.length);
        if (child == extension.child) {
          yield reference;
        }
        yield child == null ? null : prefixed(extension.path, child);
      }
      case Node.Branch branch -> removedFrom(branch, reference, path, depth);
      case Node.Stored stored -> throw new IllegalStateException("not read: " + stored.hash);
    };
  }

  private @Nullable Node removedFrom(Node.Branch branch, Node self, byte[] path, int depth) {
    if (depth == path.length) {
      return branch.value == null ? self : collapsed(new Node.Branch(branch.children, null));
    }
    Node child = branch.children[path[depth]];
    Node changed = removed(child, path, depth + 1);
    return changed == child ? self : collapsed(branch.with(path[depth], changed));
  }

  /** A branch with one way left becomes that way. */
  private @Nullable Node collapsed(Node.Branch branch) {
    int only = -1;
    for (int i = 0; i < Node.BRANCHES; i++) {
      if (branch.children[i] != null) {
        if (only >= 0 || branch.value != null) {
          return branch;
        }
        only = i;
      }
    }
    Node child = only < 0 ? null : branch.children[only];
    if (child != null) {
      return prefixed(new byte[] {(byte) only}, child);
    }
    return branch.value == null ? null : new Node.Leaf(new byte[0], branch.value);
  }

  /** The node that leads through {@code path} to {@code child}; paths in a row become one. */
  private Node prefixed(byte[] path, Node child) {
    return switch (read(child)) {
      case Node.Leaf leaf -> new Node.Leaf(Nibbles.join(path, leaf.path), leaf.value);
      case Node.Extension extension ->
          new Node.Extension(Nibbles.join(path, extension.path), extension.child);
      case Node.Branch _, Node.Stored _ -> new Node.Extension(path, child);
    };
  }
}
