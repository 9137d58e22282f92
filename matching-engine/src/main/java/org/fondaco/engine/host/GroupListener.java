package org.fondaco.engine.host;

import org.agrona.DirectBuffer;

/**
 * Hears every group that left the gate, in sequence, after the read model has it and its sender is
 * answered. On the output thread, which all answers wait for: must be quick, must not block or
 * throw, and must not submit commands.
 */
@FunctionalInterface
public interface GroupListener {

  /**
   * One whole group, durable, executed and visible to readers.
   *
   * @param sequence journal sequence of the command
   * @param time engine time, microseconds
   * @param events SBE events back to back, each preceded by its length as a little-endian int;
   *     valid during the call only
   */
  void group(long sequence, long time, DirectBuffer events, int offset, int length);
}
