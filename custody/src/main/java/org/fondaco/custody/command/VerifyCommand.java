package org.fondaco.custody.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fondaco.custody.backup.Verification;
import org.fondaco.custody.key.Wipe;
import org.fondaco.custody.vault.CustodyFolder;
import org.fondaco.custody.vault.Unlock;
import org.fondaco.custody.vault.Vault;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code custody verify}. */
@Command(
    name = "verify",
    description =
        "Check the vault, every entry of the guard file, and every address of the table; of a"
            + " venue that serves or is stopped. Exit code 1 says that something is wrong.",
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private @Nullable Surroundings surroundings;

  @Option(
      names = "--open",
      description =
          "decrypt the seed too, and check the accounts against it: needs the passphrase or the module")
  private boolean open;

  @Override
  public Integer call() throws Exception {
    Surroundings where = Commands.present(surroundings);
    CustodyFolder folder = where.folder();
    PrintWriter out = spec.commandLine().getOut();
    if (open) {
      Vault vault = Vault.read(folder.vault());
      try (Unlock unlock = where.unlock(vault)) {
        Wipe.bytes(vault.open(unlock));
      }
      out.println("The vault opens, and the accounts come from its seed.");
    }
    Optional<Verification> withTables =
        where.database().read(database -> verified(folder, database));
    Verification found = withTables.isPresent() ? withTables.get() : Verification.of(folder);
    out.println("Vault: whole, " + found.accounts() + " accounts.");
    out.println("Guard file: " + found.entries() + " entries, each as it was written.");
    if (found.cutBytes() > 0) {
      out.println(
          "  "
              + found.cutBytes()
              + " bytes after them are an entry that was being written; the next start cuts it.");
    }
    out.println(
        withTables.isPresent()
            ? "Addresses: " + found.addresses() + " in the table were derived again."
            : "Addresses: the venue has no database yet.");
    found.faults().forEach(fault -> out.println("WRONG: " + fault));
    out.println(found.faults().isEmpty() ? "All is well." : "Custody must not start like this.");
    out.flush();
    return found.faults().isEmpty() ? 0 : CustodyCommand.FAILED;
  }

  private static Verification verified(CustodyFolder folder, DSLContext database) {
    try {
      return Verification.of(folder, database);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
