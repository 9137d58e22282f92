package org.fondaco.api.security;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.fondaco.api.security.KeyRefused.Reason;

/** Reads the public keys that users upload: a SubjectPublicKeyInfo [RFC 5280] in PEM [RFC 7468]. */
final class PublicKeys {
  private static final int TEXT_LENGTH_MAX = 4_096;
  private static final int RSA_BITS_MIN = 2_048;
  private static final int RSA_BITS_MAX = 4_096;
  // Verification costs as much as the exponent is long; F4 is what everybody uses.
  private static final int RSA_EXPONENT_BITS_MAX = 32;
  // RFC 8410 §3.
  private static final ASN1ObjectIdentifier ED25519 = new ASN1ObjectIdentifier("1.3.101.112");
  private static final Pattern PEM =
      Pattern.compile(
          "\\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----\\s*");

  private PublicKeys() {}

  /** A key that may verify requests, and the bytes that are stored. */
  record Uploaded(KeyType type, byte[] der, KeyVerifier verifier) {}

  /**
   * @throws KeyRefused when it is malformed, weak, or of a kind that is not used here
   */
  static Uploaded fromPem(String pem) {
    if (pem.contains("PRIVATE KEY")) {
      throw new KeyRefused(
          Reason.MALFORMED_PUBLIC_KEY,
          "This is a private key: never show it to anybody. Upload the public one.");
    }
    Matcher matcher = PEM.matcher(pem);
    if (pem.length() > TEXT_LENGTH_MAX || !matcher.matches()) {
      throw malformed("A public key starts with -----BEGIN PUBLIC KEY----- and is one PEM block.");
    }
    try {
      return fromDer(Base64.getDecoder().decode(matcher.group(1).replaceAll("\\s", "")));
    } catch (IllegalArgumentException e) {
      throw malformed("The PEM block does not hold base64.");
    }
  }

  /** As {@link #fromPem}, of the bytes within the block. */
  static Uploaded fromDer(byte[] der) {
    SubjectPublicKeyInfo info;
    try {
      info = SubjectPublicKeyInfo.getInstance(ASN1Primitive.fromByteArray(der));
      if (info == null || !Arrays.equals(info.getEncoded("DER"), der)) {
        throw malformed("The PEM block does not hold a SubjectPublicKeyInfo in DER.");
      }
    } catch (IOException | IllegalArgumentException | ClassCastException e) {
      throw malformed("The PEM block does not hold a SubjectPublicKeyInfo in DER.");
    }
    ASN1ObjectIdentifier algorithm = info.getAlgorithm().getAlgorithm();
    if (algorithm.equals(ED25519)) {
      return new Uploaded(KeyType.ED25519, der, ed25519(info));
    }
    if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      return new Uploaded(KeyType.RSA, der, rsa(info));
    }
    throw new KeyRefused(
        Reason.UNSUPPORTED_PUBLIC_KEY, "Keys are RSA or Ed25519; this is " + algorithm + ".");
  }

  /** The stored bytes as they were uploaded, in lines of 64. */
  static String toPem(byte[] der) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END PUBLIC KEY-----\n";
  }

  private static KeyVerifier ed25519(SubjectPublicKeyInfo info) {
    byte[] point = info.getPublicKeyData().getBytes();
    if (point.length != Ed25519.PUBLIC_KEY_SIZE) {
      throw malformed("An Ed25519 public key has 32 bytes.");
    }
    if (!Ed25519.validatePublicKeyPartial(point, 0)) {
      // No point, not canonical, or of small order: for those anybody can sign [eprint 2020/1244].
      throw malformed("These 32 bytes are no public key of Ed25519.");
    }
    Ed25519.PublicPoint valid = Ed25519.validatePublicKeyFullExport(point, 0);
    if (valid == null) {
      // With a component of small order one signature would hold for several keys.
      throw new KeyRefused(
          Reason.WEAK_PUBLIC_KEY, "This point is not in the prime-order group of Ed25519.");
    }
    return new Ed25519Verifier(valid);
  }

  private static KeyVerifier rsa(SubjectPublicKeyInfo info) {
    BigInteger modulus;
    BigInteger exponent;
    try {
      RSAPublicKey key = RSAPublicKey.getInstance(info.parsePublicKey());
      modulus = key.getModulus();
      exponent = key.getPublicExponent();
    } catch (IOException | IllegalArgumentException e) {
      throw malformed("The SubjectPublicKeyInfo holds no RSA key.");
    }
    int bits = modulus.bitLength();
    if (bits < RSA_BITS_MIN) {
      throw new KeyRefused(
          Reason.WEAK_PUBLIC_KEY,
          "An RSA key has at least %d bits, this one has %d.".formatted(RSA_BITS_MIN, bits));
    }
    if (bits > RSA_BITS_MAX || exponent.bitLength() > RSA_EXPONENT_BITS_MAX) {
      throw new KeyRefused(
          Reason.UNSUPPORTED_PUBLIC_KEY,
          "An RSA key has at most %d bits and an exponent of at most %d."
              .formatted(RSA_BITS_MAX, RSA_EXPONENT_BITS_MAX));
    }
    try {
      // Refuses even numbers, small factors and primes.
      new RSAKeyParameters(false, modulus, exponent);
    } catch (IllegalArgumentException e) {
      throw malformed("This is no RSA modulus and exponent.");
    }
    if (exponent.compareTo(BigInteger.TWO) <= 0) {
      throw new KeyRefused(Reason.WEAK_PUBLIC_KEY, "An RSA exponent is at least 3.");
    }
    return new RsaVerifier(modulus, exponent);
  }

  private static KeyRefused malformed(String message) {
    return new KeyRefused(Reason.MALFORMED_PUBLIC_KEY, message);
  }
}
