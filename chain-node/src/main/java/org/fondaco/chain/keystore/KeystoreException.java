package org.fondaco.chain.keystore;

/** The password is wrong, or the file is not a version 3 key that this program can read. */
public final class KeystoreException extends Exception {
  private static final long serialVersionUID = 1;

  KeystoreException(String message) {
    super(message);
  }
}
