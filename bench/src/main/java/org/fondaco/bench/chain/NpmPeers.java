package org.fondaco.bench.chain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The peers that npm brings, at the versions of {@code bench/src/peer/npm}. */
public final class NpmPeers {
  private static final Path SOURCE = Path.of("bench", "src", "peer", "npm");
  private static final Path TARGET = Path.of("bench", "target", "peer-npm");
  private static final List<String> FILES = List.of("package.json", "package-lock.json", "evm.js");

  private NpmPeers() {}

  /**
   * Installs them unless they are there, and answers the folder.
   *
   * @throws IOException when npm is missing or fails
   */
  public static Path install() throws IOException, InterruptedException {
    Path folder = Files.createDirectories(TARGET.toAbsolutePath());
    Path lock = folder.resolve("package-lock.json");
    boolean installed =
        Files.exists(folder.resolve("node_modules"))
            && Files.exists(lock)
            && Files.mismatch(lock, SOURCE.resolve("package-lock.json")) < 0;
    for (String file : FILES) {
      Files.copy(SOURCE.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!installed) {
      Process npm =
          new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
              .directory(folder.toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      if (npm.waitFor() != 0) {
        Files.delete(lock);
        throw new IOException("npm ci failed in " + folder);
      }
    }
    return folder;
  }

  /** Anvil itself and not npm's wrapper, so that a signal reaches it. */
  static Path anvil(Path folder) {
    String machine = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    return folder.resolve("node_modules/@foundry-rs/anvil-linux-" + machine + "/bin/anvil");
  }
}
