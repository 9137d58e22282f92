package org.fondaco.chain.trie;

import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.rlp.Rlp;
import org.fondaco.chain.rlp.RlpException;
import org.fondaco.chain.rlp.RlpItem;
import org.fondaco.chain.rlp.RlpWriter;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/** An immutable node (yellow paper, appendix D). Changes make new nodes along one path. */
abstract sealed class Node {
  private static final byte[] NOTHING = new byte[0];
  static final int BRANCHES = 16;

  /** Its encoding, kept once asked for: the subtrees that a change leaves alone are not redone. */
  private byte @Nullable [] encoding;

  private @Nullable Hash encodingHash;

  static final class Leaf extends Node {
    final byte[] path;
    final byte[] value;

    Leaf(byte[] path, byte[] value) {
      this.path = path;
      this.value = value;
    }
  }

  /** Its path is not empty, and its child is a branch. */
  static final class Extension extends Node {
    final byte[] path;
    final Node child;

    Extension(byte[] path, Node child) {
      this.path = path;
      this.child = child;
    }
  }

  static final class Branch extends Node {
    final @Nullable Node[] children;
    final byte @Nullable [] value;

    Branch(@Nullable Node[] children, byte @Nullable [] value) {
      this.children = children;
      this.value = value;
    }

    Branch with(int nibble, @Nullable Node child) {
      @Nullable Node[] changed = children.clone();
      changed[nibble] = child;
      return new Branch(changed, value);
    }
  }

  /** A node that is in the store and was not read yet. */
  static final class Stored extends Node {
    final Hash hash;

    Stored(Hash hash) {
      this.hash = hash;
    }
  }

  /** The encoding, which nobody may change. A stored node has none before it is read. */
  byte[] encoding() {
    byte[] known = encoding;
    if (known == null) {
      known = encode();
      encoding = known;
    }
    return known;
  }

  /** The Keccak of the encoding, kept as that is; of a stored node its name. */
  Hash hash() {
    Hash known = this instanceof Stored stored ? stored.hash : encodingHash;
    if (known == null) {
      known = Keccak.hash(encoding());
      encodingHash = known;
    }
    return known;
  }

  /**
   * The same node, holding of its children what its encoding holds: a node that is kept must not
   * keep a whole subtree.
   */
  Node withStoredChildren() {
    return switch (this) {
      case Leaf _, Stored _ -> this;
      case Extension extension -> {
        Node child = extension.child.asStored();
        yield child == extension.child ? this : copied(new Extension(extension.path, child));
      }
      case Branch branch -> {
        @Nullable Node[] children = branch.children.clone();
        for (int i = 0; i < BRANCHES; i++) {
          Node child = children[i];
          children[i] = child == null ? null : child.asStored();
        }
        yield copied(new Branch(children, branch.value));
      }
    };
  }

  private Node copied(Node copy) {
    copy.encoding = encoding;
    copy.encodingHash = encodingHash;
    return copy;
  }

  private Node asStored() {
    return this instanceof Stored || encoding().length < Hash.BYTES ? this : new Stored(hash());
  }

  private byte[] encode() {
    RlpWriter writer = new RlpWriter();
    int start = writer.beginList();
    switch (this) {
      case Leaf leaf -> writer.bytes(Nibbles.encode(leaf.path, true)).bytes(leaf.value);
      case Extension extension -> {
        writer.bytes(Nibbles.encode(extension.path, false));
        extension.child.refer(writer);
      }
      case Branch branch -> {
        for (Node child : branch.children) {
          if (child == null) {
            writer.bytes(NOTHING);
          } else {
            child.refer(writer);
          }
        }
        writer.bytes(branch.value == null ? NOTHING : branch.value);
      }
      case Stored stored -> throw new IllegalStateException("not read yet: " + stored.hash);
    }
    return writer.endList(start).toBytes();
  }

  /** How a parent holds this node: below 32 bytes itself, else its hash. */
  private void refer(RlpWriter writer) {
    if (this instanceof Stored stored) {
      writer.hash(stored.hash);
    } else if (encoding().length < Hash.BYTES) {
      writer.encoded(encoding());
    } else {
      writer.hash(hash());
    }
  }

  static Node decode(byte[] encoding) {
    Node node = decode(Rlp.decode(encoding).asList());
    node.encoding = encoding;
    return node;
  }

  private static Node decode(RlpItem.Items list) {
    return switch (list.size()) {
      case 2 -> {
        Nibbles.Path path = Nibbles.decode(list.at(0).asBytes());
        if (path.leaf()) {
          yield new Leaf(path.nibbles(), list.at(1).asBytes());
        }
        Node child = reference(list.at(1));
        if (child == null || path.nibbles().length == 0) {
          throw new RlpException("an extension that leads nowhere");
        }
        yield new Extension(path.nibbles(), child);
      }
      case BRANCHES + 1 -> {
        @Nullable Node[] children = new Node[BRANCHES];
        for (int i = 0; i < BRANCHES; i++) {
          children[i] = reference(list.at(i));
        }
        byte[] value = list.at(BRANCHES).asBytes();
        yield new Branch(children, value.length == 0 ? null : value);
      }
      default -> throw new RlpException("a trie node of " + list.size() + " items");
    };
  }

  private static @Nullable Node reference(RlpItem item) {
    return switch (item) {
      case RlpItem.Items inline -> decode(inline);
      case RlpItem.Bytes(byte[] bytes) ->
          bytes.length == 0 ? null : new Stored(Hash.of(item.asBytes(Hash.BYTES)));
    };
  }
}
