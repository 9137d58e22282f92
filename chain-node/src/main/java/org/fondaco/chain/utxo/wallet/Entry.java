package org.fondaco.chain.utxo.wallet;

import org.fondaco.chain.utxo.chain.BlockEntry;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.jspecify.annotations.Nullable;

/** A transaction that pays the wallet or spends from it; under the lock of the wallet. */
final class Entry {
  private final Transaction transaction;
  private final long timeSeconds;

  /** Whether this wallet made it: then it is kept and sent again until it is in a block. */
  private final boolean made;

  private @Nullable BlockEntry block;
  private int position;

  Entry(Transaction transaction, long timeSeconds, boolean made) {
    this.transaction = transaction;
    this.timeSeconds = timeSeconds;
    this.made = made;
  }

  Transaction transaction() {
    return transaction;
  }

  /** When it was first seen, since 1970. */
  long timeSeconds() {
    return timeSeconds;
  }

  boolean isMade() {
    return made;
  }

  /** On the chain; null while it is in none. */
  @Nullable BlockEntry block() {
    return block;
  }

  /** In its block. */
  int position() {
    return position;
  }

  void confirmed(BlockEntry in, int at) {
    block = in;
    position = at;
  }

  void unconfirmed() {
    block = null;
    position = 0;
  }
}
