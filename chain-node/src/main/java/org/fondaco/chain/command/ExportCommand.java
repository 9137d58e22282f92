package org.fondaco.chain.command;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.fondaco.chain.node.ChainFile;
import org.fondaco.chain.node.Engines;
import org.fondaco.chain.node.OpenChain;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code export}. */
@Command(
    name = "export",
    description = "Write the chain's blocks to a file; one that ends with .gz is compressed")
final class ExportCommand implements Callable<Integer> {
  private static final System.Logger LOG = System.getLogger("org.fondaco.chain.command");

  @Mixin DataDir data = new DataDir();

  @Parameters(index = "0", paramLabel = "FILE", description = "must not exist")
  Path file = Path.of("");

  @Parameters(index = "1", arity = "0..1", paramLabel = "FIRST", description = "first block")
  @Nullable Long first;

  @Parameters(index = "2", arity = "0..1", paramLabel = "LAST", description = "last block")
  @Nullable Long last;

  @Override
  public Integer call() throws IOException {
    NodeLog.install(3);
    try (OpenChain open = OpenChain.open(data.folder(), new Engines(null, true))) {
      long from = first == null ? 0 : first;
      long to = last == null ? open.chain().head().number() : last;
      ChainFile.export(open.chain(), file, from, to);
      LOG.log(
          System.Logger.Level.INFO,
          "Exported blockchain file={0} first={1} last={2}",
          file,
          Long.toString(from),
          Long.toString(to));
      return 0;
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailed(file + " exists and is not overwritten");
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()));
    }
  }
}
