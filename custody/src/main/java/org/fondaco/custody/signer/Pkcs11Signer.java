package org.fondaco.custody.signer;

import fr.acinq.secp256k1.Secp256k1;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.interfaces.ECPublicKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.fondaco.custody.key.Digest;
import org.fondaco.custody.key.KeyRef;
import org.fondaco.custody.signer.SignerException.Reason;

/**
 * Keys in a hardware module. It signs by ECDSA only: PKCS#11 has neither BIP-340 nor BIP-32. The
 * nonce is the module's own, so two signatures of one digest differ.
 */
public final class Pkcs11Signer implements Signer {
  private static final Secp256k1 LIBRARY = Secp256k1.Companion.get();
  private static final int COORDINATE_BYTES = 32;

  private final Pkcs11Module module;
  private final SigningPermits permits;
  private final Map<String, Held> held = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** A handle of the module's key, which is not the key, and its public half. */
  private record Held(PrivateKey handle, byte[] publicKey) {}

  /**
   * Of a module that is logged in.
   *
   * @param permits the guard
   */
  public Pkcs11Signer(Pkcs11Module module, SigningPermits permits) {
    this.module = module;
    this.permits = permits;
  }

  @Override
  public boolean knows(KeyRef key) {
    try {
      return key instanceof KeyRef.Hsm hsm && !closed && module.privateKey(hsm.label()) != null;
    } catch (GeneralSecurityException | ProviderException e) {
      throw new SignerException(Reason.UNAVAILABLE, "the module does not answer", e);
    }
  }

  @Override
  public byte[] publicKey(KeyRef key) {
    return held(key).publicKey().clone();
  }

  @Override
  public Signature sign(KeyRef key, Digest digest, Scheme scheme) {
    if (!permits.permits(digest)) {
      throw new SignerException(
          Reason.NOT_GUARDED, "the guard has not recorded " + digest + ": it is not signed");
    }
    Held signing = held(key);
    if (scheme == Scheme.SCHNORR_BIP340) {
      throw new SignerException(Reason.SCHEME, "the module cannot sign by BIP-340");
    }
    byte[] signature = LIBRARY.signatureNormalize(ecdsa(signing, digest)).getFirst();
    // The trial that finds the recovery id proves the signature too.
    Signature recoverable = Recovery.signature(signature, digest, signing.publicKey());
    return scheme == Scheme.ECDSA ? Signature.plain(signature) : recoverable;
  }

  private byte[] ecdsa(Held signing, Digest digest) {
    try {
      java.security.Signature signer =
          java.security.Signature.getInstance("NONEwithECDSAinP1363Format", module.provider());
      signer.initSign(signing.handle());
      signer.update(digest.toBytes());
      return signer.sign();
    } catch (GeneralSecurityException | ProviderException e) {
      throw new SignerException(Reason.UNAVAILABLE, "the module did not sign", e);
    }
  }

  private Held held(KeyRef key) {
    if (closed) {
      throw new SignerException(Reason.UNAVAILABLE, "the module is closed");
    }
    if (!(key instanceof KeyRef.Hsm hsm)) {
      throw new SignerException(Reason.UNKNOWN_KEY, "the module has no key " + key);
    }
    return held.computeIfAbsent(hsm.label(), this::load);
  }

  private Held load(String label) {
    try {
      PrivateKey handle = module.privateKey(label);
      ECPublicKey publicKey = module.publicKey(label);
      if (handle == null || publicKey == null) {
        throw new SignerException(
            Reason.UNKNOWN_KEY, "the module has no key hsm:" + label + " with a certificate");
      }
      return new Held(handle, compressed(publicKey));
    } catch (GeneralSecurityException | ProviderException e) {
      throw new SignerException(Reason.UNAVAILABLE, "the module does not answer", e);
    }
  }

  private static byte[] compressed(ECPublicKey key) {
    byte[] x = key.getW().getAffineX().toByteArray();
    byte[] compressed = new byte[1 + COORDINATE_BYTES];
    compressed[0] = (byte) (key.getW().getAffineY().testBit(0) ? 3 : 2);
    int length = Math.min(x.length, COORDINATE_BYTES);
    System.arraycopy(x, x.length - length, compressed, compressed.length - length, length);
    return Secp256k1.Companion.pubKeyCompress(LIBRARY.pubkeyParse(compressed));
  }

  @Override
  public void close() {
    closed = true;
    held.clear();
  }
}
