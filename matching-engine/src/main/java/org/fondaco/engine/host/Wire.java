package org.fondaco.engine.host;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.fondaco.engine.sbe.CancelAllDecoder;
import org.fondaco.engine.sbe.CancelOrderDecoder;
import org.fondaco.engine.sbe.CancelOrderListDecoder;
import org.fondaco.engine.sbe.CommandHeaderDecoder;
import org.fondaco.engine.sbe.KillDecoder;
import org.fondaco.engine.sbe.LiftKillDecoder;
import org.fondaco.engine.sbe.MessageHeaderDecoder;
import org.fondaco.engine.sbe.TickDecoder;

/** Looks into an encoded command without a flyweight: the header fields the host needs. */
final class Wire {

  private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
  private static final int TIME = HEADER + CommandHeaderDecoder.timeEncodingOffset();
  private static final int SOURCE = HEADER + CommandHeaderDecoder.sourceEncodingOffset();

  /** Shortest possible command. */
  static final int MIN_LENGTH = HEADER + CommandHeaderDecoder.ENCODED_LENGTH;

  /** What a command may use of the ring. */
  enum Priority {
    ORDER,
    CANCEL,
    KILL
  }

  private Wire() {}

  static long time(DirectBuffer buffer, int offset) {
    return buffer.getLong(offset + TIME);
  }

  static void time(MutableDirectBuffer buffer, int offset, long micros) {
    buffer.putLong(offset + TIME, micros);
  }

  static int template(DirectBuffer buffer, int offset) {
    return buffer.getShort(offset + 2) & 0xffff;
  }

  static Priority priority(DirectBuffer buffer, int offset) {
    return switch (template(buffer, offset)) {
      case KillDecoder.TEMPLATE_ID -> Priority.KILL;
      case CancelOrderDecoder.TEMPLATE_ID,
          CancelAllDecoder.TEMPLATE_ID,
          CancelOrderListDecoder.TEMPLATE_ID,
          LiftKillDecoder.TEMPLATE_ID,
          TickDecoder.TEMPLATE_ID ->
          Priority.CANCEL;
      default -> buffer.getInt(offset + SOURCE) == 0 ? Priority.ORDER : Priority.CANCEL;
    };
  }
}
