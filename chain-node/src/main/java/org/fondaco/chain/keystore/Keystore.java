package org.fondaco.chain.keystore;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.crypto.Secp256k1;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The Web3 Secret Storage Definition, version 3: what geth keeps in its keystore folder. */
public final class Keystore {
  /** How a password becomes a key, and what that costs. */
  public enum Derivation {
    /** geth's standard: scrypt with n = 2^18, 256 MiB and about a second. */
    SCRYPT_STANDARD(1 << 18, 1),
    /** geth's {@code --lightkdf}: scrypt with n = 2^12. */
    SCRYPT_LIGHT(1 << 12, 6),
    /** PBKDF2 with 262,144 rounds of HMAC-SHA-256. */
    PBKDF2(1 << 18, 0);

    private final int rounds;
    private final int parallel;

    Derivation(int rounds, int parallel) {
      this.rounds = rounds;
      this.parallel = parallel;
    }
  }

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HexFormat HEX = HexFormat.of();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BLOCK_SIZE = 8;
  private static final int DERIVED_BYTES = 32;

  /** A file may not ask for more than this: 1 GiB of scrypt, 16 million rounds of PBKDF2. */
  private static final long SCRYPT_BYTES_MAX = 1L << 30;

  private static final long ROUNDS_MAX = 1L << 24;
  private static final long PARALLEL_MAX = 64;

  private Keystore() {}

  /**
   * The file of a private key of 32 bytes; the password stays the caller's to wipe.
   *
   * @throws IllegalArgumentException if the bytes are not a private key
   */
  public static String encrypt(byte[] privateKey, char[] password, Derivation derivation) {
    String address = HEX.formatHex(Secp256k1.addressOf(privateKey).toBytes());
    byte[] salt = random(32);
    byte[] iv = random(16);
    ObjectNode file = JSON.createObjectNode();
    file.put("address", address);
    ObjectNode crypto = file.putObject("crypto");
    ObjectNode parameters = JSON.createObjectNode();
    parameters.put("dklen", DERIVED_BYTES).put("salt", HEX.formatHex(salt));
    byte[] derived;
    if (derivation == Derivation.PBKDF2) {
      parameters.put("c", derivation.rounds).put("prf", "hmac-sha256");
      derived = pbkdf2(password, salt, derivation.rounds, DERIVED_BYTES);
    } else {
      parameters.put("n", derivation.rounds).put("r", BLOCK_SIZE).put("p", derivation.parallel);
      derived =
          scrypt(password, salt, derivation.rounds, BLOCK_SIZE, derivation.parallel, DERIVED_BYTES);
    }
    byte[] ciphertext = aes(derived, iv, privateKey);
    crypto.put("cipher", "aes-128-ctr").put("ciphertext", HEX.formatHex(ciphertext));
    crypto.putObject("cipherparams").put("iv", HEX.formatHex(iv));
    crypto.put("kdf", derivation == Derivation.PBKDF2 ? "pbkdf2" : "scrypt");
    crypto.set("kdfparams", parameters);
    crypto.put("mac", HEX.formatHex(mac(derived, ciphertext)));
    Arrays.fill(derived, (byte) 0);
    file.put("id", UUID.randomUUID().toString()).put("version", 3);
    return JSON.writeValueAsString(file);
  }

  /**
   * The private key of a file, 32 bytes.
   *
   * @throws KeystoreException if the password is wrong or the file is not readable
   */
  public static byte[] decrypt(String file, char[] password) throws KeystoreException {
    try {
      JsonNode root = JSON.readTree(file);
      if (root.path("version").asInt(0) != 3) {
        throw new KeystoreException("not a key file of version 3");
      }
      JsonNode crypto = root.has("crypto") ? root.path("crypto") : root.path("Crypto");
      if (!text(crypto, "cipher").equals("aes-128-ctr")) {
        throw new KeystoreException("a cipher other than aes-128-ctr");
      }
      byte[] ciphertext = bytes(crypto, "ciphertext");
      byte[] iv = bytes(crypto.path("cipherparams"), "iv");
      byte[] derived = derive(text(crypto, "kdf"), crypto.path("kdfparams"), password);
      if (iv.length != 16 || ciphertext.length != 32) {
        throw new KeystoreException("an IV or a key of the wrong length");
      }
      if (!MessageDigest.isEqual(mac(derived, ciphertext), bytes(crypto, "mac"))) {
        throw new KeystoreException("could not decrypt key with given password");
      }
      return aes(derived, iv, ciphertext);
    } catch (JacksonException e) {
      throw new KeystoreException("not a key file: no JSON");
    }
  }

  private static byte[] derive(String function, JsonNode parameters, char[] password)
      throws KeystoreException {
    byte[] salt = bytes(parameters, "salt");
    int length = (int) number(parameters, "dklen", 1024);
    if (length < DERIVED_BYTES) {
      throw new KeystoreException("a derived key below 32 bytes");
    }
    switch (function) {
      case "scrypt" -> {
        long n = number(parameters, "n", ROUNDS_MAX);
        long r = number(parameters, "r", 1024);
        long p = number(parameters, "p", PARALLEL_MAX);
        if (Long.bitCount(n) != 1 || n == 1 || 128 * n * r > SCRYPT_BYTES_MAX) {
          throw new KeystoreException("scrypt parameters that no memory fits");
        }
        return scrypt(password, salt, (int) n, (int) r, (int) p, length);
      }
      case "pbkdf2" -> {
        if (!text(parameters, "prf").equals("hmac-sha256")) {
          throw new KeystoreException("a PBKDF2 function other than hmac-sha256");
        }
        return pbkdf2(password, salt, (int) number(parameters, "c", ROUNDS_MAX), length);
      }
      default -> throw new KeystoreException("a key derivation other than scrypt and pbkdf2");
    }
  }

  private static byte[] pbkdf2(char[] password, byte[] salt, int rounds, int length) {
    byte[] bytes = utf8(password);
    try {
      return Scrypt.pbkdf2(bytes, salt, rounds, length);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static byte[] scrypt(
      char[] password, byte[] salt, int n, int r, int parallel, int length) {
    byte[] bytes = utf8(password);
    try {
      return Scrypt.derive(bytes, salt, n, r, parallel, length);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Keccak-256 of the second half of the derived key and the ciphertext. */
  private static byte[] mac(byte[] derived, byte[] ciphertext) {
    byte[] input = Arrays.copyOf(Arrays.copyOfRange(derived, 16, 32), 16 + ciphertext.length);
    System.arraycopy(ciphertext, 0, input, 16, ciphertext.length);
    return Keccak.hash256(input);
  }

  private static byte[] aes(byte[] derived, byte[] iv, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(derived, 0, 16, "AES"), new IvParameterSpec(iv));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES in counter mode", e);
    }
  }

  private static long number(JsonNode node, String name, long max) throws KeystoreException {
    JsonNode value = node.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new KeystoreException("no number " + name);
    }
    long number = value.asLong();
    if (number < 1 || number > max) {
      throw new KeystoreException(name + " is out of range");
    }
    return number;
  }

  private static String text(JsonNode node, String name) throws KeystoreException {
    if (!node.path(name).isString()) {
      throw new KeystoreException("no text " + name);
    }
    return node.path(name).asString();
  }

  private static byte[] bytes(JsonNode node, String name) throws KeystoreException {
    try {
      return HEX.parseHex(text(node, name));
    } catch (IllegalArgumentException e) {
      throw new KeystoreException(name + " is not hexadecimal");
    }
  }

  private static byte[] utf8(char[] password) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    Arrays.fill(encoded.array(), (byte) 0);
    return bytes;
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
