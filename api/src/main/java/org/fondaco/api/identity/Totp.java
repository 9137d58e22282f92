package org.fondaco.api.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords [RFC 6238] as authenticator apps make them: HMAC-SHA1, six digits,
 * thirty seconds.
 */
final class Totp {
  static final int DIGITS = 6;
  static final int PERIOD_SECONDS = 30;
  private static final int MODULUS = 1_000_000;
  private static final int STEPS_BESIDE = 1;
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Totp() {}

  /** The code of a time step [RFC 4226 §5.3]. */
  static String code(byte[] secret, long step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(0, step).array());
      int offset = hash[hash.length - 1] & 0xf;
      int truncated = ByteBuffer.wrap(hash).getInt(offset) & 0x7fff_ffff;
      String digits = Integer.toString(truncated % MODULUS);
      return "0".repeat(DIGITS - digits.length()) + digits;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA1", e);
    }
  }

  /**
   * The step that a code is of, now or one step beside it for clocks that differ; -1 = none.
   *
   * @param after codes of this step and earlier ones are spent
   */
  static long step(byte[] secret, String code, long nowSeconds, long after) {
    byte[] claimed = code.getBytes(StandardCharsets.UTF_8);
    long now = nowSeconds / PERIOD_SECONDS;
    long found = -1;
    for (long step = now - STEPS_BESIDE; step <= now + STEPS_BESIDE; step++) {
      byte[] right = code(secret, step).getBytes(StandardCharsets.UTF_8);
      if (MessageDigest.isEqual(right, claimed) && step > after) {
        found = step;
      }
    }
    return found;
  }

  /** Base32 without padding [RFC 4648 §6], as apps read it. */
  static String base32(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int bits = 0;
    int held = 0;
    for (byte b : bytes) {
      bits = bits << 8 | (b & 0xff);
      held += 8;
      while (held >= 5) {
        text.append(BASE32.charAt(bits >> (held - 5) & 31));
        held -= 5;
      }
      bits &= (1 << held) - 1;
    }
    if (held > 0) {
      text.append(BASE32.charAt(bits << (5 - held) & 31));
    }
    return text.toString();
  }
}
