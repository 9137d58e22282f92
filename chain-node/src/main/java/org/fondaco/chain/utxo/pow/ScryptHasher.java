package org.fondaco.chain.utxo.pow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * scrypt (RFC 7914) with N = 1024, r = 1, p = 1: 128 KiB of table, in one array that is used again.
 * The general one for key files is {@code keystore.Scrypt}; this one hashes thousands of headers a
 * second and allocates nothing.
 */
final class ScryptHasher implements PowFunction.Hasher {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int N = 1024;
  private static final int HALF_INTS = 16;
  private static final int BLOCK_INTS = 2 * HALF_INTS;
  private static final int BLOCK_BYTES = 4 * BLOCK_INTS;
  private static final int HMAC_BLOCK_BYTES = 64;

  private final MessageDigest digest;
  private final int[] table = new int[N * BLOCK_INTS];
  private final int[] block = new int[BLOCK_INTS];
  private final byte[] mixed = new byte[BLOCK_BYTES];
  private final byte[] inner = new byte[HMAC_BLOCK_BYTES];
  private final byte[] outer = new byte[HMAC_BLOCK_BYTES];
  private final byte[] key = new byte[PowFunction.HASH_BYTES];
  private final byte[] counter = new byte[4];

  ScryptHasher() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void hash(byte[] header, byte[] hash) {
    try {
      begin(header);
      for (int i = 0; i < BLOCK_BYTES / PowFunction.HASH_BYTES; i++) {
        derive(header, PowFunction.HEADER_BYTES, i + 1, mixed, i * PowFunction.HASH_BYTES);
      }
      for (int i = 0; i < BLOCK_INTS; i++) {
        block[i] = (int) INT.get(mixed, 4 * i);
      }
      mix();
      for (int i = 0; i < BLOCK_INTS; i++) {
        INT.set(mixed, 4 * i, block[i]);
      }
      derive(mixed, BLOCK_BYTES, 1, hash, 0);
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The two pads of HMAC (RFC 2104): the key is longer than a block, so its hash is used. */
  private void begin(byte[] header) throws DigestException {
    digest.update(header, 0, PowFunction.HEADER_BYTES);
    digest.digest(key, 0, key.length);
    for (int i = 0; i < HMAC_BLOCK_BYTES; i++) {
      byte each = i < key.length ? key[i] : 0;
      inner[i] = (byte) (each ^ 0x36);
      outer[i] = (byte) (each ^ 0x5c);
    }
  }

  /** One block of PBKDF2 with one round (RFC 8018, 5.2). */
  private void derive(byte[] salt, int saltBytes, int index, byte[] to, int at)
      throws DigestException {
    counter[3] = (byte) index;
    digest.update(inner);
    digest.update(salt, 0, saltBytes);
    digest.update(counter);
    digest.digest(to, at, PowFunction.HASH_BYTES);
    digest.update(outer);
    digest.update(to, at, PowFunction.HASH_BYTES);
    digest.digest(to, at, PowFunction.HASH_BYTES);
  }

  /** RFC 7914, section 5: scryptROMix. */
  private void mix() {
    for (int i = 0; i < N; i++) {
      System.arraycopy(block, 0, table, i * BLOCK_INTS, BLOCK_INTS);
      salsa(block, 0, HALF_INTS);
      salsa(block, HALF_INTS, 0);
    }
    for (int i = 0; i < N; i++) {
      int row = (block[HALF_INTS] & N - 1) * BLOCK_INTS;
      for (int k = 0; k < BLOCK_INTS; k++) {
        block[k] ^= table[row + k];
      }
      salsa(block, 0, HALF_INTS);
      salsa(block, HALF_INTS, 0);
    }
  }

  /** RFC 7914, sections 3 and 4: adds one half into the other by Salsa20/8. */
  private static void salsa(int[] block, int at, int from) {
    int x0 = block[at + 0] ^= block[from + 0];
    int x1 = block[at + 1] ^= block[from + 1];
    int x2 = block[at + 2] ^= block[from + 2];
    int x3 = block[at + 3] ^= block[from + 3];
    int x4 = block[at + 4] ^= block[from + 4];
    int x5 = block[at + 5] ^= block[from + 5];
    int x6 = block[at + 6] ^= block[from + 6];
    int x7 = block[at + 7] ^= block[from + 7];
    int x8 = block[at + 8] ^= block[from + 8];
    int x9 = block[at + 9] ^= block[from + 9];
    int x10 = block[at + 10] ^= block[from + 10];
    int x11 = block[at + 11] ^= block[from + 11];
    int x12 = block[at + 12] ^= block[from + 12];
    int x13 = block[at + 13] ^= block[from + 13];
    int x14 = block[at + 14] ^= block[from + 14];
    int x15 = block[at + 15] ^= block[from + 15];
    for (int round = 0; round < 8; round += 2) {
      x4 ^= Integer.rotateLeft(x0 + x12, 7);
      x8 ^= Integer.rotateLeft(x4 + x0, 9);
      x12 ^= Integer.rotateLeft(x8 + x4, 13);
      x0 ^= Integer.rotateLeft(x12 + x8, 18);
      x9 ^= Integer.rotateLeft(x5 + x1, 7);
      x13 ^= Integer.rotateLeft(x9 + x5, 9);
      x1 ^= Integer.rotateLeft(x13 + x9, 13);
      x5 ^= Integer.rotateLeft(x1 + x13, 18);
      x14 ^= Integer.rotateLeft(x10 + x6, 7);
      x2 ^= Integer.rotateLeft(x14 + x10, 9);
      x6 ^= Integer.rotateLeft(x2 + x14, 13);
      x10 ^= Integer.rotateLeft(x6 + x2, 18);
      x3 ^= Integer.rotateLeft(x15 + x11, 7);
      x7 ^= Integer.rotateLeft(x3 + x15, 9);
      x11 ^= Integer.rotateLeft(x7 + x3, 13);
      x15 ^= Integer.rotateLeft(x11 + x7, 18);
      x1 ^= Integer.rotateLeft(x0 + x3, 7);
      x2 ^= Integer.rotateLeft(x1 + x0, 9);
      x3 ^= Integer.rotateLeft(x2 + x1, 13);
      x0 ^= Integer.rotateLeft(x3 + x2, 18);
      x6 ^= Integer.rotateLeft(x5 + x4, 7);
      x7 ^= Integer.rotateLeft(x6 + x5, 9);
      x4 ^= Integer.rotateLeft(x7 + x6, 13);
      x5 ^= Integer.rotateLeft(x4 + x7, 18);
      x11 ^= Integer.rotateLeft(x10 + x9, 7);
      x8 ^= Integer.rotateLeft(x11 + x10, 9);
      x9 ^= Integer.rotateLeft(x8 + x11, 13);
      x10 ^= Integer.rotateLeft(x9 + x8, 18);
      x12 ^= Integer.rotateLeft(x15 + x14, 7);
      x13 ^= Integer.rotateLeft(x12 + x15, 9);
      x14 ^= Integer.rotateLeft(x13 + x12, 13);
      x15 ^= Integer.rotateLeft(x14 + x13, 18);
    }
    block[at + 0] += x0;
    block[at + 1] += x1;
    block[at + 2] += x2;
    block[at + 3] += x3;
    block[at + 4] += x4;
    block[at + 5] += x5;
    block[at + 6] += x6;
    block[at + 7] += x7;
    block[at + 8] += x8;
    block[at + 9] += x9;
    block[at + 10] += x10;
    block[at + 11] += x11;
    block[at + 12] += x12;
    block[at + 13] += x13;
    block[at + 14] += x14;
    block[at + 15] += x15;
  }
}
