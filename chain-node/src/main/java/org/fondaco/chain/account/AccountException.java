package org.fondaco.chain.account;

/** A key cannot be used; the message is geth's. */
public final class AccountException extends Exception {
  private static final long serialVersionUID = 1;

  AccountException(String message) {
    super(message);
  }
}
