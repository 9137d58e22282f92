package org.fondaco.chain.utxo.script;

/** Numbers on the stack: little-endian, the highest bit of the last byte the sign. */
public final class ScriptNumber {
  private static final byte[] ZERO = {};

  private ScriptNumber() {}

  /** The value of up to 8 bytes, whose last bit is the sign. */
  static long value(byte[] item) {
    long magnitude = 0;
    for (int i = 0; i < item.length; i++) {
      magnitude |= (item[i] & 0xffL) << 8 * i;
    }
    if (item.length == 0 || item[item.length - 1] >= 0) {
      return magnitude;
    }
    return -(magnitude & ~(0x80L << 8 * (item.length - 1)));
  }

  /** BIP-62, rule 4: whether no shorter item has the value. */
  static boolean isMinimal(byte[] item) {
    int last = item.length - 1;
    return item.length == 0
        || (item[last] & 0x7f) != 0
        || item.length > 1 && (item[last - 1] & 0x80) != 0;
  }

  /** The shortest item of the value. */
  public static byte[] encode(long value) {
    if (value == 0) {
      return ZERO;
    }
    long magnitude = Math.abs(value);
    int bits = 64 - Long.numberOfLeadingZeros(magnitude);
    byte[] item = new byte[bits / 8 + 1];
    for (int i = 0; i < Math.min(item.length, 8); i++) {
      item[i] = (byte) (magnitude >>> 8 * i);
    }
    if (value < 0) {
      item[item.length - 1] |= (byte) 0x80;
    }
    return item;
  }

  /** Whether an item is true: anything but zero of any length, positive or negative. */
  static boolean isTrue(byte[] item) {
    for (int i = 0; i < item.length; i++) {
      if (item[i] != 0) {
        return i != item.length - 1 || item[i] != (byte) 0x80;
      }
    }
    return false;
  }

  static byte[] ofBoolean(boolean value) {
    return value ? new byte[] {1} : ZERO;
  }
}
