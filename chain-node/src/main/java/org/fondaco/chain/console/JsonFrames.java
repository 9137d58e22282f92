package org.fondaco.chain.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Cuts a stream of JSON objects and arrays, with or without white space between them, into texts.
 * It looks at brackets and strings only; what is in between is the parser's business.
 */
final class JsonFrames {
  private final int bytesMax;
  private final ByteArrayOutputStream frame = new ByteArrayOutputStream();
  private int depth;
  private boolean inString;
  private boolean escaped;

  JsonFrames(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  /**
   * Takes bytes up to the end of the next value.
   *
   * @return the value's text, or an empty one if {@code bytes} ended before it did
   * @throws IOException if the stream is not JSON objects or arrays, or a value is too long
   */
  String next(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      byte each = bytes.get();
      if (depth == 0 && (each == ' ' || each == '\n' || each == '\r' || each == '\t')) {
        continue;
      }
      if (frame.size() >= bytesMax) {
        throw new IOException("an answer of more than " + bytesMax + " bytes");
      }
      frame.write(each);
      take(each);
      if (depth == 0) {
        String text = frame.toString(StandardCharsets.UTF_8);
        frame.reset();
        return text;
      }
    }
    return "";
  }

  private void take(byte each) throws IOException {
    if (inString) {
      if (escaped) {
        escaped = false;
      } else if (each == '\\') {
        escaped = true;
      } else if (each == '"') {
        inString = false;
      }
      return;
    }
    switch (each) {
      case '"' -> inString = true;
      case '{', '[' -> depth++;
      case '}', ']' -> depth--;
      default -> {}
    }
    if (depth < 0 || (depth == 0 && each != '}' && each != ']')) {
      throw new IOException("an answer that is not JSON-RPC");
    }
  }
}
