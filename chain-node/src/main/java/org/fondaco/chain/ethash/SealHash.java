package org.fondaco.chain.ethash;

/**
 * The one-block Keccak hashes of Ethash on little-endian 64-bit lanes, without a byte array
 * between.
 *
 * <p>Ethash hashes 40, 64 and 96 bytes only, tens of millions of times a dataset, so the sponge is
 * reduced to one permutation (Keccak reference 3.0, original padding 0x01). An instance is scratch
 * space of one thread.
 */
final class SealHash {
  private static final long[] ROUND_CONSTANTS = roundConstants();

  private final long[] state = new long[25];

  /** The lanes of the last digest, and the lanes to absorb before {@link #permute}. */
  long[] lanes() {
    return state;
  }

  /** Keccak-512 of the first {@code lanes} lanes; the digest is the first eight lanes. */
  void keccak512(int lanes) {
    absorb(lanes, 9);
  }

  /** Keccak-256 of the first {@code lanes} lanes; the digest is the first four lanes. */
  void keccak256(int lanes) {
    absorb(lanes, 17);
  }

  /**
   * Pads {@code lanes} whole lanes of input to {@code rate} lanes, zeroes the capacity, permutes.
   */
  private void absorb(int lanes, int rate) {
    long[] s = state;
    for (int i = lanes; i < 25; i++) {
      s[i] = 0;
    }
    s[lanes] ^= 1L;
    s[rate - 1] ^= 0x8000000000000000L;
    permute(s);
  }

  static void permute(long[] s) {
    for (int round = 0; round < 24; round++) {
      round(s, ROUND_CONSTANTS[round]);
    }
  }

  /** Theta, rho, pi, chi and iota of one round, unrolled: lane (x, y) is {@code s[x + 5 * y]}. */
  private static void round(long[] s, long constant) {
    long c4 = s[24] ^ s[19] ^ s[14] ^ s[9] ^ s[4];
    long c0 = s[0] ^ s[5] ^ s[10] ^ s[15] ^ s[20];
    long c1 = s[1] ^ s[6] ^ s[11] ^ s[16] ^ s[21];
    long c2 = s[2] ^ s[7] ^ s[12] ^ s[17] ^ s[22];
    long c3 = s[3] ^ s[8] ^ s[13] ^ s[18] ^ s[23];
    long d0 = c4 ^ Long.rotateLeft(c1, 1);
    long d1 = c0 ^ Long.rotateLeft(c2, 1);
    long d2 = c1 ^ Long.rotateLeft(c3, 1);
    long d3 = c2 ^ Long.rotateLeft(c4, 1);
    long d4 = c3 ^ Long.rotateLeft(c0, 1);
    long b0 = s[0] ^ d0;
    long b1 = Long.rotateLeft(s[6] ^ d1, 44);
    long b2 = Long.rotateLeft(s[12] ^ d2, 43);
    long b3 = Long.rotateLeft(s[18] ^ d3, 21);
    long b4 = Long.rotateLeft(s[24] ^ d4, 14);
    long b5 = Long.rotateLeft(s[3] ^ d3, 28);
    long b6 = Long.rotateLeft(s[9] ^ d4, 20);
    long b7 = Long.rotateLeft(s[10] ^ d0, 3);
    long b8 = Long.rotateLeft(s[16] ^ d1, 45);
    long b9 = Long.rotateLeft(s[22] ^ d2, 61);
    long b10 = Long.rotateLeft(s[1] ^ d1, 1);
    long b11 = Long.rotateLeft(s[7] ^ d2, 6);
    long b12 = Long.rotateLeft(s[13] ^ d3, 25);
    long b13 = Long.rotateLeft(s[19] ^ d4, 8);
    long b14 = Long.rotateLeft(s[20] ^ d0, 18);
    long b15 = Long.rotateLeft(s[4] ^ d4, 27);
    long b16 = Long.rotateLeft(s[5] ^ d0, 36);
    long b17 = Long.rotateLeft(s[11] ^ d1, 10);
    long b18 = Long.rotateLeft(s[17] ^ d2, 15);
    long b19 = Long.rotateLeft(s[23] ^ d3, 56);
    long b20 = Long.rotateLeft(s[2] ^ d2, 62);
    long b21 = Long.rotateLeft(s[8] ^ d3, 55);
    long b22 = Long.rotateLeft(s[14] ^ d4, 39);
    long b23 = Long.rotateLeft(s[15] ^ d0, 41);
    long b24 = Long.rotateLeft(s[21] ^ d1, 2);
    chi(s, 0, b0, b1, b2, b3, b4);
    chi(s, 5, b5, b6, b7, b8, b9);
    chi(s, 10, b10, b11, b12, b13, b14);
    chi(s, 15, b15, b16, b17, b18, b19);
    chi(s, 20, b20, b21, b22, b23, b24);
    s[0] ^= constant;
  }

  private static void chi(long[] s, int row, long a, long b, long c, long d, long e) {
    s[row] = a ^ (~b & c);
    s[row + 1] = b ^ (~c & d);
    s[row + 2] = c ^ (~d & e);
    s[row + 3] = d ^ (~e & a);
    s[row + 4] = e ^ (~a & b);
  }

  /** The constants of iota from their linear-feedback shift register (Keccak reference 1.2). */
  private static long[] roundConstants() {
    long[] constants = new long[24];
    int register = 1;
    for (int round = 0; round < 24; round++) {
      for (int bit = 0; bit < 7; bit++) {
        if ((register & 1) != 0) {
          constants[round] |= 1L << ((1 << bit) - 1);
        }
        register <<= 1;
        if ((register & 0x100) != 0) {
          register ^= 0x171;
        }
      }
    }
    return constants;
  }
}
