package org.fondaco.api.security;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Ed25519 in base64 [RFC 8032, rest-api.md §Ed25519 Keys]. A signature whose scalar is not reduced,
 * or whose point is not canonical, is refused, and keys have no component of small order, so that
 * nobody can make a second signature of the same payload from the first.
 */
final class Ed25519Verifier implements KeyVerifier {
  private static final int TEXT_LENGTH = 88;

  private final Ed25519.PublicPoint key;

  Ed25519Verifier(Ed25519.PublicPoint key) {
    this.key = key;
  }

  @Override
  public boolean verify(byte[] payload, String signature) {
    if (signature.length() != TEXT_LENGTH) {
      return false;
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(signature.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      return false;
    }
    return bytes.length == Ed25519.SIGNATURE_SIZE
        && Ed25519.verify(bytes, 0, key, payload, 0, payload.length);
  }
}
