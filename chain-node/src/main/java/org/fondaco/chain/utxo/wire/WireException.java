package org.fondaco.chain.utxo.wire;

/** Bytes that are not what they were read as. The message is Bitcoin Core's where it has one. */
public final class WireException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public WireException(String message) {
    super(message);
  }
}
