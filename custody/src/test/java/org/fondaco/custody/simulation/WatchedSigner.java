package org.fondaco.custody.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.fondaco.custody.address.Derivation;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.key.Digest;
import org.fondaco.custody.key.KeyRef;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.signer.InProcessVault;
import org.fondaco.custody.signer.Scheme;
import org.fondaco.custody.signer.Signature;
import org.fondaco.custody.signer.Signer;
import org.fondaco.custody.signer.SigningPermits;
import org.fondaco.custody.vault.Argon2;
import org.fondaco.custody.vault.Passphrase;
import org.fondaco.custody.vault.Vault;

/** The keys of one vault for all simulations; each asks its own guard. */
final class WatchedSigner implements Signer {
  private static final Vault VAULT = vault();
  private static volatile SigningPermits guard = digest -> false;
  private static final InProcessVault KEYS =
      InProcessVault.open(VAULT, passphrase(), digest -> guard.permits(digest));

  private final Deaths deaths;
  private final SigningPermits permits;

  WatchedSigner(Deaths deaths, SigningPermits permits) {
    this.deaths = deaths;
    this.permits = permits;
  }

  private static Passphrase passphrase() {
    return Passphrase.of("correct horse".toCharArray());
  }

  private static Vault vault() {
    try {
      Path file = Files.createTempDirectory("fondaco-simulation").resolve("vault");
      byte[] entropy = Digest.sha256(new byte[] {42}).toBytes();
      Vault.create(
          file,
          Network.REGTEST,
          Vault.accounts(entropy, Network.REGTEST, EnumSet.allOf(Tier.class)),
          entropy,
          passphrase(),
          new Argon2(32, 1, 1));
      return Vault.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Derivation derivation() {
    return VAULT.derivation();
  }

  @Override
  public boolean knows(KeyRef key) {
    return KEYS.knows(key);
  }

  @Override
  public byte[] publicKey(KeyRef key) {
    return KEYS.publicKey(key);
  }

  @Override
  public Signature sign(KeyRef key, Digest digest, Scheme scheme) {
    deaths.worthyPoint();
    guard = permits;
    return KEYS.sign(key, digest, scheme);
  }

  /** The vault stays open for the next process. */
  @Override
  public void close() {}
}
