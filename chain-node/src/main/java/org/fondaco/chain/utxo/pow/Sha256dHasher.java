package org.fondaco.chain.utxo.pow;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The JDK's SHA-256, which uses the processor's instructions for it. */
final class Sha256dHasher implements PowFunction.Hasher {
  private final MessageDigest digest;

  Sha256dHasher() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void hash(byte[] header, byte[] hash) {
    try {
      digest.update(header, 0, PowFunction.HEADER_BYTES);
      digest.digest(hash, 0, PowFunction.HASH_BYTES);
      digest.update(hash, 0, PowFunction.HASH_BYTES);
      digest.digest(hash, 0, PowFunction.HASH_BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    }
  }
}
