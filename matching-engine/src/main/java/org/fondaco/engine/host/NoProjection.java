package org.fondaco.engine.host;

import org.agrona.DirectBuffer;

/** For venues without a history store: keeps nothing, and starts where the engine's snapshot is. */
public final class NoProjection implements Projection {

  private volatile long watermark;

  /** Called by the host before anything else. */
  void resumeAt(long sequence) {
    watermark = sequence;
  }

  @Override
  public long watermark() {
    return watermark;
  }

  @Override
  public void group(long sequence, long time, DirectBuffer events, int offset, int length) {
    watermark = sequence;
  }

  @Override
  public void commit() {
    // Nothing is kept, so everything delivered is as durable as it will be.
  }
}
