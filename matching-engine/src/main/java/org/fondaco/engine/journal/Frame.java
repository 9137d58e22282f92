package org.fondaco.engine.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Layout of a frame, little-endian, aligned to 8 bytes (docs/journal.md). While the checksum is
 * computed its own field holds the segment id: bytes of an earlier segment, or of another place,
 * cannot validate.
 */
final class Frame {

  static final int LENGTH = 0;
  static final int CRC = 4;
  static final int TYPE = 8;
  static final int SCHEMA_VERSION = 10;
  static final int SEMANTICS_VERSION = 12;
  static final int SEQUENCE = 16;
  static final int TIME = 24;
  static final int SYNCED_POSITION = 32;
  static final int HEADER_LENGTH = 40;

  static final int MAX_PAYLOAD_LENGTH = 4096;
  static final int MAX_LENGTH = HEADER_LENGTH + MAX_PAYLOAD_LENGTH;

  /** First frame of a segment; its sequence is the last one before the segment. */
  static final byte SEGMENT = 1;

  static final byte COMMAND = 2;

  /** Event hash after the command of that sequence; follows it at any distance. */
  static final byte CHECKPOINT = 3;

  /** Proves, when idle, that everything before it is durable. */
  static final byte SYNC = 4;

  /** The command of that sequence is quarantined. */
  static final byte SKIP = 5;

  /** Nothing follows in this segment; names the next one. */
  static final byte END = 6;

  static final byte LAST_TYPE = END;

  /** An END frame must always fit. */
  static final int END_LENGTH = HEADER_LENGTH + 8;

  /** "FONDACOJ" read as a little-endian long. */
  static final long MAGIC = 0x4a4f4341444e4f46L;

  static final int FORMAT_VERSION = 1;

  private final CRC32C crc = new CRC32C();

  static int aligned(int length) {
    return (length + 7) & -8;
  }

  /** Computes and stores the checksum of a frame whose other fields are set. */
  void seal(ByteBuffer bytes, int offset, int segment) {
    int length = bytes.getInt(offset + LENGTH);
    bytes.putInt(offset + CRC, checksum(bytes, offset, length, segment));
  }

  /** Whether a whole valid frame of this segment starts here. Leaves the bytes as they were. */
  boolean valid(ByteBuffer bytes, int offset, int available, int segment) {
    if (available < HEADER_LENGTH) {
      return false;
    }
    int length = bytes.getInt(offset + LENGTH);
    byte type = bytes.get(offset + TYPE);
    if (length < HEADER_LENGTH
        || length > MAX_LENGTH
        || length > available
        || type < SEGMENT
        || type > LAST_TYPE) {
      return false;
    }
    int expected = bytes.getInt(offset + CRC);
    boolean same = checksum(bytes, offset, length, segment) == expected;
    bytes.putInt(offset + CRC, expected);
    return same;
  }

  private int checksum(ByteBuffer bytes, int offset, int length, int segment) {
    bytes.putInt(offset + CRC, segment);
    crc.reset();
    bytes.limit(offset + length).position(offset);
    crc.update(bytes);
    bytes.clear();
    return (int) crc.getValue();
  }

  /** A direct buffer with the byte order of the format, and the same memory for Agrona. */
  record Window(ByteBuffer bytes, UnsafeBuffer buffer) {

    static Window ofLength(int length) {
      ByteBuffer bytes = ByteBuffer.allocateDirect(length).order(ByteOrder.LITTLE_ENDIAN);
      return new Window(bytes, new UnsafeBuffer(bytes));
    }
  }
}
