package org.fondaco.chain.utxo.script;

/**
 * The nesting of OP_IF, of which only two things matter: its depth, and where the first branch is
 * that is not taken. So a deep nest costs no more than a flat one.
 */
final class Conditions {
  private static final int NONE = -1;

  private int depth;
  private int firstFalse = NONE;

  boolean isEmpty() {
    return depth == 0;
  }

  int depth() {
    return depth;
  }

  /** Whether every branch around is taken. */
  boolean allTrue() {
    return firstFalse == NONE;
  }

  void open(boolean taken) {
    if (!taken && firstFalse == NONE) {
      firstFalse = depth;
    }
    depth++;
  }

  /** The other branch of the innermost. */
  void toggle() {
    if (firstFalse == NONE) {
      firstFalse = depth - 1;
    } else if (firstFalse == depth - 1) {
      firstFalse = NONE;
    }
  }

  void close() {
    depth--;
    if (firstFalse == depth) {
      firstFalse = NONE;
    }
  }
}
