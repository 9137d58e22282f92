package org.fondaco.engine.host;

import org.agrona.DirectBuffer;

/** The way in for tools that carry encoded commands and count answers; allocates nothing. */
public interface BulkIngress {

  /**
   * Copies one encoded command (SBE message header first) into the ring and stamps it. True means
   * that it was accepted, not that it is durable: that is so once {@link #answeredSequence()} has
   * passed it.
   *
   * @return false when the ring or the journal has no room for a command of its kind now, or when
   *     the venue is stopping; then it was certainly not executed
   * @throws IllegalArgumentException when it is longer than 4,088 bytes
   */
  boolean tryPublish(DirectBuffer command, int offset, int length);

  /** Journal sequence of the last command that is durable, executed and visible to readers. */
  long answeredSequence();
}
