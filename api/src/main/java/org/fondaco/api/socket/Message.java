package org.fondaco.api.socket;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One inbound text message, gathered from its frames. Not thread-safe. */
final class Message {
  private static final byte[] NOTHING = {};
  private static final int EMPTY_FRAMES_MAX = 16;

  private final int bytesMax;
  private byte[] bytes = NOTHING;
  private int length;
  private int emptyFrames;

  Message(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Adds a part; false when the message is too long with it. */
  boolean add(ByteBuffer part) {
    int more = part.remaining();
    if (more == 0) {
      emptyFrames++;
      return emptyFrames <= EMPTY_FRAMES_MAX;
    }
    emptyFrames = 0;
    if (more > bytesMax - length) {
      return false;
    }
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, Math.min(bytesMax, 2 * bytes.length)));
    }
    part.get(bytes, length, more);
    length += more;
    return true;
  }

  /**
   * The whole message; the next one begins.
   *
   * @throws CharacterCodingException when it is not UTF-8
   */
  String take() throws CharacterCodingException {
    ByteBuffer whole = ByteBuffer.wrap(bytes, 0, length);
    bytes = NOTHING;
    length = 0;
    emptyFrames = 0;
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(whole)
        .toString();
  }
}
