package org.fondaco.custody.ledger;

/** The engine gave no answer; the same command has to be sent again. */
public final class LedgerUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public LedgerUnavailable(String message) {
    super(message);
  }

  public LedgerUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
