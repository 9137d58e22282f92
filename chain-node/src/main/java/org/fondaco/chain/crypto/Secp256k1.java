package org.fondaco.chain.crypto;

import fr.acinq.secp256k1.Secp256k1Exception;
import org.fondaco.chain.word.Address;
import org.jspecify.annotations.Nullable;

/** Signatures on secp256k1, by libsecp256k1. Safe for any thread. */
public final class Secp256k1 {
  private static final fr.acinq.secp256k1.Secp256k1 LIBRARY =
      fr.acinq.secp256k1.Secp256k1.Companion.get();

  private Secp256k1() {}

  /**
   * The address whose key signed.
   *
   * @param hash 32 bytes
   * @param signature r and s, 32 bytes each; a high s is taken
   * @param parity of y, 0 or 1
   * @return null where no key could have made this signature
   */
  public static @Nullable Address recover(byte[] hash, byte[] signature, int parity) {
    try {
      return address(LIBRARY.ecdsaRecover(signature, hash, parity));
    } catch (Secp256k1Exception e) {
      return null;
    }
  }

  /**
   * The address of a private key.
   *
   * @throws IllegalArgumentException if the 32 bytes are zero or not below the curve's order
   */
  public static Address addressOf(byte[] privateKey) {
    if (!LIBRARY.secKeyVerify(privateKey)) {
      throw new IllegalArgumentException("not a private key");
    }
    return address(LIBRARY.pubkeyCreate(privateKey));
  }

  /** The last 20 bytes of the Keccak of a public key without its prefix. */
  private static Address address(byte[] publicKey) {
    return Address.fromBytes(Keccak.hash256(publicKey, 1, 64), 12);
  }
}
