package org.fondaco.chain.ethash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The little-endian byte order of Ethash, in one place. */
final class Words {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int FNV_PRIME = 0x01000193;

  private Words() {}

  /** The multiply-then-xor that Ethash calls FNV (it is neither FNV-1 nor FNV-1a). */
  static int fnv(int a, int b) {
    return a * FNV_PRIME ^ b;
  }

  /** The same for the first {@code count} words of two arrays; the compiler makes vectors of it. */
  static void fnv(int[] mix, int[] other, int count) {
    for (int i = 0; i < count; i++) {
      mix[i] = mix[i] * FNV_PRIME ^ other[i];
    }
  }

  static void toBytes(long[] lanes, int count, byte[] out) {
    for (int i = 0; i < count; i++) {
      LONGS.set(out, 8 * i, lanes[i]);
    }
  }

  static void toLanes(byte[] bytes, int count, long[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = (long) LONGS.get(bytes, 8 * i);
    }
  }

  /** Sixteen words from {@code from} on become the first eight lanes. */
  static void toLanes(int[] words, int from, long[] lanes) {
    for (int i = 0; i < 8; i++) {
      lanes[i] = (words[from + 2 * i] & 0xffff_ffffL) | (long) words[from + 2 * i + 1] << 32;
    }
  }

  /** The first eight lanes become sixteen words from {@code to} on. */
  static void toWords(long[] lanes, int[] words, int to) {
    for (int i = 0; i < 8; i++) {
      words[to + 2 * i] = (int) lanes[i];
      words[to + 2 * i + 1] = (int) (lanes[i] >>> 32);
    }
  }
}
