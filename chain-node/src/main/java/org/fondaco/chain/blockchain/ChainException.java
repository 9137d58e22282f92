package org.fondaco.chain.blockchain;

/** A data folder that cannot be used as asked; the message is for its user. */
public final class ChainException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ChainException(String message) {
    super(message);
  }

  ChainException(String message, Throwable cause) {
    super(message, cause);
  }
}
