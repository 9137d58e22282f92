package org.fondaco.custody.deposit;

/** A person's decision on a deposit that cannot be taken; nothing was written. */
public final class DepositException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DepositException(String message) {
    super(message);
  }
}
