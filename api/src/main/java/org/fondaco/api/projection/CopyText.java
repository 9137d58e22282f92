package org.fondaco.api.projection;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/** Rows in the text format of COPY (PostgreSQL manual, COPY, section Text Format). */
final class CopyText {
  private final StringBuilder text = new StringBuilder();
  private int rows;
  private boolean inRow;

  CopyText number(long value) {
    separate().append(value);
    return this;
  }

  CopyText flag(boolean value) {
    separate().append(value ? 't' : 'f');
    return this;
  }

  /** A number, or SQL null when it equals {@code absent}. */
  CopyText numberUnless(long absent, long value) {
    return value == absent ? nothing() : number(value);
  }

  CopyText nothing() {
    separate().append("\\N");
    return this;
  }

  CopyText name(Enum<?> value) {
    separate().append(value.name());
    return this;
  }

  CopyText string(String value) {
    separate();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        default -> text.append(c);
      }
    }
    return this;
  }

  void end() {
    text.append('\n');
    rows++;
    inRow = false;
  }

  int rows() {
    return rows;
  }

  void clear() {
    text.setLength(0);
    rows = 0;
    inRow = false;
  }

  /** Sends all rows into a table whose columns are in the same order; keeps them for a retry. */
  void send(CopyManager copies, String table) throws SQLException {
    if (rows == 0) {
      return;
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    CopyIn copy = copies.copyIn("copy " + table + " from stdin");
    try {
      copy.writeToCopy(bytes, 0, bytes.length);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private StringBuilder separate() {
    if (inRow) {
      text.append('\t');
    }
    inRow = true;
    return text;
  }
}
