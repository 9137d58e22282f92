package org.fondaco.custody.ledger;

/** The engine knows another command under this number, or misses one before it. */
public final class LedgerConflict extends RuntimeException {
  private static final long serialVersionUID = 1;

  public LedgerConflict(String message) {
    super(message);
  }

  public LedgerConflict(String message, Throwable cause) {
    super(message, cause);
  }
}
