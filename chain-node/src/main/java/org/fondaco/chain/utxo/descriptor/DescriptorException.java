package org.fondaco.chain.utxo.descriptor;

/** A text that is no descriptor, or one that cannot be expanded; Bitcoin Core's words for it. */
public final class DescriptorException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DescriptorException(String message) {
    super(message);
  }
}
