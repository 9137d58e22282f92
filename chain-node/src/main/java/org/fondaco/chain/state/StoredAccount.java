package org.fondaco.chain.state;

import org.fondaco.chain.word.U256;

/** An account as a store keeps it, without its storage. {@code nonce} is unsigned. */
public record StoredAccount(long nonce, U256 balance, Code code) {
  /** EIP-161: no nonce, no balance, no code. */
  public boolean isEmpty() {
    return nonce == 0 && balance.isZero() && code.isEmpty();
  }
}
