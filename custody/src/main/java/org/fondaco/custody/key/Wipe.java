package org.fondaco.custody.key;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Secrets are arrays, and arrays are overwritten once they have served. */
public final class Wipe {
  private Wipe() {}

  public static void bytes(byte[]... arrays) {
    for (byte[] array : arrays) {
      Arrays.fill(array, (byte) 0);
    }
  }

  public static void chars(char[] array) {
    Arrays.fill(array, '\0');
  }

  /** The UTF-8 of the characters; nothing else is left of them. The result is the caller's. */
  public static byte[] utf8(char[] characters) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    Arrays.fill(encoded.array(), (byte) 0);
    return bytes;
  }
}
