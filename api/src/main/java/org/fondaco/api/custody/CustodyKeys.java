package org.fondaco.api.custody;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import org.fondaco.custody.Custody;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.guard.Guard;
import org.fondaco.custody.key.Mnemonic;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.key.Wipe;
import org.fondaco.custody.liability.ReserveStatements;
import org.fondaco.custody.signer.InProcessVault;
import org.fondaco.custody.signer.SigningPermits;
import org.fondaco.custody.vault.Argon2;
import org.fondaco.custody.vault.CustodyFolder;
import org.fondaco.custody.vault.Passphrase;
import org.fondaco.custody.vault.Vault;
import org.fondaco.custody.vault.VaultException;

/** Opens a venue's vault and guard; a demo's are made with a passphrase that lies beside them. */
final class CustodyKeys {
  private static final int PASSPHRASE_BYTES = 24;

  /** A demo's money is not money: its vault opens fast. */
  private static final Argon2 DEMO = new Argon2(8 << 10, 1, 1);

  private CustodyKeys() {}

  private static Path demoPassphrase(CustodyFolder folder) {
    return folder.path().resolve("demo-passphrase");
  }

  /** Makes a demo's vault and guard unless they are there. */
  static void prepareDemo(CustodyFolder folder, Network network) throws IOException {
    if (Files.exists(folder.vault())) {
      return;
    }
    Files.createDirectories(
        folder.path(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path secret = demoPassphrase(folder);
    Files.deleteIfExists(secret);
    Files.createFile(
        secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    byte[] random = new byte[PASSPHRASE_BYTES];
    new SecureRandom().nextBytes(random);
    Files.writeString(secret, HexFormat.of().formatHex(random) + "\n");
    // A guard without a vault has signed nothing: it is of a start that did not come to its end.
    Files.deleteIfExists(folder.guard());
    byte[] entropy = Mnemonic.newEntropy();
    try (Passphrase passphrase = Passphrase.read(secret)) {
      Guard.create(folder.guard());
      Vault.create(
          folder.vault(),
          network,
          Vault.accounts(entropy, network, EnumSet.allOf(Tier.class)),
          entropy,
          passphrase,
          DEMO);
    } finally {
      Wipe.bytes(entropy);
    }
  }

  /**
   * Opens both.
   *
   * @throws IOException when they cannot be read or opened; the message is for the operator
   */
  static Custody.Keys open(CustodyFolder folder, CustodySettings settings) throws IOException {
    try (Passphrase passphrase = passphrase(folder, settings)) {
      Vault vault = Vault.read(folder.vault());
      if (vault.derivation().network() != settings.network()) {
        throw new IOException(
            "custody's vault is of the network %s, FONDACO_CHAIN_NETWORK says %s"
                .formatted(vault.derivation().network(), settings.network()));
      }
      Guard guard = Guard.open(folder.guard());
      try {
        ReserveStatements statements = new ReserveStatements();
        SigningPermits permits = digest -> guard.permits(digest) || statements.permits(digest);
        return new Custody.Keys(
            vault.derivation(), InProcessVault.open(vault, passphrase, permits), guard, statements);
      } catch (RuntimeException e) {
        guard.close();
        throw e;
      }
    } catch (VaultException e) {
      throw new IOException("custody does not start: " + e.getMessage(), e);
    }
  }

  private static Passphrase passphrase(CustodyFolder folder, CustodySettings settings)
      throws IOException {
    if (settings.passphraseFile().isPresent()) {
      return Passphrase.read(settings.passphraseFile().get());
    }
    if (settings.passphrase().isPresent()) {
      char[] characters = settings.passphrase().get().toCharArray();
      try {
        return Passphrase.of(characters);
      } finally {
        Wipe.chars(characters);
      }
    }
    Path demo = demoPassphrase(folder);
    if (Files.exists(demo)) {
      return Passphrase.read(demo);
    }
    throw new IOException(
        "custody's vault needs FONDACO_CUSTODY_PASSPHRASE_FILE or FONDACO_CUSTODY_PASSPHRASE"
            + " (FONDACO_CUSTODY=off does without custody)");
  }
}
