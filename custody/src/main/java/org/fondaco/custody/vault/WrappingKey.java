package org.fondaco.custody.vault;

import java.security.GeneralSecurityException;

/** An AES key of a hardware module: it encrypts and decrypts there and never leaves. */
public non-sealed interface WrappingKey extends Unlock {
  /** The module's name for it: letters, digits, dots, dashes and underscores. */
  String label();

  /** Nothing to forget: the key is in the module. */
  @Override
  default void close() {}

  /** AES-256-GCM with a nonce of 12 bytes; the ciphertext ends with the tag of 16. */
  byte[] encrypt(byte[] nonce, byte[] associated, byte[] plain) throws GeneralSecurityException;

  /**
   * The inverse.
   *
   * @throws javax.crypto.AEADBadTagException if the key, the associated or the encrypted bytes are
   *     others
   */
  byte[] decrypt(byte[] nonce, byte[] associated, byte[] encrypted) throws GeneralSecurityException;
}
