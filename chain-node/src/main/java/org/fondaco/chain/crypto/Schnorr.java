package org.fondaco.chain.crypto;

import fr.acinq.secp256k1.Secp256k1;
import fr.acinq.secp256k1.Secp256k1Exception;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Schnorr signatures on secp256k1: BIP-340's, and those that Bitcoin Cash has had since 2019. Safe
 * for any thread.
 */
public final class Schnorr {
  private static final BigInteger FIELD =
      new BigInteger("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f", 16);
  private static final Secp256k1 LIBRARY = Secp256k1.Companion.get();
  private static final int EVEN = 2;

  private Schnorr() {}

  /**
   * BIP-340.
   *
   * @param signature 64 bytes
   * @param message of any length; 32 bytes are verified fastest
   * @param publicKey 32 bytes, x only
   */
  public static boolean verify(byte[] signature, byte[] message, byte[] publicKey) {
    if (signature.length != 64 || publicKey.length != 32) {
      return false;
    }
    try {
      return message.length == 32
          ? LIBRARY.verifySchnorr(signature, message, publicKey)
          : verifyLong(signature, message, publicKey);
    } catch (Secp256k1Exception e) {
      return false;
    }
  }

  /** libsecp256k1 takes other lengths too, but its binding does not. */
  private static boolean verifyLong(byte[] signature, byte[] message, byte[] publicKey) {
    MessageDigest digest = Sha256.tagged("BIP0340/challenge");
    digest.update(signature, 0, 32);
    digest.update(publicKey);
    digest.update(message);
    byte[] point = noncePoint(signature, digest.digest(), lift(publicKey));
    return point != null && (point[64] & 1) == 0 && hasX(point, signature);
  }

  /**
   * Bitcoin Cash's: the challenge hashes the compressed key, and the nonce's y is a square where
   * BIP-340's is even.
   *
   * @param signature 64 bytes
   * @param hash 32 bytes
   */
  public static boolean verifyCash(byte[] signature, byte[] hash, byte[] publicKey) {
    if (signature.length != 64) {
      return false;
    }
    try {
      byte[] compressed = LIBRARY.pubKeyCompress(LIBRARY.pubkeyParse(publicKey));
      MessageDigest digest = Sha256.digest();
      digest.update(signature, 0, 32);
      digest.update(compressed);
      digest.update(hash);
      byte[] point = noncePoint(signature, digest.digest(), compressed);
      return point != null && hasX(point, signature) && isSquare(new BigInteger(1, point, 33, 32));
    } catch (Secp256k1Exception e) {
      return false;
    }
  }

  /**
   * BIP-341: the x-only key {@code internal} with {@code tweak} times the generator added, or null
   * where there is none.
   *
   * @return 33 bytes, the first 2 or 3 by the parity of y
   */
  public static byte @Nullable [] tweaked(byte[] internal, byte[] tweak) {
    try {
      return LIBRARY.pubKeyCompress(LIBRARY.pubKeyTweakAdd(lift(internal), tweak));
    } catch (Secp256k1Exception e) {
      return null;
    }
  }

  /**
   * Signs by BIP-340.
   *
   * @param hash 32 bytes
   * @param secret 32 bytes, not zero and below the order
   * @param auxiliary 32 bytes, random where no test says otherwise
   * @throws IllegalArgumentException if the secret is none
   */
  public static byte[] sign(byte[] hash, byte[] secret, byte[] auxiliary) {
    requireSecret(secret);
    return LIBRARY.signSchnorr(hash, secret, auxiliary);
  }

  /** The x-only key, 32 bytes, of a secret. */
  public static byte[] publicKey(byte[] secret) {
    requireSecret(secret);
    return Arrays.copyOfRange(LIBRARY.pubkeyCreate(secret), 1, 33);
  }

  /** BIP-341: the secret of {@link #tweaked}'s key. */
  public static byte[] tweakedSecret(byte[] secret, byte[] tweak) {
    requireSecret(secret);
    byte[] point = LIBRARY.pubkeyCreate(secret);
    boolean even = (point[64] & 1) == 0;
    return LIBRARY.privKeyTweakAdd(
        even ? secret.clone() : LIBRARY.privKeyNegate(secret.clone()), tweak);
  }

  private static void requireSecret(byte[] secret) {
    if (secret.length != 32 || !LIBRARY.secKeyVerify(secret)) {
      throw new IllegalArgumentException("not a private key");
    }
  }

  private static byte[] lift(byte[] x) {
    byte[] compressed = new byte[33];
    compressed[0] = EVEN;
    System.arraycopy(x, 0, compressed, 1, 32);
    return compressed;
  }

  /** R = s·G − e·P, 65 bytes, or null where s is not below the order or R is no point. */
  private static byte @Nullable [] noncePoint(byte[] signature, byte[] challenge, byte[] key) {
    BigInteger s = new BigInteger(1, signature, 32, 32);
    if (s.compareTo(Ecdsa.ORDER) >= 0) {
      return null;
    }
    BigInteger e = new BigInteger(1, challenge).mod(Ecdsa.ORDER);
    byte[] minus = null;
    if (e.signum() != 0) {
      byte[] scalar = new byte[32];
      Ecdsa.writeScalar(Ecdsa.ORDER.subtract(e), scalar, 0);
      minus = LIBRARY.pubKeyTweakMul(key, scalar);
    }
    if (s.signum() == 0) {
      return minus == null ? null : LIBRARY.pubkeyParse(minus);
    }
    byte[] plus = LIBRARY.pubkeyCreate(Arrays.copyOfRange(signature, 32, 64));
    byte[] sum = minus == null ? plus : LIBRARY.pubKeyCombine(new byte[][] {plus, minus});
    return LIBRARY.pubkeyParse(sum);
  }

  private static boolean hasX(byte[] point, byte[] signature) {
    return Arrays.equals(point, 1, 33, signature, 0, 32);
  }

  /** Euler's criterion. */
  private static boolean isSquare(BigInteger y) {
    return y.modPow(FIELD.shiftRight(1), FIELD).equals(BigInteger.ONE);
  }
}
