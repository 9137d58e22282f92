package org.fondaco.api.security;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

/** RSASSA-PKCS1-v1_5 with SHA-256 in base64 [RFC 8017 §8.2, rest-api.md §RSA Keys]. */
final class RsaVerifier implements KeyVerifier {
  private static final ThreadLocal<Signature> SIGNATURES =
      ThreadLocal.withInitial(RsaVerifier::signature);

  private final PublicKey key;
  private final int length;

  RsaVerifier(BigInteger modulus, BigInteger exponent) {
    try {
      key = KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    length = (modulus.bitLength() + 7) / 8;
  }

  @Override
  public boolean verify(byte[] payload, String signature) {
    if (signature.length() != (length + 2) / 3 * 4) {
      return false;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(signature.getBytes(StandardCharsets.ISO_8859_1));
      Signature verification = SIGNATURES.get();
      verification.initVerify(key);
      verification.update(payload);
      return bytes.length == length && verification.verify(bytes);
    } catch (IllegalArgumentException | SignatureException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Signature signature() {
    try {
      return Signature.getInstance("SHA256withRSA");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
