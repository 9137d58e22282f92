package org.fondaco.chain.state;

import java.util.HashMap;
import java.util.Map;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/** An account while a block runs; {@link WorldState} changes it and remembers how to undo that. */
final class LiveAccount {
  static final class Slot {
    U256 value;

    /** Before the transaction. */
    U256 original;

    Slot(U256 value) {
      this.value = value;
      original = value;
    }
  }

  boolean exists;
  long nonce;
  U256 balance;
  Code code;
  Map<U256, Slot> slots = new HashMap<>();

  /** What the source stores counts no more. */
  boolean storageCleared;

  boolean createdInTransaction;
  boolean destroyed;

  LiveAccount(@Nullable StoredAccount stored) {
    exists = stored != null;
    nonce = stored == null ? 0 : stored.nonce();
    balance = stored == null ? U256.ZERO : stored.balance();
    code = stored == null ? Code.EMPTY : stored.code();
  }

  boolean isEmpty() {
    return nonce == 0 && balance.isZero() && code.isEmpty();
  }

  void remove() {
    exists = false;
    nonce = 0;
    balance = U256.ZERO;
    code = Code.EMPTY;
    slots = new HashMap<>();
    storageCleared = true;
  }
}
