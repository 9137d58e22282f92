package org.fondaco.chain.utxo.descriptor;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.fondaco.chain.crypto.Ecdsa;
import org.fondaco.chain.crypto.ShortHash;
import org.fondaco.chain.utxo.address.AddressException;
import org.fondaco.chain.utxo.address.Base58;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/**
 * BIP-32: a key with the code that its children are derived by. Immutable.
 *
 * @param depth from the master key, which has 0
 * @param parent first four bytes of the parent's fingerprint; zeros for the master key
 * @param number of the child, unsigned; from 2^31 on it is hardened
 * @param chainCode 32 bytes
 * @param publicKey 33 bytes
 * @param secret 32 bytes, or null where only the public key is known
 */
public record ExtendedKey(
    int depth,
    byte[] parent,
    int number,
    byte[] chainCode,
    byte[] publicKey,
    byte @Nullable [] secret) {
  /** Added to the number of a child that needs the secret. */
  public static final int HARDENED = 0x8000_0000;

  private static final int BYTES = 78;
  private static final int FINGERPRINT_BYTES = 4;
  private static final int DEPTH_MAX = 255;

  /** The four bytes in front. */
  private enum Version {
    MAIN_PUBLIC(0x0488b21e),
    MAIN_SECRET(0x0488ade4),
    TEST_PUBLIC(0x043587cf),
    TEST_SECRET(0x04358394);

    private final int number;

    Version(int number) {
      this.number = number;
    }
  }

  /** The master key of a seed of 16 to 64 bytes. */
  public static ExtendedKey master(byte[] seed) {
    byte[] code = hmac("Bitcoin seed".getBytes(StandardCharsets.US_ASCII), seed);
    byte[] secret = Arrays.copyOf(code, 32);
    if (!Ecdsa.isSecret(secret)) {
      throw new IllegalArgumentException("a seed without a master key"); // one of 2^127
    }
    return ofSecret(0, new byte[FINGERPRINT_BYTES], 0, Arrays.copyOfRange(code, 32, 64), secret);
  }

  private static ExtendedKey ofSecret(
      int depth, byte[] parent, int number, byte[] chainCode, byte[] secret) {
    byte[] publicKey = Ecdsa.publicKey(secret, true);
    return new ExtendedKey(depth, parent, number, chainCode, publicKey, secret);
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA512");
      mac.init(new SecretKeySpec(key, "HmacSHA512"));
      return mac.doFinal(message);
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA512", e);
    }
  }

  /**
   * The child of a number.
   *
   * @throws IllegalArgumentException if it is hardened and the secret is not known, if there is no
   *     such child, or the key is too deep
   */
  public ExtendedKey child(int index) {
    if (depth == DEPTH_MAX) {
      throw new IllegalArgumentException("deeper than any extended key");
    }
    byte[] known = secret;
    WireWriter data = new WireWriter(37);
    if (index >= 0) {
      data.bytes(publicKey);
    } else if (known == null) {
      throw new IllegalArgumentException("a hardened child needs the private key");
    } else {
      data.uint8(0).bytes(known);
    }
    data.uint8(index >>> 24).uint8(index >>> 16).uint8(index >>> 8).uint8(index);
    byte[] code = hmac(chainCode, data.toBytes());
    byte[] tweak = Arrays.copyOf(code, 32);
    byte[] chain = Arrays.copyOfRange(code, 32, 64);
    if (known != null) {
      byte[] derived = Ecdsa.tweakedSecret(known, tweak);
      if (derived != null) {
        return ofSecret(depth + 1, fingerprint(), index, chain, derived);
      }
    } else {
      byte[] derived = Ecdsa.tweakedKey(publicKey, tweak);
      if (derived != null) {
        return new ExtendedKey(depth + 1, fingerprint(), index, chain, derived, null);
      }
    }
    throw new IllegalArgumentException("there is no child of this number"); // one of 2^127
  }

  /** Four bytes that name the key to its children. */
  public byte[] fingerprint() {
    return Arrays.copyOf(ShortHash.hash160(publicKey), FINGERPRINT_BYTES);
  }

  /** The same without the secret. */
  public ExtendedKey withoutSecret() {
    return new ExtendedKey(depth, parent, number, chainCode, publicKey, null);
  }

  /**
   * Reads a key of a network.
   *
   * @param test whether it is a test network
   * @throws AddressException if it is none of them
   */
  static ExtendedKey parse(String text, boolean test) {
    byte[] bytes = Base58.decodeChecked(text);
    if (bytes.length != BYTES) {
      throw new AddressException("invalid length of an extended key");
    }
    int version = number(bytes, 0);
    byte[] parent = Arrays.copyOfRange(bytes, 5, 9);
    byte[] chainCode = Arrays.copyOfRange(bytes, 13, 45);
    byte[] key = Arrays.copyOfRange(bytes, 45, BYTES);
    int depth = bytes[4] & 0xff;
    int number = number(bytes, 9);
    if (depth == 0 && (number != 0 || number(parent, 0) != 0)) {
      throw new AddressException("a master key with a parent");
    }
    if (version == version(test, true).number) {
      byte[] secret = Arrays.copyOfRange(key, 1, key.length);
      if (key[0] == 0 && Ecdsa.isSecret(secret)) {
        return ofSecret(depth, parent, number, chainCode, secret);
      }
    } else if (version == version(test, false).number && Ecdsa.isPublicKey(key)) {
      return new ExtendedKey(depth, parent, number, chainCode, key, null);
    }
    throw new AddressException("not an extended key of this network");
  }

  private static int number(byte[] bytes, int at) {
    return bytes[at] << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | bytes[at + 3] & 0xff;
  }

  private static Version version(boolean test, boolean secret) {
    if (test) {
      return secret ? Version.TEST_SECRET : Version.TEST_PUBLIC;
    }
    return secret ? Version.MAIN_SECRET : Version.MAIN_PUBLIC;
  }

  /** With the secret if it is known. */
  public String text(boolean test) {
    byte[] known = secret;
    int version = version(test, known != null).number;
    WireWriter writer = new WireWriter(BYTES);
    writer.uint8(version >>> 24).uint8(version >>> 16).uint8(version >>> 8).uint8(version);
    writer.uint8(depth).bytes(parent);
    writer.uint8(number >>> 24).uint8(number >>> 16).uint8(number >>> 8).uint8(number);
    writer.bytes(chainCode);
    if (known == null) {
      writer.bytes(publicKey);
    } else {
      writer.uint8(0).bytes(known);
    }
    return Base58.encodeChecked(writer.toBytes());
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "extended key " + HexFormat.of().formatHex(fingerprint());
  }
}
