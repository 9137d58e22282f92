package org.fondaco.engine.host;

import org.agrona.DirectBuffer;

/**
 * The way in for gateways and tools that carry encoded commands; allocates nothing. Thread-safe.
 */
public interface BulkIngress {

  /**
   * Copies one encoded command (SBE message header first) into the ring and stamps it. True means
   * that it was accepted, not that it is durable: that is so once the listener heard of it or
   * {@link #answeredSequence()} has passed it.
   *
   * @param correlation handed to the listener with the outcome, 0 = the listener is not told
   * @return false when the ring or the journal has no room for a command of its kind now, or when
   *     the venue is stopping; then it was certainly not executed
   * @throws IllegalArgumentException when it is longer than 4,080 bytes
   */
  boolean tryPublish(DirectBuffer command, int offset, int length, long correlation);

  /** Journal sequence of the last command that is durable, executed and visible to readers. */
  long answeredSequence();

  /**
   * Hears outcomes on the output thread, in sequence; must be quick and must not block or throw.
   */
  @FunctionalInterface
  interface Listener {

    /**
     * The command is durable, executed and visible to readers.
     *
     * @param events SBE events back to back, each preceded by its length as a little-endian int;
     *     valid during the call only
     */
    void answered(long correlation, long sequence, DirectBuffer events, int offset, int length);
  }
}
