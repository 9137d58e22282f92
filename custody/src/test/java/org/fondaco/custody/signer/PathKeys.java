package org.fondaco.custody.signer;

import fr.acinq.bitcoin.ByteVector32;
import fr.acinq.bitcoin.Crypto;
import fr.acinq.bitcoin.PrivateKey;
import fr.acinq.secp256k1.Secp256k1;
import org.fondaco.custody.key.Digest;
import org.fondaco.custody.key.KeyRef;

/**
 * A signer for tests: the key of a path is the path's hash. It asks the guard like a real one, and
 * may be told to die between the guard and the signature.
 */
public final class PathKeys implements Signer {
  private final SigningPermits permits;
  private final Runnable beforeEach;
  private long signatures;

  public PathKeys(SigningPermits permits, Runnable beforeEach) {
    this.permits = permits;
    this.beforeEach = beforeEach;
  }

  private static byte[] secret(KeyRef key) {
    return Digest.sha256(key.toString()).toBytes();
  }

  /** 33 bytes. */
  public static byte[] publicKeyOf(String path) {
    return Secp256k1.Companion.pubKeyCompress(
        Secp256k1.Companion.get().pubkeyCreate(secret(KeyRef.parse(path))));
  }

  /** How often it signed. */
  public long signatures() {
    return signatures;
  }

  @Override
  public boolean knows(KeyRef key) {
    return key instanceof KeyRef.Derived;
  }

  @Override
  public byte[] publicKey(KeyRef key) {
    return publicKeyOf(key.toString());
  }

  @Override
  public Signature sign(KeyRef key, Digest digest, Scheme scheme) {
    beforeEach.run();
    if (!permits.permits(digest)) {
      throw new SignerException(SignerException.Reason.NOT_GUARDED, "not in the guard");
    }
    signatures++;
    byte[] message = digest.toBytes();
    byte[] secret = secret(key);
    return switch (scheme) {
      case ECDSA -> Signature.plain(Secp256k1.Companion.get().sign(message, secret, null));
      case ECDSA_RECOVERABLE ->
          Recovery.signature(
              Secp256k1.Companion.get().sign(message, secret, null), digest, publicKey(key));
      case SCHNORR_BIP340 ->
          Signature.plain(
              Crypto.signSchnorr(
                      new ByteVector32(message),
                      new PrivateKey(secret),
                      Crypto.TaprootTweak.KeyPathTweak.INSTANCE,
                      null)
                  .toByteArray());
    };
  }

  @Override
  public void close() {}
}
