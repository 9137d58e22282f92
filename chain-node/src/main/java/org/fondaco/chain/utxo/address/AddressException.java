package org.fondaco.chain.utxo.address;

/** Text that is no address, or not one of this network. The message is fit for a user. */
public final class AddressException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public AddressException(String message) {
    super(message);
  }
}
