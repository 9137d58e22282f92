package org.fondaco.engine.host;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.fondaco.engine.core.EventSink;

/** Collects one group of any length: events back to back, each behind its length. */
final class GroupBuffer implements EventSink {

  private UnsafeBuffer buffer = new UnsafeBuffer(new byte[64 * 1024]);
  private int length;

  void clear() {
    length = 0;
  }

  int length() {
    return length;
  }

  @Override
  public int claim(int eventLength) {
    int needed = length + Integer.BYTES + eventLength;
    if (needed > buffer.capacity()) {
      UnsafeBuffer larger =
          new UnsafeBuffer(new byte[Math.max(needed, Math.multiplyExact(2, buffer.capacity()))]);
      larger.putBytes(0, buffer, 0, length);
      buffer = larger;
    }
    buffer.putInt(length, eventLength);
    int at = length + Integer.BYTES;
    length = needed;
    return at;
  }

  @Override
  public MutableDirectBuffer buffer() {
    return buffer;
  }

  @Override
  public void commit() {
    // The claim already counts: nobody looks before the group is whole.
  }

  /** Takes over the beginning of a group that outgrew another place. */
  void start(MutableDirectBuffer from, int offset, int bytes) {
    claim(Math.max(0, bytes - Integer.BYTES));
    buffer.putBytes(0, from, offset, bytes);
    length = bytes;
  }
}
