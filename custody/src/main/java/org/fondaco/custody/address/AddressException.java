package org.fondaco.custody.address;

/** Money must not be sent there; the message is fit for the customer. */
public final class AddressException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Reason {
    /** No address, or one with a typing error. */
    MALFORMED,
    /** An address of another chain. */
    WRONG_CHAIN,
    /** An address of the chain's test network where money is real, or the other way round. */
    WRONG_NETWORK,
    /** Two chains write it alike, and another way of writing it does not have that danger. */
    AMBIGUOUS,
    /** It is well formed and nobody can spend what is sent to it, or anybody can. */
    UNSPENDABLE
  }

  private final Reason reason;

  AddressException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
