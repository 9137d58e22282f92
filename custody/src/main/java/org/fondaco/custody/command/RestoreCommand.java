package org.fondaco.custody.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.backup.Backup;
import org.fondaco.custody.backup.Restore;
import org.fondaco.custody.backup.RestoredKeys;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.key.Mnemonic;
import org.fondaco.custody.key.Wipe;
import org.fondaco.custody.vault.Passphrase;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code custody restore}. */
@Command(
    name = "restore",
    description =
        "Make vault and guard file again, from a backup or from the words alone. The next start"
            + " watches the addresses; what belongs to nobody who is known waits for two people.",
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private @Nullable Surroundings surroundings;

  @ArgGroup(multiplicity = "1")
  private @Nullable Source source;

  /** One of the two. */
  static final class Source {
    @Option(names = "--from", paramLabel = "FILE", description = "a backup")
    private @Nullable Path backup;

    @Option(
        names = "--words",
        paramLabel = "FILE",
        description = "a file with the 24 words; delete it afterwards")
    private @Nullable Path words;
  }

  @Option(
      names = "--backup-passphrase",
      paramLabel = "FILE",
      description = "file of the backup's passphrase; without it, that of the vault")
  private @Nullable Path backupPassphrase;

  @Option(
      names = "--last-index",
      paramLabel = "N",
      description =
          "how many addresses of each tier to watch, beyond those that a backup knows (default:"
              + " 10,000 with words, 1,000 with a backup)")
  private @Nullable Integer lastIndex;

  @Option(
      names = "--since",
      split = ",",
      paramLabel = "CHAIN=HEIGHT",
      description =
          "a block before the first of our coins, BTC=800000,ETH=18000000: a chain that the venue's"
              + " database has not seen is scanned from there (default: from its first block)")
  private Map<ChainName, Long> since = Map.of();

  @Option(
      names = "--network",
      defaultValue = "regtest",
      description = "with words: main, test or regtest (default: regtest)")
  private String network = "regtest";

  @Option(
      names = "--tiers",
      split = ",",
      defaultValue = "customer,hot,warm,gas",
      description = "with words: tiers to sign for (default: all but cold)")
  private List<String> tiers = List.of();

  @Override
  public Integer call() throws Exception {
    Source from = Commands.present(source);
    RestoredKeys restored = from.backup != null ? fromBackup(from.backup) : fromWords(from);
    PrintWriter out = spec.commandLine().getOut();
    out.println("Restored " + Commands.present(surroundings).folder().path());
    for (RestoredKeys.Range range : restored.ranges()) {
      out.println(
          "  "
              + range.family()
              + " "
              + range.tier()
              + ": addresses up to "
              + range.lastIndex()
              + " will be watched, "
              + range.owners().size()
              + " have an owner");
    }
    out.println("Nothing is signed before the chains have been scanned again.");
    return 0;
  }

  private RestoredKeys fromBackup(Path file) throws IOException {
    Surroundings where = Commands.present(surroundings);
    try (Passphrase backup = where.backupPassphrase(backupPassphrase);
        Passphrase vault = where.newPassphrase()) {
      return Restore.fromBackup(
          where.folder(),
          Backup.read(file),
          backup,
          vault,
          where.cost(),
          gap(Restore.BACKUP_GAP),
          since());
    }
  }

  private RestoredKeys fromWords(Source from) throws IOException {
    Surroundings where = Commands.present(surroundings);
    byte[] words = Files.readAllBytes(Commands.present(from.words));
    byte[] entropy = new byte[0];
    try (Passphrase vault = where.newPassphrase()) {
      entropy = Mnemonic.entropy(words);
      if (entropy.length != Mnemonic.ENTROPY_BYTES) {
        throw new CommandFailed("a vault has 24 words");
      }
      return Restore.fromWords(
          where.folder(),
          entropy,
          Network.parse(network),
          Commands.tiers(spec, tiers),
          vault,
          where.cost(),
          gap(Restore.WORDS_GAP),
          since());
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()));
    } finally {
      Wipe.bytes(words, entropy);
    }
  }

  private Map<ChainName, Long> since() {
    if (since.values().stream().anyMatch(height -> height < 0)) {
      throw new ParameterException(spec.commandLine(), "--since: a height is 0 or more");
    }
    return since;
  }

  private int gap(int standard) {
    int gap = lastIndex == null ? standard : lastIndex;
    if (gap < 1 || gap > 10_000_000) {
      throw new ParameterException(spec.commandLine(), "--last-index is 1 to 10,000,000");
    }
    return gap;
  }
}
