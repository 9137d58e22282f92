package org.fondaco.engine.journal;

/** A place in the journal as one comparable long: segment id, then byte offset within it. */
final class JournalPosition {

  private JournalPosition() {}

  static long of(int segment, int offset) {
    return ((long) segment << 32) | offset;
  }

  static int segment(long position) {
    return (int) (position >>> 32);
  }

  static int offset(long position) {
    return (int) position;
  }
}
