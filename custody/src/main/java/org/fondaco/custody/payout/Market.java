package org.fondaco.custody.payout;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** What the node said about fees, asked before the transaction that uses it. */
sealed interface Market {

  /**
   * Of a UTXO chain, atoms a kilo virtual byte.
   *
   * @param relayRate the least that the node takes, and the least that a replacement adds
   */
  record OfOutputs(long rate, long relayRate) implements Market {}

  /**
   * Of an account chain, wei a gas.
   *
   * @param tip null before EIP-1559
   * @param gas that the call may use
   * @param nonce transactions mined from the sender at the node's head
   */
  record OfAccounts(long chainId, BigInteger price, @Nullable BigInteger tip, long gas, long nonce)
      implements Market {}
}
