package org.fondaco.chain.rlp;

/** The bytes are not the canonical encoding of anything, or not of what was expected. */
public final class RlpException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public RlpException(String message) {
    super(message);
  }
}
