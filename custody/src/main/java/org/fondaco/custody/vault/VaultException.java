package org.fondaco.custody.vault;

/** An encrypted file cannot be read; the message is for the operator. */
public final class VaultException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Reason {
    /** Not such a file, or of a version that is not known. */
    FORMAT,
    /** It ends too early. */
    TRUNCATED,
    /** Bytes are not what was written. */
    DAMAGED,
    /** The file is whole, but this passphrase or this module does not open it. */
    WRONG_KEY
  }

  private final Reason reason;

  VaultException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  VaultException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
