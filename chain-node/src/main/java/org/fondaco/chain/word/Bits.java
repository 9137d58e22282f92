package org.fondaco.chain.word;

/** Shifts, bytes and signs of words that lie in an array as {@link Alu}'s do. */
public final class Bits {
  private Bits() {}

  /** Shifts the word at {@code a} left by the word at {@code by}. */
  public static void shiftLeft(long[] s, int by, int a, int r) {
    if (!Alu.fitsLong(s, by) || s[by] < 0 || s[by] > 255) {
      Alu.set(s, r, 0, 0, 0, 0);
      return;
    }
    int limbs = (int) s[by] >> 6;
    int bits = (int) s[by] & 63;
    for (int i = 3; i >= 0; i--) {
      long high = i >= limbs ? s[a + i - limbs] << bits : 0;
      long low = bits != 0 && i > limbs ? s[a + i - limbs - 1] >>> 64 - bits : 0;
      s[r + i] = high | low;
    }
  }

  /** Shifts right and fills with zeros. */
  public static void shiftRight(long[] s, int by, int a, int r) {
    shiftRight(s, by, a, r, 0);
  }

  /** Shifts right and fills with the sign. */
  public static void shiftRightSigned(long[] s, int by, int a, int r) {
    shiftRight(s, by, a, r, s[a + 3] >> 63);
  }

  private static void shiftRight(long[] s, int by, int a, int r, long fill) {
    if (!Alu.fitsLong(s, by) || s[by] < 0 || s[by] > 255) {
      Alu.set(s, r, fill, fill, fill, fill);
      return;
    }
    int limbs = (int) s[by] >> 6;
    int bits = (int) s[by] & 63;
    // Ascending, and each limb is read before its place is written, so r may be a but not by.
    for (int i = 0; i < 4; i++) {
      long low = i + limbs < 4 ? s[a + i + limbs] : fill;
      long high = i + limbs + 1 < 4 ? s[a + i + limbs + 1] : fill;
      s[r + i] = bits == 0 ? low : low >>> bits | high << 64 - bits;
    }
  }

  /**
   * The byte of the word at {@code a} that the word at {@code index} numbers, the highest first.
   */
  public static void byteAt(long[] s, int index, int a, int r) {
    long value = 0;
    if (Alu.fitsLong(s, index) && s[index] >= 0 && s[index] < 32) {
      int fromLow = 31 - (int) s[index];
      value = s[a + (fromLow >> 3)] >>> 8 * (fromLow & 7) & 0xff;
    }
    Alu.set(s, r, value, 0, 0, 0);
  }

  /**
   * Extends the sign of a number that has the bytes 0 to the one that the word at {@code index}
   * numbers from below.
   */
  public static void signExtend(long[] s, int index, int a, int r) {
    if (!Alu.fitsLong(s, index) || s[index] < 0 || s[index] > 30) {
      System.arraycopy(s, a, s, r, 4);
      return;
    }
    int limb = (int) s[index] >> 3;
    int bits = 56 - 8 * ((int) s[index] & 7);
    long extended = s[a + limb] << bits >> bits;
    for (int i = 0; i < limb; i++) {
      s[r + i] = s[a + i];
    }
    s[r + limb] = extended;
    for (int i = limb + 1; i < 4; i++) {
      s[r + i] = extended >> 63;
    }
  }
}
