package org.fondaco.custody.withdrawal;

/** A request that cannot be taken; nothing was written. The message is for the customer. */
public final class WithdrawalException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Reason {
    UNKNOWN_ASSET,
    /** Zero or less. */
    NOT_POSITIVE,
    /** More digits than the ledger or the chain has. */
    TOO_PRECISE,
    BELOW_MINIMUM,
    /** Beyond what the ledger can count. */
    TOO_LARGE,
    MALFORMED_ADDRESS,
    WRONG_CHAIN,
    /** The chain's coin would be sent to a contract. */
    CONTRACT_ADDRESS,
    /** The customer's own deposit address. */
    SELF_DEPOSIT,
    /** An address of the house. */
    HOUSE_ADDRESS,
    /** The withdrawOrderId was used for another withdrawal. */
    ORDER_ID_USED,
    MALFORMED_ORDER_ID,
    /** Withdrawals of the asset or its chain are stopped. */
    HALTED,
    UNKNOWN_WITHDRAWAL,
    /** It is too late to cancel, or the withdrawal does not wait for approval. */
    WRONG_STATE,
    /** The chain's node gave no answer, so that the address could not be checked. */
    NODE_UNAVAILABLE
  }

  private final Reason reason;

  public WithdrawalException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
