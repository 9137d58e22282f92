package org.fondaco.chain.transition;

import java.util.List;
import org.fondaco.chain.evm.Result;
import org.fondaco.chain.state.Log;

/** What became of a transaction. */
public sealed interface Outcome {
  /**
   * It ran, well or not; the gas used is paid. The logs are empty where it failed.
   *
   * @param gasRefunded what the gas used would have been higher without refunds
   */
  record Executed(Result result, long gasUsed, long gasRefunded, List<Log> logs)
      implements Outcome {}

  /** No block may contain it here; the state is as before. */
  record Invalid(Reason reason) implements Outcome {}

  /** Why a transaction is invalid. */
  enum Reason {
    TYPE_NOT_OF_THIS_FORK,
    NONCE_TOO_LOW,
    NONCE_TOO_HIGH,
    /** EIP-2681. */
    NONCE_AT_MAXIMUM,
    /** EIP-3607. */
    SENDER_HAS_CODE,
    GAS_ABOVE_BLOCK_LIMIT,
    GAS_BELOW_INTRINSIC,
    INSUFFICIENT_FUNDS,
    /** EIP-1559. */
    FEE_BELOW_BASE_FEE,
    /** EIP-1559. */
    PRIORITY_ABOVE_FEE,
    /** EIP-3860. */
    INIT_CODE_TOO_LONG,
    /** EIP-4844. */
    BLOB_FEE_TOO_LOW,
    BLOB_COUNT,
    BLOB_HASH_VERSION,
    BLOB_CREATES
  }
}
