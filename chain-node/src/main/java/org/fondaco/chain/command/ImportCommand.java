package org.fondaco.chain.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.fondaco.chain.node.ChainFile;
import org.fondaco.chain.node.Engines;
import org.fondaco.chain.node.OpenChain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code import}. */
@Command(name = "import", description = "Check, execute and keep the blocks of files")
final class ImportCommand implements Callable<Integer> {
  private static final System.Logger LOG = System.getLogger("org.fondaco.chain.command");

  @Mixin DataDir data = new DataDir();

  @Option(
      names = "--fakepow",
      arity = "0..1",
      paramLabel = "true|false",
      fallbackValue = "true",
      description = "take the proof of work for granted")
  boolean fakePow;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "written by export, or by geth")
  List<Path> files = List.of();

  @Override
  public Integer call() throws IOException {
    NodeLog.install(3);
    try (OpenChain open = OpenChain.open(data.folder(), new Engines(null, !fakePow))) {
      for (Path file : files) {
        ChainFile.Imported imported = ChainFile.importFrom(open.chain(), file);
        LOG.log(
            System.Logger.Level.INFO,
            "Imported {0} blocks from {1}, {2} were known; head number={3} hash={4}",
            Long.toString(imported.blocks()),
            file,
            Long.toString(imported.known()),
            Long.toString(open.chain().head().number()),
            open.chain().head().hash());
      }
      return 0;
    }
  }
}
