package org.fondaco.chain.transaction;

import fr.acinq.secp256k1.Secp256k1;
import java.util.Arrays;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/** Signing and recovering senders. Safe for any thread. */
public final class Signatures {
  /** The order of secp256k1's group. */
  public static final U256 ORDER =
      U256.parse("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");

  /** The largest s that EIP-2 takes: half the order. */
  public static final U256 LOW_S_MAX =
      U256.parse("0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");

  private Signatures() {}

  /** Signs a hash of 32 bytes, with the nonce of RFC 6979 and a low s. */
  public static Transaction.Signature sign(byte[] hash, byte[] privateKey) {
    Secp256k1 library = Secp256k1.Companion.get();
    byte[] signature = library.sign(hash, privateKey, null);
    byte[] publicKey = library.pubkeyCreate(privateKey);
    int parity = Arrays.equals(library.ecdsaRecover(signature, hash, 0), publicKey) ? 0 : 1;
    return new Transaction.Signature(
        parity, U256.fromBytes32(signature, 0), U256.fromBytes32(signature, 32));
  }

  static @Nullable Address sender(Transaction transaction) {
    Transaction.Signature signature = transaction.signature();
    if (!inRange(signature.r()) || !inRange(signature.s())) {
      return null;
    }
    byte[] compact = new byte[64];
    signature.r().copyTo(compact, 0);
    signature.s().copyTo(compact, 32);
    return org.fondaco.chain.crypto.Secp256k1.recover(
        transaction.signingHash().toBytes(), compact, signature.parity());
  }

  private static boolean inRange(U256 value) {
    return !value.isZero() && value.compareTo(ORDER) < 0;
  }
}
