package org.fondaco.chain.command;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.fondaco.chain.node.NodeFolder;
import org.fondaco.chain.store.RocksStore;
import org.fondaco.chain.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code removedb}. */
@Command(name = "removedb", description = "Delete the chain; keys and genesis.json's stay")
final class RemoveDbCommand implements Callable<Integer> {
  @Mixin DataDir data = new DataDir();
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"--yes", "-y"},
      description = "do not ask")
  boolean yes;

  @Override
  public Integer call() throws IOException {
    NodeFolder folder = data.folder();
    if (!Files.isDirectory(folder.chain())) {
      spec.commandLine().getOut().println("There is no chain in " + folder.root());
      spec.commandLine().getOut().flush();
      return 0;
    }
    checkUnused(folder);
    if (!yes && !confirmed(folder.chain())) {
      throw new CommandFailed("nothing was deleted");
    }
    delete(folder.chain());
    for (Path file : List.of(folder.transactionJournal(), folder.genesis())) {
      Files.deleteIfExists(file);
    }
    spec.commandLine().getOut().println("Database deleted: " + folder.chain());
    spec.commandLine().getOut().flush();
    return 0;
  }

  /** A chain that a node has open must not vanish under it. */
  private static void checkUnused(NodeFolder folder) {
    try (RocksStore store = RocksStore.open(folder.chain())) {
      store.get(new byte[0]);
    } catch (StoreException e) {
      if (String.valueOf(e.getMessage()).contains("another process")) {
        throw new CommandFailed(String.valueOf(e.getMessage()));
      }
      // A damaged database is one of the reasons to remove it.
    }
  }

  private static boolean confirmed(Path folder) {
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      throw new CommandFailed("no terminal to ask on: give --yes to delete " + folder);
    }
    String answer = console.readLine("Remove the chain in %s? [y/N] ", folder);
    return answer != null && answer.strip().equalsIgnoreCase("y");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
