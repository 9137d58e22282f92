package org.fondaco.chain.crypto;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 as the UTXO chains use it, by the JDK, which uses the processor's instructions. */
public final class Sha256 {
  private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Sha256::digest);

  private Sha256() {}

  /** A digest of the caller's own, to be fed piece by piece. */
  public static MessageDigest digest() {
    return named("SHA-256");
  }

  static MessageDigest named(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  public static byte[] hash(byte[] input) {
    return DIGEST.get().digest(input);
  }

  /** SHA-256 of the SHA-256, which names blocks and transactions. */
  public static byte[] twice(byte[] input) {
    return twice(input, 0, input.length);
  }

  /** {@link #twice(byte[])} over a part of {@code input}. */
  public static byte[] twice(byte[] input, int offset, int length) {
    MessageDigest digest = DIGEST.get();
    digest.update(input, offset, length);
    byte[] hash = digest.digest();
    digest.update(hash);
    finish(digest, hash);
    return hash;
  }

  /** Finishes {@code digest} and hashes its result once more. */
  public static byte[] finishTwice(MessageDigest digest) {
    byte[] hash = digest.digest();
    digest.update(hash);
    finish(digest, hash);
    return hash;
  }

  /** BIP-340: a digest that has taken SHA-256(tag) twice, to be fed the message. */
  public static MessageDigest tagged(String tag) {
    byte[] prefix = hash(tag.getBytes(StandardCharsets.UTF_8));
    MessageDigest digest = digest();
    digest.update(prefix);
    digest.update(prefix);
    return digest;
  }

  private static void finish(MessageDigest digest, byte[] output) {
    try {
      digest.digest(output, 0, output.length);
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    }
  }
}
