package org.fondaco.engine.host;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.EventCodec;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.sbe.CommandDoneDecoder;
import org.fondaco.engine.sbe.MessageHeaderDecoder;
import org.jspecify.annotations.Nullable;

/** A group decoded by the thread that looks at it, not by the output thread. Unmodifiable. */
final class LazyEvents extends AbstractList<EngineEvent> implements RandomAccess {

  private static final int DONE_LENGTH =
      MessageHeaderDecoder.ENCODED_LENGTH + CommandDoneDecoder.BLOCK_LENGTH;
  private static final int REASON =
      MessageHeaderDecoder.ENCODED_LENGTH + CommandDoneDecoder.reasonEncodingOffset();

  private static final ThreadLocal<EventCodec> CODECS = ThreadLocal.withInitial(EventCodec::new);

  private byte @Nullable [] bytes;
  private List<EngineEvent> events = List.of();

  private LazyEvents(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Copies a group; CommandDone is its last event. */
  static CommandResult result(
      long sequence, long time, DirectBuffer buffer, int offset, int length) {
    byte[] copy = new byte[length];
    buffer.getBytes(offset, copy);
    int reason = copy[length - DONE_LENGTH + REASON] & 0xff;
    return new CommandResult(sequence, time, RejectReason.of(reason), new LazyEvents(copy));
  }

  private synchronized List<EngineEvent> events() {
    byte[] group = bytes;
    if (group != null) {
      EventCodec codec = CODECS.get();
      UnsafeBuffer buffer = new UnsafeBuffer(group);
      List<EngineEvent> decoded = new ArrayList<>();
      for (int at = 0; at < group.length; at += Integer.BYTES + buffer.getInt(at)) {
        decoded.add(codec.decode(buffer, at + Integer.BYTES));
      }
      events = List.copyOf(decoded);
      bytes = null;
    }
    return events;
  }

  @Override
  public EngineEvent get(int index) {
    return events().get(index);
  }

  @Override
  public int size() {
    return events().size();
  }
}
