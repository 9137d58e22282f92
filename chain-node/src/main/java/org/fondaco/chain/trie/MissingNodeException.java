package org.fondaco.chain.trie;

import org.fondaco.chain.word.Hash;

/** A trie refers to a node that its store, or its proof, does not hold. */
public final class MissingNodeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public MissingNodeException(Hash hash) {
    super("no trie node " + hash);
  }
}
