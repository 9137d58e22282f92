package org.fondaco.api.security;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 in hexadecimal of either case [rest-api.md §HMAC Keys]. */
final class HmacVerifier implements KeyVerifier {
  private static final int HASH_LENGTH = 32;
  private static final ThreadLocal<Mac> MACS = ThreadLocal.withInitial(HmacVerifier::mac);

  private final SecretKeySpec key;

  HmacVerifier(byte[] secret) {
    this.key = new SecretKeySpec(secret, "HmacSHA256");
  }

  @Override
  public boolean verify(byte[] payload, String signature) {
    if (signature.length() != 2 * HASH_LENGTH) {
      return false;
    }
    byte[] claimed = new byte[HASH_LENGTH];
    for (int i = 0; i < HASH_LENGTH; i++) {
      int high = Character.digit(signature.charAt(2 * i), 16);
      int low = Character.digit(signature.charAt(2 * i + 1), 16);
      if (high < 0 || low < 0) {
        return false;
      }
      claimed[i] = (byte) (high << 4 | low);
    }
    return MessageDigest.isEqual(hash(payload), claimed);
  }

  private byte[] hash(byte[] payload) {
    try {
      Mac mac = MACS.get();
      mac.init(key);
      return mac.doFinal(payload);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Mac mac() {
    try {
      return Mac.getInstance("HmacSHA256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
