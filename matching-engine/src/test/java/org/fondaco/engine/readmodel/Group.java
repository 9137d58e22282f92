package org.fondaco.engine.readmodel;

import java.nio.ByteOrder;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.EventCodec;

/** A group of events, and its way onto the wire. */
public record Group(long sequence, long time, List<EngineEvent> events) {

  /** Encodes the group and gives it to the model. */
  public void applyTo(LiveReadModel model) {
    EventCodec codec = new EventCodec();
    ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4096);
    // Not at offset zero: the model must not assume where a group lies.
    int start = 24;
    int position = start;
    for (EngineEvent event : events) {
      int length = codec.encode(event, buffer, position + Integer.BYTES);
      buffer.putInt(position, length, ByteOrder.LITTLE_ENDIAN);
      position += Integer.BYTES + length;
    }
    model.apply(sequence, time, buffer, start, position - start);
  }
}
