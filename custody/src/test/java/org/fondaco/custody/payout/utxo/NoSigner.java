package org.fondaco.custody.payout.utxo;

import org.fondaco.custody.key.Digest;
import org.fondaco.custody.key.KeyRef;
import org.fondaco.custody.signer.Scheme;
import org.fondaco.custody.signer.Signature;
import org.fondaco.custody.signer.Signer;

/** Has no key: what is signed elsewhere needs none here. */
final class NoSigner implements Signer {
  @Override
  public boolean knows(KeyRef key) {
    return false;
  }

  @Override
  public byte[] publicKey(KeyRef key) {
    throw new AssertionError("asked for " + key);
  }

  @Override
  public Signature sign(KeyRef key, Digest digest, Scheme scheme) {
    throw new AssertionError("asked to sign with " + key);
  }

  @Override
  public void close() {}
}
