package org.fondaco.chain.crypto;

import fr.acinq.secp256k1.Secp256k1;
import fr.acinq.secp256k1.Secp256k1Exception;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** ECDSA on secp256k1 as Bitcoin's consensus means it, by libsecp256k1. Safe for any thread. */
public final class Ecdsa {
  /** The order of the group. */
  public static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

  private static final BigInteger HALF_ORDER = ORDER.shiftRight(1);
  private static final Secp256k1 LIBRARY = Secp256k1.Companion.get();

  private Ecdsa() {}

  /**
   * Whether the key of {@code publicKey} signed {@code hash}. A high s is taken.
   *
   * @param der r and s by the loose reading of {@link LaxDer}
   * @param publicKey compressed, uncompressed or hybrid; any other bytes have signed nothing
   */
  public static boolean verify(byte[] der, byte[] hash, byte[] publicKey) {
    byte[] compact = LaxDer.parse(der);
    if (compact == null || isZero(compact, 0) || isZero(compact, 32)) {
      return false;
    }
    BigInteger s = new BigInteger(1, compact, 32, 32);
    if (s.compareTo(HALF_ORDER) > 0) {
      // libsecp256k1 verifies low s only; (r, n - s) is valid where (r, s) is.
      writeScalar(ORDER.subtract(s), compact, 32);
    }
    try {
      return LIBRARY.verify(compact, hash, publicKey);
    } catch (Secp256k1Exception e) {
      return false;
    }
  }

  /** Whether s is at most half the order, or the signature is none at all. */
  public static boolean isLowS(byte[] der) {
    byte[] compact = LaxDer.parse(der);
    return compact != null && new BigInteger(1, compact, 32, 32).compareTo(HALF_ORDER) <= 0;
  }

  /**
   * Signs as Bitcoin Core does: RFC 6979, low s, and tried again with a counter as extra entropy
   * until r is low too, so that the signature has at most 70 bytes.
   *
   * @param hash 32 bytes
   * @param secret 32 bytes, not zero and below the order
   * @return DER without a hash type
   * @throws IllegalArgumentException if the secret is none
   */
  public static byte[] sign(byte[] hash, byte[] secret) {
    requireSecret(secret);
    byte[] compact = LIBRARY.sign(hash, secret, null);
    for (int counter = 1; compact[0] < 0; counter++) {
      byte[] entropy = new byte[32];
      for (int i = 0; i < Integer.BYTES; i++) {
        entropy[i] = (byte) (counter >>> 8 * i);
      }
      compact = LIBRARY.sign(hash, secret, entropy);
    }
    return LIBRARY.compact2der(compact);
  }

  /**
   * A signature from which the key can be recovered.
   *
   * @param compact r and s, 32 bytes each
   * @param recovery which of the four points that fit it is, 0 to 3
   */
  public record Recoverable(byte[] compact, int recovery) {}

  /**
   * Signs by RFC 6979, with low s and any r.
   *
   * @throws IllegalArgumentException if the secret is none
   */
  public static Recoverable signRecoverable(byte[] hash, byte[] secret) {
    requireSecret(secret);
    byte[] compact = LIBRARY.sign(hash, secret, null);
    byte[] key = publicKey(secret, true);
    for (int recovery = 0; recovery < 4; recovery++) {
      if (Arrays.equals(key, recover(hash, compact, recovery, true))) {
        return new Recoverable(compact, recovery);
      }
    }
    throw new IllegalStateException("a signature that no key made");
  }

  /**
   * The public key that signed; null if none can have.
   *
   * @param compact r and s, 32 bytes each
   * @param recovery 0 to 3
   */
  public static byte @Nullable [] recover(
      byte[] hash, byte[] compact, int recovery, boolean compressed) {
    try {
      byte[] key = LIBRARY.ecdsaRecover(compact, hash, recovery);
      return compressed ? LIBRARY.pubKeyCompress(key) : LIBRARY.pubkeyParse(key);
    } catch (Secp256k1Exception e) {
      return null;
    }
  }

  /**
   * The public key of a secret: 33 bytes, or 65 if it is not compressed.
   *
   * @throws IllegalArgumentException if the secret is none
   */
  public static byte[] publicKey(byte[] secret, boolean compressed) {
    requireSecret(secret);
    byte[] full = LIBRARY.pubkeyCreate(secret);
    return compressed ? LIBRARY.pubKeyCompress(full) : full;
  }

  /** Whether the 32 bytes are a secret: not zero and below the order. */
  public static boolean isSecret(byte[] bytes) {
    return bytes.length == 32 && LIBRARY.secKeyVerify(bytes);
  }

  /** Whether the bytes are a point of the curve in one of the forms that keys have. */
  public static boolean isPublicKey(byte[] bytes) {
    try {
      return LIBRARY.pubkeyParse(bytes).length > 0;
    } catch (Secp256k1Exception e) {
      return false;
    }
  }

  /** The sum of a secret and a tweak of 32 bytes; null where there is none (BIP-32). */
  public static byte @Nullable [] tweakedSecret(byte[] secret, byte[] tweak) {
    try {
      return LIBRARY.privKeyTweakAdd(secret.clone(), tweak);
    } catch (Secp256k1Exception e) {
      return null;
    }
  }

  /** The public key of {@link #tweakedSecret}, compressed; null where there is none. */
  public static byte @Nullable [] tweakedKey(byte[] publicKey, byte[] tweak) {
    try {
      return LIBRARY.pubKeyCompress(LIBRARY.pubKeyTweakAdd(publicKey, tweak));
    } catch (Secp256k1Exception e) {
      return null;
    }
  }

  private static void requireSecret(byte[] secret) {
    if (!isSecret(secret)) {
      throw new IllegalArgumentException("not a private key");
    }
  }

  private static boolean isZero(byte[] bytes, int from) {
    for (int i = from; i < from + 32; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  static void writeScalar(BigInteger scalar, byte[] target, int offset) {
    byte[] bytes = scalar.toByteArray();
    int skip = Math.max(0, bytes.length - 32);
    int length = bytes.length - skip;
    Arrays.fill(target, offset, offset + 32 - length, (byte) 0);
    System.arraycopy(bytes, skip, target, offset + 32 - length, length);
  }
}
