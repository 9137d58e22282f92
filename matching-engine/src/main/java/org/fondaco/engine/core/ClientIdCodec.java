package org.fondaco.engine.core;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Client ids of 36 characters as five longs, and codes of 20 as three: compared and copied without
 * strings.
 */
final class ClientIdCodec {

  private ClientIdCodec() {}

  static void read(DirectBuffer from, int offset, long[] to) {
    to[0] = from.getLong(offset, ByteOrder.LITTLE_ENDIAN);
    to[1] = from.getLong(offset + 8, ByteOrder.LITTLE_ENDIAN);
    to[2] = from.getLong(offset + 16, ByteOrder.LITTLE_ENDIAN);
    to[3] = from.getLong(offset + 24, ByteOrder.LITTLE_ENDIAN);
    to[4] = from.getInt(offset + 32, ByteOrder.LITTLE_ENDIAN) & 0xFFFF_FFFFL;
  }

  /** Reads a code of twenty characters as three longs. */
  static void readCode(DirectBuffer from, int offset, long[] to) {
    to[0] = from.getLong(offset, ByteOrder.LITTLE_ENDIAN);
    to[1] = from.getLong(offset + 8, ByteOrder.LITTLE_ENDIAN);
    to[2] = from.getInt(offset + 16, ByteOrder.LITTLE_ENDIAN) & 0xFFFF_FFFFL;
  }

  static void writeCode(MutableDirectBuffer to, int offset, long[] from, int at) {
    to.putLong(offset, from[at], ByteOrder.LITTLE_ENDIAN);
    to.putLong(offset + 8, from[at + 1], ByteOrder.LITTLE_ENDIAN);
    to.putInt(offset + 16, (int) from[at + 2], ByteOrder.LITTLE_ENDIAN);
  }

  static void write(MutableDirectBuffer to, int offset, long[] from, int at) {
    to.putLong(offset, from[at], ByteOrder.LITTLE_ENDIAN);
    to.putLong(offset + 8, from[at + 1], ByteOrder.LITTLE_ENDIAN);
    to.putLong(offset + 16, from[at + 2], ByteOrder.LITTLE_ENDIAN);
    to.putLong(offset + 24, from[at + 3], ByteOrder.LITTLE_ENDIAN);
    to.putInt(offset + 32, (int) from[at + 4], ByteOrder.LITTLE_ENDIAN);
  }
}
