package org.fondaco.engine.core;

import java.io.DataOutput;
import java.io.IOException;

/**
 * Writes records as kind (byte), number of fields (short) and fields (longs, big endian). A kind 0
 * ends the snapshot.
 */
final class SnapshotWriter implements RecordSink {

  static final int MAGIC = 0x464E4453;
  static final int FORMAT = 1;
  static final int FIELDS_MAX = 128;

  private final DataOutput out;
  private final long[] fields = new long[FIELDS_MAX];
  private int kind;
  private int count;

  SnapshotWriter(DataOutput out) {
    this.out = out;
  }

  @Override
  public void begin(int newKind) {
    kind = newKind;
    count = 0;
  }

  @Override
  public void put(long field) {
    fields[count++] = field;
  }

  @Override
  public void end() throws IOException {
    out.writeByte(kind);
    out.writeShort(count);
    for (int i = 0; i < count; i++) {
      out.writeLong(fields[i]);
    }
  }
}
