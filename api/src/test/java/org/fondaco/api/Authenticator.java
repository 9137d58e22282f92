package org.fondaco.api;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * An authenticator and the browser in front of it, in software: one ES256 passkey, attestation
 * "none" [WebAuthn §6.1, §6.5, §8.7; CTAP2 canonical CBOR].
 */
final class Authenticator {
  static final int USER_PRESENT = 0x01;
  static final int USER_VERIFIED = 0x04;
  private static final int ATTESTED = 0x40;

  private final KeyPair pair;
  private final byte[] id = new byte[32];
  private final String origin;
  private final String rpId;
  int flags = USER_PRESENT | USER_VERIFIED;
  int count;

  Authenticator(String origin, String rpId) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    pair = generator.generateKeyPair();
    new java.security.SecureRandom().nextBytes(id);
    this.origin = origin;
    this.rpId = rpId;
  }

  String id() {
    return base64(id);
  }

  /** What navigator.credentials.create returns, as JSON. */
  Map<String, Object> create(String challenge) throws GeneralSecurityException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(head(flags | ATTESTED));
    data.writeBytes(new byte[16]);
    data.writeBytes(new byte[] {0, (byte) id.length});
    data.writeBytes(id);
    data.writeBytes(cose());
    ByteArrayOutputStream attestation = new ByteArrayOutputStream();
    attestation.write(0xa3);
    attestation.writeBytes(text("fmt"));
    attestation.writeBytes(text("none"));
    attestation.writeBytes(text("attStmt"));
    attestation.write(0xa0);
    attestation.writeBytes(text("authData"));
    attestation.writeBytes(bytes(data.toByteArray()));
    return credential(
        Map.of(
            "attestationObject",
            base64(attestation.toByteArray()),
            "clientDataJSON",
            base64(clientData("webauthn.create", challenge)),
            "transports",
            List.of("internal")));
  }

  /** What navigator.credentials.get returns, as JSON. */
  Map<String, Object> use(String challenge) throws GeneralSecurityException {
    count++;
    byte[] data = head(flags);
    byte[] client = clientData("webauthn.get", challenge);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(pair.getPrivate());
    signature.update(data);
    signature.update(sha256(client));
    return credential(
        Map.of(
            "authenticatorData",
            base64(data),
            "clientDataJSON",
            base64(client),
            "signature",
            base64(signature.sign())));
  }

  private Map<String, Object> credential(Map<String, Object> response) {
    return Map.of(
        "id",
        base64(id),
        "rawId",
        base64(id),
        "type",
        "public-key",
        "response",
        response,
        "clientExtensionResults",
        Map.of());
  }

  private byte[] head(int present) throws GeneralSecurityException {
    return ByteBuffer.allocate(37)
        .put(sha256(rpId.getBytes(StandardCharsets.UTF_8)))
        .put((byte) present)
        .putInt(count)
        .array();
  }

  private byte[] clientData(String type, String challenge) {
    return "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}"
        .formatted(type, challenge, origin)
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] cose() {
    ECPublicKey key = (ECPublicKey) pair.getPublic();
    ByteArrayOutputStream cose = new ByteArrayOutputStream();
    cose.writeBytes(new byte[] {(byte) 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21});
    cose.writeBytes(bytes(coordinate(key.getW().getAffineX().toByteArray())));
    cose.write(0x22);
    cose.writeBytes(bytes(coordinate(key.getW().getAffineY().toByteArray())));
    return cose.toByteArray();
  }

  private static byte[] coordinate(byte[] number) {
    byte[] fixed = new byte[32];
    int length = Math.min(32, number.length);
    System.arraycopy(number, number.length - length, fixed, 32 - length, length);
    return fixed;
  }

  private static byte[] text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + utf8.length).put((byte) (0x60 | utf8.length)).put(utf8).array();
  }

  private static byte[] bytes(byte[] bytes) {
    return ByteBuffer.allocate(3 + bytes.length)
        .put((byte) 0x59)
        .putShort((short) bytes.length)
        .put(bytes)
        .array();
  }

  private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
