package org.fondaco.chain.keystore;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * scrypt (RFC 7914). Bouncy Castle's refuses r = 1 with n above 65,535, as the RFC asks, but key
 * files with such parameters exist and geth reads them.
 */
final class Scrypt {
  private static final int BLOCK_INTS = 16;

  private final int n;
  private final int ints;
  private final int[] table;
  private final int[] scratch;
  private final int[] salsa = new int[BLOCK_INTS];

  private Scrypt(int n, int r) {
    this.n = n;
    this.ints = 2 * r * BLOCK_INTS;
    this.table = new int[Math.multiplyExact(n, ints)];
    this.scratch = new int[ints];
  }

  /**
   * @param n a power of two above 1
   * @param r so that 128 * n * r is at most 2^30
   * @param length of the result in bytes
   */
  static byte[] derive(byte[] password, byte[] salt, int n, int r, int p, int length) {
    ByteBuffer mixed =
        ByteBuffer.wrap(pbkdf2(password, salt, 1, Math.multiplyExact(128 * r, p)))
            .order(ByteOrder.LITTLE_ENDIAN);
    Scrypt scrypt = new Scrypt(n, r);
    IntBuffer words = mixed.asIntBuffer();
    int[] block = new int[scrypt.ints];
    for (int i = 0; i < p; i++) {
      words.get(i * block.length, block);
      words.put(i * block.length, scrypt.mixed(block));
    }
    return pbkdf2(password, mixed.array(), 1, length);
  }

  static byte[] pbkdf2(byte[] password, byte[] salt, int rounds, int length) {
    PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
    generator.init(password, salt, rounds);
    return ((KeyParameter) generator.generateDerivedMacParameters(8 * length)).getKey();
  }

  /** RFC 7914, section 5: scryptROMix. */
  private int[] mixed(int[] block) {
    for (int i = 0; i < n; i++) {
      System.arraycopy(block, 0, table, i * ints, ints);
      mixBlocks(block);
    }
    for (int i = 0; i < n; i++) {
      int row = (block[ints - BLOCK_INTS] & n - 1) * ints;
      for (int k = 0; k < ints; k++) {
        block[k] ^= table[row + k];
      }
      mixBlocks(block);
    }
    return block;
  }

  /** RFC 7914, section 4: scryptBlockMix. Even blocks go to the first half, odd to the second. */
  private void mixBlocks(int[] block) {
    System.arraycopy(block, ints - BLOCK_INTS, salsa, 0, BLOCK_INTS);
    for (int i = 0; i < ints / BLOCK_INTS; i++) {
      for (int k = 0; k < BLOCK_INTS; k++) {
        salsa[k] ^= block[i * BLOCK_INTS + k];
      }
      salsa8(salsa);
      int to = (i / 2 + (i % 2) * (ints / BLOCK_INTS / 2)) * BLOCK_INTS;
      System.arraycopy(salsa, 0, scratch, to, BLOCK_INTS);
    }
    System.arraycopy(scratch, 0, block, 0, ints);
  }

  /** RFC 7914, section 3: eight rounds of Salsa20, columns and rows by turns. */
  private static void salsa8(int[] state) {
    int[] x = state.clone();
    for (int round = 0; round < 8; round += 2) {
      quarter(x, 0, 4, 8, 12);
      quarter(x, 5, 9, 13, 1);
      quarter(x, 10, 14, 2, 6);
      quarter(x, 15, 3, 7, 11);
      quarter(x, 0, 1, 2, 3);
      quarter(x, 5, 6, 7, 4);
      quarter(x, 10, 11, 8, 9);
      quarter(x, 15, 12, 13, 14);
    }
    for (int i = 0; i < BLOCK_INTS; i++) {
      state[i] += x[i];
    }
  }

  private static void quarter(int[] x, int a, int b, int c, int d) {
    x[b] ^= Integer.rotateLeft(x[a] + x[d], 7);
    x[c] ^= Integer.rotateLeft(x[b] + x[a], 9);
    x[d] ^= Integer.rotateLeft(x[c] + x[b], 13);
    x[a] ^= Integer.rotateLeft(x[d] + x[c], 18);
  }
}
