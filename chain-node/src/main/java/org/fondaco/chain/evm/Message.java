package org.fondaco.chain.evm;

import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;

/**
 * One call or creation.
 *
 * @param self whose storage and balance the code works on; of a creation the new contract
 * @param codeAddress whose code runs; of a creation the new contract
 * @param input call data, or init code; must not be changed
 * @param gas what the callee may use
 */
@SuppressWarnings("ArrayRecordComponent") // the machine's own copy, handed on
public record Message(
    Kind kind,
    Address caller,
    Address self,
    Address codeAddress,
    U256 value,
    byte[] input,
    long gas,
    boolean readOnly) {
  /** How the callee's frame relates to the caller's. */
  public enum Kind {
    CALL,
    /** The caller's account with another's code. */
    CALLCODE,
    /** As CALLCODE, with the caller's caller and value: EIP-7. */
    DELEGATECALL,
    /** EIP-214. */
    STATICCALL,
    CREATE,
    /** EIP-1014. */
    CREATE2;

    /** Whether a contract comes to be. */
    public boolean creates() {
      return this == CREATE || this == CREATE2;
    }
  }
}
