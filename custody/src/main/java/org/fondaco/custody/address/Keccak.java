package org.fondaco.custody.address;

import org.bouncycastle.crypto.digests.KeccakDigest;

/** Keccak-256 with the padding from before FIPS 202, as Ethereum uses it. */
public final class Keccak {
  private Keccak() {}

  public static byte[] hash256(byte[] input) {
    return hash256(input, 0, input.length);
  }

  /** Of a part of {@code input}. */
  public static byte[] hash256(byte[] input, int offset, int length) {
    KeccakDigest digest = new KeccakDigest(256);
    digest.update(input, offset, length);
    byte[] output = new byte[32];
    digest.doFinal(output, 0);
    return output;
  }
}
