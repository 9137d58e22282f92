package org.fondaco.chain.crypto;

import org.bouncycastle.crypto.digests.RIPEMD160Digest;

/** The hashes of 20 bytes: RIPEMD-160, SHA-1, and Bitcoin's RIPEMD-160 of SHA-256. */
public final class ShortHash {
  public static final int BYTES = 20;

  private ShortHash() {}

  public static byte[] ripemd160(byte[] input) {
    RIPEMD160Digest digest = new RIPEMD160Digest();
    digest.update(input, 0, input.length);
    byte[] output = new byte[BYTES];
    digest.doFinal(output, 0);
    return output;
  }

  public static byte[] sha1(byte[] input) {
    return Sha256.named("SHA-1").digest(input);
  }

  /** HASH160: RIPEMD-160 of SHA-256, which names keys and scripts. */
  public static byte[] hash160(byte[] input) {
    return ripemd160(Sha256.hash(input));
  }
}
