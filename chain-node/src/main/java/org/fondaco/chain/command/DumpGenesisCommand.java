package org.fondaco.chain.command;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import org.fondaco.chain.node.GenesisFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code dumpgenesis}. */
@Command(
    name = "dumpgenesis",
    description = "Print the genesis.json of a data folder, or one that ships")
final class DumpGenesisCommand implements Callable<Integer> {
  @Mixin DataDir data = new DataDir();
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(names = "--walk", description = "proof of work that a laptop mines, 5 ether a block")
  boolean walk;

  @Option(names = "--instant", description = "instant sealing, London's blocks, Cancun's machine")
  boolean instant;

  @Override
  public Integer call() throws IOException {
    spec.commandLine().getOut().println(GenesisFiles.JSON.writeValueAsString(genesis()));
    spec.commandLine().getOut().flush();
    return 0;
  }

  private JsonNode genesis() throws IOException {
    if (walk) {
      return GenesisFiles.walk();
    }
    if (instant) {
      return GenesisFiles.instant();
    }
    if (!Files.exists(data.folder().genesis())) {
      throw new CommandFailed(
          "there is no chain in "
              + data.folder().root()
              + "; --walk and --instant are those"
              + " that ship");
    }
    return GenesisFiles.read(data.folder().genesis());
  }
}
