package org.fondaco.custody.signer;

/** Nothing was signed. */
public final class SignerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Reason {
    /** The digest is not in the guard file: a fault of the caller, never to be retried. */
    NOT_GUARDED,
    UNKNOWN_KEY,
    /** The key cannot sign by this scheme. */
    SCHEME,
    /** The vault is closed or the module does not answer. */
    UNAVAILABLE
  }

  private final Reason reason;

  SignerException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  SignerException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
