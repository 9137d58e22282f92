package org.fondaco.api.projection;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * Rows in the binary format of COPY (PostgreSQL manual, COPY, section Binary Format): the server
 * neither parses numbers nor looks for escapes, and nothing is allocated here once the buffer has
 * grown. A value must have exactly its column's type, which the methods are named after.
 */
final class CopyRows {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Signature, no flags, no header extension. */
  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  private static final byte[] TRAILER = {(byte) 0xFF, (byte) 0xFF};
  private static final int SENT_AT_ONCE_MAX = 1 << 16;

  private final short columns;
  private byte[] bytes = new byte[1 << 12];
  private int length;
  private int rows;
  private int column;

  /**
   * No rows yet.
   *
   * @param columns fields of a row
   */
  CopyRows(int columns) {
    this.columns = (short) columns;
    System.arraycopy(HEADER, 0, bytes, 0, HEADER.length);
    length = HEADER.length;
  }

  CopyRows bigint(long value) {
    int at = field(Long.BYTES);
    LONG.set(bytes, at, value);
    return this;
  }

  CopyRows integer(int value) {
    int at = field(Integer.BYTES);
    INT.set(bytes, at, value);
    return this;
  }

  CopyRows flag(boolean value) {
    int at = field(1);
    bytes[at] = value ? (byte) 1 : 0;
    return this;
  }

  /** A bigint, or SQL null when it equals {@code absent}. */
  CopyRows bigintUnless(long absent, long value) {
    return value == absent ? nothing() : bigint(value);
  }

  /** An integer, or SQL null when it equals {@code absent}. */
  CopyRows integerUnless(int absent, int value) {
    return value == absent ? nothing() : integer(value);
  }

  CopyRows nothing() {
    begin(0);
    INT.set(bytes, length, -1);
    length += Integer.BYTES;
    return this;
  }

  CopyRows name(Enum<?> value) {
    return text(value.name());
  }

  CopyRows text(String value) {
    if (!isAscii(value)) {
      byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
      int at = field(encoded.length);
      System.arraycopy(encoded, 0, bytes, at, encoded.length);
      return this;
    }
    int at = field(value.length());
    for (int i = 0; i < value.length(); i++) {
      bytes[at + i] = (byte) value.charAt(i);
    }
    return this;
  }

  private static boolean isAscii(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** Ends a row; all its columns must have been given. */
  void end() {
    if (column != columns) {
      throw new IllegalStateException("%d of %d columns".formatted(column, columns));
    }
    column = 0;
    rows++;
  }

  int rows() {
    return rows;
  }

  void clear() {
    length = HEADER.length;
    rows = 0;
    column = 0;
  }

  /** Sends all rows into a table whose columns are in the same order; keeps them for a retry. */
  void send(CopyManager copies, String table) throws SQLException {
    if (rows == 0) {
      return;
    }
    CopyIn copy = copies.copyIn("copy " + table + " from stdin (format binary)");
    try {
      for (int from = 0; from < length; from += SENT_AT_ONCE_MAX) {
        copy.writeToCopy(bytes, from, Math.min(SENT_AT_ONCE_MAX, length - from));
      }
      copy.writeToCopy(TRAILER, 0, TRAILER.length);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /** Makes room for a field, writes its length and returns where its value goes. */
  private int field(int size) {
    begin(size);
    INT.set(bytes, length, size);
    int at = length + Integer.BYTES;
    length = at + size;
    return at;
  }

  private void begin(int size) {
    int wanted = length + Short.BYTES + Integer.BYTES + size;
    if (wanted > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(wanted, Math.multiplyExact(bytes.length, 2)));
    }
    if (column == 0) {
      SHORT.set(bytes, length, columns);
      length += Short.BYTES;
    }
    column++;
  }
}
