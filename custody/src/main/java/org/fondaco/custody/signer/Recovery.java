package org.fondaco.custody.signer;

import fr.acinq.secp256k1.Secp256k1;
import fr.acinq.secp256k1.Secp256k1Exception;
import java.util.Arrays;
import org.fondaco.custody.key.Digest;

/** Finds by trial which of the four keys that a signature could be of is the right one. */
final class Recovery {
  private static final Secp256k1 LIBRARY = Secp256k1.Companion.get();
  private static final int IDS = 4;

  private Recovery() {}

  /**
   * A signature with its recovery id.
   *
   * @param signature r and s
   * @param publicKey 33 bytes
   * @throws SignerException if it is not a signature of this key
   */
  static Signature signature(byte[] signature, Digest digest, byte[] publicKey) {
    for (int id = 0; id < IDS; id++) {
      try {
        byte[] found = LIBRARY.ecdsaRecover(signature, digest.toBytes(), id);
        if (Arrays.equals(Secp256k1.Companion.pubKeyCompress(found), publicKey)) {
          return Signature.recoverable(signature, id);
        }
      } catch (Secp256k1Exception e) {
        // No key could have made this signature with this id; another id may fit.
        continue;
      }
    }
    throw new SignerException(
        SignerException.Reason.UNAVAILABLE, "a signature came out wrong: not given away");
  }
}
