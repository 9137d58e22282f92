package org.fondaco.api.security;

/**
 * Proof that the holder of a key signed a payload; one implementation a kind of key. Thread-safe.
 */
public interface KeyVerifier {

  /**
   * @param payload what was signed, as sent
   * @param signature as sent, decoded from percent-encoding only
   * @return false for a signature that is malformed, too
   */
  boolean verify(byte[] payload, String signature);
}
