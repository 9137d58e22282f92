package org.fondaco.chain.utxo.pow;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The JDK's SHA-256, which uses the processor's instructions for it. Headers that differ in their
 * nonce share their first block of 64 bytes, so the state after it is kept and copied.
 */
final class Sha256dHasher implements PowFunction.Hasher {
  private static final int FIRST_BYTES = 64;

  private final MessageDigest second = digest();
  private final byte[] first = new byte[FIRST_BYTES];
  private MessageDigest afterFirst = digest();

  Sha256dHasher() {
    afterFirst.update(first);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void hash(byte[] header, byte[] hash) {
    try {
      if (!Arrays.equals(header, 0, FIRST_BYTES, first, 0, FIRST_BYTES)) {
        System.arraycopy(header, 0, first, 0, FIRST_BYTES);
        afterFirst = digest();
        afterFirst.update(first);
      }
      MessageDigest rest = (MessageDigest) afterFirst.clone();
      rest.update(header, FIRST_BYTES, PowFunction.HEADER_BYTES - FIRST_BYTES);
      rest.digest(hash, 0, PowFunction.HASH_BYTES);
      second.update(hash, 0, PowFunction.HASH_BYTES);
      second.digest(hash, 0, PowFunction.HASH_BYTES);
    } catch (DigestException | CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }
}
