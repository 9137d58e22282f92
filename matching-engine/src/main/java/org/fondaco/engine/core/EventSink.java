package org.fondaco.engine.core;

import org.agrona.MutableDirectBuffer;

/**
 * Where the engine writes its events, without a copy: claim, write an SBE message (header first) at
 * the claimed offset of {@link #buffer()}, commit. One claim at a time.
 */
public interface EventSink {

  /**
   * Reserves room for one event of exactly this many bytes, waiting for room if the host is
   * bounded.
   *
   * @return offset into {@link #buffer()}, which must be asked for after every claim
   */
  int claim(int length);

  /** The buffer that the last claim lies in. */
  MutableDirectBuffer buffer();

  /** Ends the claim; the event's bytes must not be touched again. */
  void commit();
}
