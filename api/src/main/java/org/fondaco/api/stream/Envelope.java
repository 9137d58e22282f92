package org.fondaco.api.stream;

import java.nio.ByteBuffer;
import org.fondaco.api.json.JsonWriter;

/** The form of combined streams: {@code {"stream":name,"data":event}}. */
final class Envelope {
  private static final String HEAD = "{\"stream\":";
  private static final String DATA = ",\"data\":";

  private Envelope() {}

  /**
   * @param event one JSON value; not changed
   */
  static ByteBuffer wrap(String stream, ByteBuffer event) {
    ByteBuffer name = new JsonWriter(stream.length() + 2).value(stream).buffer();
    ByteBuffer whole =
        ByteBuffer.allocate(
            HEAD.length() + name.remaining() + DATA.length() + event.remaining() + 1);
    ascii(whole, HEAD);
    whole.put(name);
    ascii(whole, DATA);
    whole.put(event.duplicate());
    return whole.put((byte) '}').flip();
  }

  private static void ascii(ByteBuffer to, String text) {
    for (int i = 0; i < text.length(); i++) {
      to.put((byte) text.charAt(i));
    }
  }
}
