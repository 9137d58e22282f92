package org.fondaco.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.fondaco.api.security.KeyRefused.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of the JDK's making are checked by another implementation, and the other way round. */
class PublicKeysTest {
  private static final byte[] PAYLOAD =
      "symbol=BTCUSDT&side=SELL&timestamp=1668481559918&recvWindow=5000"
          .getBytes(StandardCharsets.US_ASCII);

  /** Order of the group, 2^252 + 27742317777372353535851937790883648493 [RFC 8032 §5.1]. */
  private static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  @Test
  void acceptsTheKeysOfTheDocuments() {
    PublicKeys.Uploaded ed25519 =
        PublicKeys.fromPem(
            """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEAgmDRTtj2FA+wzJUIlAL9ly1eovjLBu7uXUFR+jFULmg=
            -----END PUBLIC KEY-----
            """);
    assertThat(ed25519.type()).isEqualTo(KeyType.ED25519);
    PublicKeys.Uploaded rsa =
        PublicKeys.fromPem(
            """
            -----BEGIN PUBLIC KEY-----
            MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAyfKiFXpcOhF5rX1XxePN
            akwN7Etwtn3v05cZNY+ftDHbVZHs/kY6Ruj5lhxVFAq5dv7Ba9/4jPijXuMuIc6Y
            8nUlqtrrxC8DEOAczw9SKATDYZN9nbLfYlbBFfHzRQUXdAtYCPI6XtxmJBS7aOBb
            4nZe1SVm+bhLrp0YQnx2P0s+37qkGeVn09m6w9MnWxjgCkkYFPWQkXIu5qOnwx6p
            NfqDmFD7d7dUc/6PZQ1bKFALu/UETsobmBk82ShbrBhlc0JXuhf9qBR7QASjHjFQ
            2N+VF2PfH8dm5prZIpz/MFKPkBW4Yuss0OXiD+jQt1J2JUKspLqsIqoXjHQQGjL7
            3wIDAQAB
            -----END PUBLIC KEY-----
            """);
    assertThat(rsa.type()).isEqualTo(KeyType.RSA);
    assertThat(PublicKeys.toPem(rsa.der())).contains("\n3wIDAQAB\n");
    assertThat(PublicKeys.fromPem(PublicKeys.toPem(rsa.der())).der()).isEqualTo(rsa.der());
  }

  @Test
  void verifiesRsa() throws GeneralSecurityException {
    KeyPair pair = pair("RSA", 2_048);
    KeyVerifier verifier = uploaded(pair).verifier();
    byte[] signature = sign("SHA256withRSA", pair);
    assertThat(verifier.verify(PAYLOAD, base64(signature))).isTrue();
    assertThat(verifier.verify(new byte[0], base64(signature))).isFalse();
    assertThat(verifier.verify(PAYLOAD, base64(signature).substring(4))).isFalse();
    assertThat(verifier.verify(PAYLOAD, base64(signature).replace('=', ' '))).isFalse();
    assertThat(verifier.verify(PAYLOAD, base64(new byte[256]))).isFalse();
    byte[] ones = new byte[256];
    Arrays.fill(ones, (byte) 0xff);
    assertThat(verifier.verify(PAYLOAD, base64(ones))).isFalse();
    assertThat(verifier.verify(PAYLOAD, base64(sign("SHA512withRSA", pair)))).isFalse();
    assertThat(verifier.verify(PAYLOAD, "")).isFalse();
  }

  @Test
  void verifiesEd25519AndNoSecondSignatureMadeFromTheFirst() throws GeneralSecurityException {
    KeyPair pair = pair("Ed25519", 255);
    KeyVerifier verifier = uploaded(pair).verifier();
    byte[] signature = sign("Ed25519", pair);
    assertThat(verifier.verify(PAYLOAD, base64(signature))).isTrue();
    assertThat(verifier.verify(new byte[0], base64(signature))).isFalse();
    assertThat(verifier.verify(PAYLOAD, base64(new byte[64]))).isFalse();
    assertThat(verifier.verify(PAYLOAD, base64(signature).substring(1))).isFalse();
    assertThat(verifier.verify(PAYLOAD, "é".repeat(88))).isFalse();
    byte[] malleated = signature.clone();
    byte[] scalar = reversed(Arrays.copyOfRange(signature, 32, 64));
    byte[] greater = new BigInteger(1, scalar).add(ORDER).toByteArray();
    byte[] little = reversed(greater);
    System.arraycopy(little, 0, malleated, 32, Math.min(32, little.length));
    assertThat(verifier.verify(PAYLOAD, base64(malleated))).isFalse();
  }

  /** The canonical points of order 1, 2, 4 and 8, and encodings above the prime. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0200000000000000000000000000000000000000000000000000000000000000"
      })
  void refusesPointsThatAnybodyCanSignFor(String point) {
    assertThatThrownBy(() -> PublicKeys.fromDer(ed25519(HexFormat.of().parseHex(point))))
        .isInstanceOfSatisfying(
            KeyRefused.class,
            e -> assertThat(e.reason()).isIn(Reason.MALFORMED_PUBLIC_KEY, Reason.WEAK_PUBLIC_KEY));
  }

  @Test
  void refusesAPointWithAComponentOfSmallOrder() {
    // A valid key plus the point of order 2, (0, -1): both coordinates change their sign.
    byte[] secret = new byte[32];
    byte[] key = new byte[32];
    Ed25519.generatePublicKey(secret, 0, key, 0);
    BigInteger prime = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    int sign = key[31] & 0x80;
    key[31] &= 0x7f;
    byte[] mixed = new byte[32];
    byte[] y = reversed(prime.subtract(new BigInteger(1, reversed(key))).toByteArray());
    System.arraycopy(y, 0, mixed, 0, 32);
    mixed[31] |= (byte) (sign ^ 0x80);
    assertThat(refusal(PublicKeys.toPem(ed25519(mixed)))).isEqualTo(Reason.WEAK_PUBLIC_KEY);
  }

  @Test
  void refusesOtherKeysPrecisely() throws GeneralSecurityException {
    assertThat(refusal(pem(pair("RSA", 1_024)))).isEqualTo(Reason.WEAK_PUBLIC_KEY);
    assertThat(refusal(pem(pair("EC", 256)))).isEqualTo(Reason.UNSUPPORTED_PUBLIC_KEY);
    assertThat(refusal(pem(pair("X25519", 255)))).isEqualTo(Reason.UNSUPPORTED_PUBLIC_KEY);
    KeyPair rsa = pair("RSA", 2_048);
    byte[] der = rsa.getPublic().getEncoded();
    assertThat(refusal(PublicKeys.toPem(Arrays.copyOf(der, der.length + 1))))
        .isEqualTo(Reason.MALFORMED_PUBLIC_KEY);
    assertThat(refusal(PublicKeys.toPem(Arrays.copyOf(der, der.length - 1))))
        .isEqualTo(Reason.MALFORMED_PUBLIC_KEY);
    byte[] even = der.clone();
    even[der.length - 6] &= (byte) 0xfe;
    assertThat(refusal(PublicKeys.toPem(even))).isEqualTo(Reason.MALFORMED_PUBLIC_KEY);
    byte[] weak = der.clone();
    // The exponent 65537 becomes 65536 + 0: even.
    weak[der.length - 1] = 0;
    assertThat(refusal(PublicKeys.toPem(weak))).isEqualTo(Reason.MALFORMED_PUBLIC_KEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "MCowBQYDK2VwAyEAgmDRTtj2FA+wzJUIlAL9ly1eovjLBu7uXUFR+jFULmg=",
        "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\n!!!!\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\nAAAA=AAA\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\nBQA=\n-----END PUBLIC KEY-----",
        "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----",
        "-----BEGIN RSA PUBLIC KEY-----\nMAA=\n-----END RSA PUBLIC KEY-----",
        "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----"
      })
  void refusesWhatIsNoPublicKey(String text) {
    assertThat(refusal(text)).isEqualTo(Reason.MALFORMED_PUBLIC_KEY);
  }

  private static Reason refusal(String pem) {
    try {
      return unexpected(PublicKeys.fromPem(pem));
    } catch (KeyRefused e) {
      return e.reason();
    }
  }

  private static Reason unexpected(PublicKeys.Uploaded accepted) {
    throw new AssertionError("accepted as " + accepted.type());
  }

  private static byte[] ed25519(byte[] point) {
    byte[] prefix = HexFormat.of().parseHex("302a300506032b6570032100");
    byte[] der = Arrays.copyOf(prefix, prefix.length + point.length);
    System.arraycopy(point, 0, der, prefix.length, point.length);
    return der;
  }

  private static PublicKeys.Uploaded uploaded(KeyPair pair) {
    return PublicKeys.fromPem(pem(pair));
  }

  private static String pem(KeyPair pair) {
    return PublicKeys.toPem(pair.getPublic().getEncoded());
  }

  private static KeyPair pair(String algorithm, int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  private static byte[] sign(String algorithm, KeyPair pair) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(pair.getPrivate());
    signature.update(PAYLOAD);
    return signature.sign();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[32];
    for (int i = 0; i < 32 && i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }
}
