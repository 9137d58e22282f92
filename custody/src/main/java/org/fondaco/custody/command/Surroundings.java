package org.fondaco.custody.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.fondaco.custody.key.KeyRef;
import org.fondaco.custody.signer.Pkcs11Module;
import org.fondaco.custody.vault.Argon2;
import org.fondaco.custody.vault.CustodyFolder;
import org.fondaco.custody.vault.Passphrase;
import org.fondaco.custody.vault.Unlock;
import org.fondaco.custody.vault.Vault;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command needs to know of where it runs. */
final class Surroundings {
  private final Map<String, String> environment;
  private final Argon2 cost;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "data folder of the venue; FONDACO_DATA, or data")
  private @Nullable Path data;

  @Option(
      names = "--passphrase",
      paramLabel = "FILE",
      description =
          "file whose first line is the vault's passphrase; without it "
              + Passphrase.FILE_VARIABLE
              + ", "
              + Passphrase.VARIABLE
              + ", or the terminal")
  private @Nullable Path passphrase;

  @Mixin private ModuleOptions module = new ModuleOptions();

  Surroundings(Map<String, String> environment, Argon2 cost) {
    this.environment = environment;
    this.cost = cost;
  }

  /** What a guess of a new passphrase costs. */
  Argon2 cost() {
    return cost;
  }

  Path data() {
    return Objects.requireNonNullElseGet(
        data, () -> Path.of(environment.getOrDefault("FONDACO_DATA", "data")));
  }

  CustodyFolder folder() {
    return CustodyFolder.below(data());
  }

  VenueDatabase database() {
    return new VenueDatabase(data(), environment.getOrDefault("FONDACO_DB_URL", ""));
  }

  /** Logs in to the hardware module that the options name. */
  Pkcs11Module module() throws IOException {
    return module.open(environment);
  }

  /** What opens a vault that is there: a key of the module, or the passphrase. */
  Unlock unlock(Vault vault) throws IOException {
    return vault.moduleKey().isEmpty()
        ? Passphrase.find(passphrase, environment, "Passphrase of the vault: ", false)
        : module.open(environment).wrappingKey(new KeyRef.Hsm(vault.moduleKey()));
  }

  /** The passphrase of a vault that is to be made. */
  Passphrase newPassphrase() throws IOException {
    return Passphrase.find(passphrase, environment, "New passphrase of the vault: ", true);
  }

  /** The passphrase of a backup: that of the vault unless a file is named. */
  Passphrase backupPassphrase(@Nullable Path file) throws IOException {
    return file == null
        ? Passphrase.find(passphrase, environment, "Passphrase of the backup: ", false)
        : Passphrase.read(file);
  }
}
