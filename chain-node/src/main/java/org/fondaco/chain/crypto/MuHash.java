package org.fondaco.chain.crypto;

import java.math.BigInteger;
import org.bouncycastle.crypto.engines.ChaCha7539Engine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * Bitcoin Core's MuHash3072: a hash of a set, whatever the order, from which members can be taken
 * away again. Members are multiplied in the field of 2^3072 - 1103717. Not safe for several
 * threads.
 */
public final class MuHash {
  private static final int BYTES = 384;
  private static final BigInteger MODULUS =
      BigInteger.ONE.shiftLeft(8 * BYTES).subtract(BigInteger.valueOf(1_103_717));

  private BigInteger numerator = BigInteger.ONE;
  private BigInteger denominator = BigInteger.ONE;

  /** Puts a member into the set. */
  public void insert(byte[] member) {
    numerator = numerator.multiply(element(member)).mod(MODULUS);
  }

  /** Takes a member out of the set. */
  public void remove(byte[] member) {
    denominator = denominator.multiply(element(member)).mod(MODULUS);
  }

  /** The member's SHA-256 as the key of a stream of ChaCha20, little-endian. */
  private static BigInteger element(byte[] member) {
    ChaCha7539Engine stream = new ChaCha7539Engine();
    stream.init(true, new ParametersWithIV(new KeyParameter(Sha256.hash(member)), new byte[12]));
    byte[] bytes = new byte[BYTES];
    stream.processBytes(new byte[BYTES], 0, BYTES, bytes, 0);
    reverse(bytes);
    return new BigInteger(1, bytes);
  }

  private static void reverse(byte[] bytes) {
    for (int i = 0; i < bytes.length / 2; i++) {
      byte other = bytes[i];
      bytes[i] = bytes[bytes.length - 1 - i];
      bytes[bytes.length - 1 - i] = other;
    }
  }

  /** 32 bytes; the set may go on changing. */
  public byte[] digest() {
    BigInteger value = numerator.multiply(denominator.modInverse(MODULUS)).mod(MODULUS);
    byte[] bytes = new byte[BYTES];
    byte[] big = value.toByteArray();
    for (int i = 0; i < Math.min(big.length, BYTES); i++) {
      bytes[i] = big[big.length - 1 - i];
    }
    return Sha256.hash(bytes);
  }
}
