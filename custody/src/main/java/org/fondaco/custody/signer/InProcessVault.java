package org.fondaco.custody.signer;

import fr.acinq.bitcoin.Crypto;
import fr.acinq.secp256k1.Secp256k1;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Function;
import org.fondaco.custody.key.Digest;
import org.fondaco.custody.key.HdKey;
import org.fondaco.custody.key.KeyRef;
import org.fondaco.custody.key.Mnemonic;
import org.fondaco.custody.key.Wipe;
import org.fondaco.custody.signer.SignerException.Reason;
import org.fondaco.custody.vault.SplitSecret;
import org.fondaco.custody.vault.Unlock;
import org.fondaco.custody.vault.Vault;
import org.fondaco.custody.vault.VaultException;

/** The vault's keys in this process: derived for one signature, and overwritten after it. */
public final class InProcessVault implements Signer {
  private static final Secp256k1 LIBRARY = Secp256k1.Companion.get();
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SigningPermits permits;
  private final SplitSecret seed;

  private InProcessVault(SplitSecret seed, SigningPermits permits) {
    this.seed = seed;
    this.permits = permits;
  }

  /**
   * Opens a vault; what opens it stays the caller's to wipe.
   *
   * @param permits the guard
   * @throws VaultException if it does not open
   */
  public static InProcessVault open(Vault vault, Unlock unlock, SigningPermits permits) {
    byte[] entropy = vault.open(unlock);
    try {
      return new InProcessVault(new SplitSecret(Mnemonic.seed(entropy, new byte[0])), permits);
    } finally {
      Wipe.bytes(entropy);
    }
  }

  @Override
  public boolean knows(KeyRef key) {
    return key instanceof KeyRef.Derived;
  }

  @Override
  public byte[] publicKey(KeyRef key) {
    return with(key, HdKey::publicKey);
  }

  @Override
  public Signature sign(KeyRef key, Digest digest, Scheme scheme) {
    if (!permits.permits(digest)) {
      throw new SignerException(
          Reason.NOT_GUARDED, "the guard has not recorded " + digest + ": it is not signed");
    }
    return with(
        key,
        derived ->
            switch (scheme) {
              case ECDSA -> Signature.plain(ecdsa(derived, digest));
              case ECDSA_RECOVERABLE ->
                  Recovery.signature(ecdsa(derived, digest), digest, derived.publicKey());
              case SCHNORR_BIP340 -> Signature.plain(schnorr(derived, digest));
            });
  }

  private <T> T with(KeyRef key, Function<HdKey, T> function) {
    if (!(key instanceof KeyRef.Derived derived)) {
      throw new SignerException(Reason.UNKNOWN_KEY, "the vault has no key " + key);
    }
    try {
      return seed.use(clear -> {
        try (HdKey node = HdKey.derive(clear, derived.path())) {
          return function.apply(node);
        }
      });
    } catch (IllegalStateException e) {
      throw new SignerException(Reason.UNAVAILABLE, "the vault is closed", e);
    }
  }

  /** With RFC 6979's nonce and a low s. */
  private static byte[] ecdsa(HdKey key, Digest digest) {
    byte[] message = digest.toBytes();
    byte[] signature = LIBRARY.sign(message, key.secret(), null);
    if (!LIBRARY.verify(signature, message, key.publicKey())) {
      throw new SignerException(Reason.UNAVAILABLE, "a signature came out wrong: not given away");
    }
    return signature;
  }

  /** BIP-340 by the key that BIP-341 pays to, whose public half is in the output. */
  private static byte[] schnorr(HdKey key, Digest digest) {
    byte[] internal = key.publicKey();
    // The library leaves its arguments as they are; every array that it returns is ours to wipe.
    byte[] negated = LIBRARY.privKeyNegate(key.secret());
    byte[] tweak = Crypto.taggedHash(Arrays.copyOfRange(internal, 1, 33), "TapTweak").toByteArray();
    byte[] tweaked = LIBRARY.privKeyTweakAdd(internal[0] == 2 ? key.secret() : negated, tweak);
    byte[] auxiliary = new byte[32];
    RANDOM.nextBytes(auxiliary);
    try {
      byte[] output = Arrays.copyOfRange(LIBRARY.pubkeyCreate(tweaked), 1, 33);
      byte[] signature = LIBRARY.signSchnorr(digest.toBytes(), tweaked, auxiliary);
      if (!LIBRARY.verifySchnorr(signature, digest.toBytes(), output)) {
        throw new SignerException(Reason.UNAVAILABLE, "a signature came out wrong: not given away");
      }
      return signature;
    } finally {
      Wipe.bytes(negated, tweaked, auxiliary);
    }
  }

  @Override
  public void close() {
    seed.close();
  }

  /** Nothing of the seed. */
  @Override
  public String toString() {
    return "vault in this process";
  }
}
