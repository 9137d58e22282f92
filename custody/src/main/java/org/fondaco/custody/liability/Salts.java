package org.fondaco.custody.liability;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A salt for each leaf, from one secret: HMAC-SHA256 over epoch, asset and account. Who has no
 * secret learns nothing of other leaves; who has one proof learns one salt.
 */
final class Salts {
  private final SecretKeySpec key;
  private final Mac mac;

  /** Of a secret of at least 32 bytes that never leaves the venue. */
  Salts(byte[] secret) {
    if (secret.length < 32) {
      throw new IllegalArgumentException("the secret has at least 32 bytes");
    }
    this(new SecretKeySpec(secret, "HmacSHA256"));
  }

  private Salts(SecretKeySpec key) {
    this.key = key;
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /** The same salts, for another thread to make beside this one. */
  Salts another() {
    return new Salts(key);
  }

  synchronized byte[] of(long epoch, int asset, long account) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + 4 + 8);
    bytes.putLong(epoch).putInt(asset).putLong(account);
    return mac.doFinal(bytes.array());
  }
}
