package org.fondaco.bench.custody;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.fondaco.chain.crypto.Sha256;

/** Hashes that stand for transactions, blocks and addresses. */
final class Names {
  private Names() {}

  static byte[] bytes(String kind, long number) {
    byte[] text = kind.getBytes(StandardCharsets.US_ASCII);
    return Sha256.hash(
        ByteBuffer.allocate(text.length + Long.BYTES).put(text).putLong(number).array());
  }

  /** 32 bytes, hexadecimal. */
  static String hash(String kind, long number) {
    return HexFormat.of().formatHex(bytes(kind, number));
  }

  /** 20 bytes. */
  static byte[] account(String kind, long number) {
    return Arrays.copyOf(bytes(kind, number), 20);
  }

  /** A P2WPKH script. */
  static byte[] script(String kind, long number) {
    byte[] script = new byte[22];
    script[1] = 20;
    System.arraycopy(account(kind, number), 0, script, 2, 20);
    return script;
  }
}
