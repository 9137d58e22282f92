package org.fondaco.chain.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.fondaco.chain.node.GenesisFiles;
import org.fondaco.chain.node.OpenChain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code init}. */
@Command(name = "init", description = "Begin a chain with a genesis.json")
final class InitCommand implements Callable<Integer> {
  private static final System.Logger LOG = System.getLogger("org.fondaco.chain.command");

  @Mixin DataDir data = new DataDir();

  @Parameters(paramLabel = "GENESIS", description = "the genesis.json, as geth's")
  Path file = Path.of("genesis.json");

  @Override
  public Integer call() throws IOException {
    NodeLog.install(3);
    var header = OpenChain.init(data.folder(), GenesisFiles.read(file));
    LOG.log(
        System.Logger.Level.INFO,
        "Successfully wrote genesis state database={0} hash={1}",
        data.folder().chain(),
        header.hash());
    return 0;
  }
}
