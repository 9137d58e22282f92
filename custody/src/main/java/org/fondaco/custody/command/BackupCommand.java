package org.fondaco.custody.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.fondaco.custody.backup.Backup;
import org.fondaco.custody.backup.OwnerMap;
import org.fondaco.custody.backup.OwnerMapRows;
import org.fondaco.custody.vault.Passphrase;
import org.fondaco.custody.vault.Unlock;
import org.fondaco.custody.vault.Vault;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code custody backup}. */
@Command(
    name = "backup",
    description =
        "Write one encrypted file with the seed, the counters, whose each address is, and the guard"
            + " file; of a venue that serves or is stopped.",
    mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private @Nullable Surroundings surroundings;

  @Option(
      names = "--backup-passphrase",
      paramLabel = "FILE",
      description = "file of the backup's passphrase; without it, that of the vault")
  private @Nullable Path backupPassphrase;

  @Parameters(paramLabel = "FILE", description = "where to write; it must not be there")
  private @Nullable Path file;

  @Override
  public Integer call() throws Exception {
    Surroundings where = Commands.present(surroundings);
    Path to = Commands.present(file);
    if (Files.exists(to)) {
      throw new CommandFailed(to + " is there already; nothing done");
    }
    OwnerMap owners = where.database().read(OwnerMapRows::read).orElse(OwnerMap.EMPTY);
    Vault there = Vault.read(where.folder().vault());
    try (Unlock vault = where.unlock(there);
        Passphrase backup = where.backupPassphrase(backupPassphrase)) {
      Backup.write(to, where.folder(), owners, vault, backup, where.cost(), Instant.now());
    }
    spec.commandLine()
        .getOut()
        .println(
            "Backup "
                + to
                + ": the seed, "
                + owners.owners().size()
                + " addresses with an owner, the guard file");
    return 0;
  }
}
