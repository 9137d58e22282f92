package org.fondaco.chain.crypto;

import org.bouncycastle.crypto.digests.KeccakDigest;
import org.fondaco.chain.word.Hash;

/** Keccak with the padding from before FIPS 202, as Ethereum uses it. Safe for any thread. */
public final class Keccak {
  private static final ThreadLocal<KeccakDigest> DIGEST_256 =
      ThreadLocal.withInitial(() -> new KeccakDigest(256));

  /** The hash of no bytes: the code hash of an account without code. */
  public static final Hash EMPTY = hash(new byte[0]);

  private Keccak() {}

  public static Hash hash(byte[] input) {
    return Hash.of(hash256(input));
  }

  public static byte[] hash256(byte[] input) {
    return hash256(input, 0, input.length);
  }

  /** The 32 bytes of Keccak-256 over a part of {@code input}. */
  public static byte[] hash256(byte[] input, int offset, int length) {
    byte[] output = new byte[32];
    hash256(input, offset, length, output, 0);
    return output;
  }

  /** Writes the 32 bytes of Keccak-256 into {@code output}. */
  public static void hash256(
      byte[] input, int offset, int length, byte[] output, int outputOffset) {
    KeccakDigest digest = DIGEST_256.get();
    digest.update(input, offset, length);
    digest.doFinal(output, outputOffset);
  }

  /** The 64 bytes of Keccak-512, which Ethash uses. */
  public static byte[] hash512(byte[] input) {
    KeccakDigest digest = new KeccakDigest(512);
    digest.update(input, 0, input.length);
    byte[] output = new byte[64];
    digest.doFinal(output, 0);
    return output;
  }
}
