package org.fondaco.engine.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;

/** A moving window over one segment file that looks at the frame at an offset. */
final class SegmentReader implements Closeable {

  private static final int WINDOW = 256 * 1024;

  private final Frame frame = new Frame();
  private final Frame.Window window = Frame.Window.ofLength(WINDOW);
  private final Storage.StoredFile file;
  private final int segment;
  private final long size;
  private long windowStart;
  private int windowLength;
  private int at;

  SegmentReader(Storage storage, int segment) throws IOException {
    this.file = storage.open(SegmentFiles.name(segment));
    this.segment = segment;
    this.size = file.size();
  }

  int segment() {
    return segment;
  }

  /** Length of the file, which never changes: segments are allocated in full. */
  long size() {
    return size;
  }

  /**
   * Looks at the frame at an offset.
   *
   * @param limit bytes at or beyond it must not be looked at
   * @return whether a whole valid frame lies there, before the limit
   */
  boolean look(long offset, long limit) throws IOException {
    if (offset + Frame.HEADER_LENGTH > limit) {
      return false;
    }
    // The rest of the window may end inside a frame of the greatest length.
    if (offset < windowStart
        || offset + Math.min(Frame.MAX_LENGTH, limit - offset) > windowStart + windowLength) {
      fill(offset, limit);
    }
    at = (int) (offset - windowStart);
    int available = (int) Math.min(limit - offset, (long) windowLength - at);
    return frame.valid(window.bytes(), at, available, segment);
  }

  /** Whether the eight bytes at an offset are zero, as never written space is. */
  boolean zero(long offset, long limit) throws IOException {
    if (offset < windowStart || offset + 8 > windowStart + windowLength) {
      fill(offset, limit);
    }
    int index = (int) (offset - windowStart);
    return index + 8 > windowLength || window.bytes().getLong(index) == 0;
  }

  private void fill(long offset, long limit) throws IOException {
    ByteBuffer bytes = window.bytes();
    bytes.clear().limit((int) Math.min(WINDOW, limit - offset));
    windowStart = offset;
    while (bytes.hasRemaining() && file.read(bytes, offset + bytes.position()) >= 0) {
      // A read may return less than asked.
    }
    windowLength = bytes.position();
    bytes.clear();
  }

  int frameLength() {
    return window.bytes().getInt(at + Frame.LENGTH);
  }

  byte type() {
    return window.bytes().get(at + Frame.TYPE);
  }

  int schemaVersion() {
    return window.bytes().getShort(at + Frame.SCHEMA_VERSION);
  }

  int semanticsVersion() {
    return window.bytes().getInt(at + Frame.SEMANTICS_VERSION);
  }

  long sequence() {
    return window.bytes().getLong(at + Frame.SEQUENCE);
  }

  long time() {
    return window.bytes().getLong(at + Frame.TIME);
  }

  long syncedPosition() {
    return window.bytes().getLong(at + Frame.SYNCED_POSITION);
  }

  DirectBuffer buffer() {
    return window.buffer();
  }

  int payloadOffset() {
    return at + Frame.HEADER_LENGTH;
  }

  int payloadLength() {
    return frameLength() - Frame.HEADER_LENGTH;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
