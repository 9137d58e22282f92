package org.fondaco.chain.rpc.eth;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names of filters and subscriptions, which nobody can guess: whoever knows one may end it. */
final class Identifiers {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 16;

  private Identifiers() {}

  static String next() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
