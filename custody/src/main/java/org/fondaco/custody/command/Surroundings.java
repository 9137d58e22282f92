package org.fondaco.custody.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.fondaco.custody.vault.CustodyFolder;
import org.fondaco.custody.vault.Passphrase;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command needs to know of where it runs. */
final class Surroundings {
  private final Map<String, String> environment;

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

  Surroundings(Map<String, String> environment) {
    this.environment = environment;
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

  /** The passphrase of a vault that is there. */
  Passphrase passphrase() throws IOException {
    return Passphrase.find(passphrase, environment, "Passphrase of the vault: ", false);
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
