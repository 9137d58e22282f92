package org.fondaco.engine.host;

import org.agrona.DirectBuffer;
import org.fondaco.engine.readmodel.LiveReadModel;

/** What the output thread feeds: the live read model. Called by that thread only. */
interface OutputFeed {

  /**
   * One whole group, in sequence.
   *
   * @param events SBE events back to back, each preceded by its length as a little-endian int
   */
  void apply(long sequence, long time, DirectBuffer events, int offset, int length);

  /** The history store has everything up to this sequence. */
  void watermark(long sequence);

  static OutputFeed of(LiveReadModel readModel) {
    return new OutputFeed() {
      @Override
      public void apply(long sequence, long time, DirectBuffer events, int offset, int length) {
        readModel.apply(sequence, time, events, offset, length);
      }

      @Override
      public void watermark(long sequence) {
        readModel.watermark(sequence);
      }
    };
  }
}
