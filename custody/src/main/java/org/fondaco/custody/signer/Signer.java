package org.fondaco.custody.signer;

import org.fondaco.custody.key.Digest;
import org.fondaco.custody.key.KeyRef;

/** Signs with keys that never leave it. Safe for any thread. */
public interface Signer extends AutoCloseable {
  /** Whether {@code key} is one of this signer's. */
  boolean knows(KeyRef key);

  /**
   * The public key, 33 bytes.
   *
   * @throws SignerException if the signer has no such key or cannot be reached
   */
  byte[] publicKey(KeyRef key);

  /**
   * Signs a digest that the guard has recorded.
   *
   * @throws SignerException if the guard has not, if the signer has no such key or cannot do the
   *     scheme, or if it cannot be reached; in each case nothing was signed
   */
  Signature sign(KeyRef key, Digest digest, Scheme scheme);

  /** Forgets the keys. */
  @Override
  void close();
}
