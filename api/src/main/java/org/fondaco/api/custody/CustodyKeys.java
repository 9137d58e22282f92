package org.fondaco.api.custody;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fondaco.custody.Custody;
import org.fondaco.custody.address.AccountKey;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.guard.Guard;
import org.fondaco.custody.key.KeyRef;
import org.fondaco.custody.key.Mnemonic;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.key.Wipe;
import org.fondaco.custody.liability.ReserveStatements;
import org.fondaco.custody.signer.InProcessVault;
import org.fondaco.custody.signer.Pkcs11Module;
import org.fondaco.custody.signer.Pkcs11Signer;
import org.fondaco.custody.signer.Signer;
import org.fondaco.custody.signer.SignerException;
import org.fondaco.custody.signer.Signers;
import org.fondaco.custody.signer.SigningPermits;
import org.fondaco.custody.vault.Argon2;
import org.fondaco.custody.vault.CustodyFolder;
import org.fondaco.custody.vault.Passphrase;
import org.fondaco.custody.vault.Unlock;
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
   * Opens both, and logs in to the hardware module where the vault has keys in one.
   *
   * @throws IOException when they cannot be read or opened; the message is for the operator
   */
  static Custody.Keys open(CustodyFolder folder, CustodySettings settings) throws IOException {
    try {
      Vault vault = Vault.read(folder.vault());
      if (vault.derivation().network() != settings.network()) {
        throw new IOException(
            "custody's vault is of the network %s, FONDACO_CHAIN_NETWORK says %s"
                .formatted(vault.derivation().network(), settings.network()));
      }
      Optional<Pkcs11Module> module = module(vault, settings);
      try (Unlock unlock = unlock(vault, module, folder, settings)) {
        Guard guard = Guard.open(folder.guard());
        try {
          ReserveStatements statements = new ReserveStatements();
          SigningPermits permits = digest -> guard.permits(digest) || statements.permits(digest);
          return new Custody.Keys(
              vault.derivation(), signer(vault, unlock, module, permits), guard, statements);
        } catch (IOException | RuntimeException e) {
          guard.close();
          throw e;
        }
      }
    } catch (VaultException | SignerException e) {
      throw new IOException("custody does not start: " + e.getMessage(), e);
    }
  }

  private static List<AccountKey.Single> inModule(Vault vault) {
    return vault.derivation().accounts().stream()
        .flatMap(a -> a instanceof AccountKey.Single single ? Stream.of(single) : Stream.of())
        .toList();
  }

  private static Optional<Pkcs11Module> module(Vault vault, CustodySettings settings)
      throws IOException {
    if (vault.moduleKey().isEmpty() && inModule(vault).isEmpty()) {
      return Optional.empty();
    }
    CustodySettings.Module named =
        settings
            .module()
            .orElseThrow(() ->
                new IOException(
                    "custody's vault has keys in a hardware module: set FONDACO_PKCS11_MODULE and"
                        + " FONDACO_PKCS11_PIN_FILE"));
    try {
      return Optional.of(Pkcs11Module.open(named.library(), named.slot(), named.pin()));
    } catch (NoSuchFileException e) {
      throw new IOException("there is no FONDACO_PKCS11_PIN_FILE " + named.pin(), e);
    }
  }

  private static Unlock unlock(
      Vault vault, Optional<Pkcs11Module> module, CustodyFolder folder, CustodySettings settings)
      throws IOException {
    return vault.moduleKey().isEmpty()
        ? passphrase(folder, settings)
        : module.orElseThrow().wrappingKey(new KeyRef.Hsm(vault.moduleKey()));
  }

  /** Proves that the module's keys are those that the vault's addresses were made of. */
  private static Signer signer(
      Vault vault, Unlock unlock, Optional<Pkcs11Module> module, SigningPermits permits)
      throws IOException {
    if (module.isEmpty()) {
      return InProcessVault.open(vault, unlock, permits);
    }
    Signer hardware = new Pkcs11Signer(module.get(), permits);
    for (AccountKey.Single account : inModule(vault)) {
      String there = HexFormat.of().formatHex(hardware.publicKey(account.key()));
      if (!there.equals(account.publicKey())) {
        throw new IOException(
            "custody does not start: the module's key %s is another one than that of the vault's %s %s; it is another token"
                .formatted(account.key(), account.chain(), account.tier()));
      }
    }
    return new Signers(List.of(InProcessVault.open(vault, unlock, permits), hardware));
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
