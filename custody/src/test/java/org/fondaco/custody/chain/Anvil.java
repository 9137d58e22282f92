package org.fondaco.custody.chain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * anvil in a process of its own, as the npm package of chain-node's tests brings it. {@code
 * ./fondaco test} installs that package before Maven; another program is named by {@code
 * -Dfondaco.anvil}.
 */
public final class Anvil implements AutoCloseable {
  private static final String PACKAGES = "chain-node/src/test/npm/node_modules/@foundry-rs";
  private static final Pattern LISTENS = Pattern.compile("Listening on 127\\.0\\.0\\.1:(\\d+)");
  private static final int SECONDS_TO_START = 60;

  private final Process process;
  private final String url;

  private Anvil(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** Starts one on a free port of its own choice. */
  public static Anvil start(String... options) throws IOException, InterruptedException {
    Path log = Files.createTempFile("anvil", ".log");
    log.toFile().deleteOnExit();
    // By fees, anvil 1.7.1 takes a sender's dearer later transaction first, finds its nonce too
    // high
    // and drops it for good (foundry issue 4327).
    List<String> command =
        new ArrayList<>(List.of(program().toString(), "--port", "0", "--order", "fifo"));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_START);
    while (true) {
      Matcher listens = LISTENS.matcher(Files.readString(log));
      if (listens.find()) {
        return new Anvil(process, "http://127.0.0.1:" + listens.group(1));
      }
      if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new IOException("anvil does not serve: " + Files.readString(log));
      }
    }
  }

  private static Path program() {
    String named = System.getProperty("fondaco.anvil", "");
    if (!named.isEmpty()) {
      return Path.of(named);
    }
    String machine = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    String system =
        System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac")
            ? "darwin"
            : "linux";
    Path program =
        Path.of("..", PACKAGES, "anvil-" + system + "-" + machine, "bin", "anvil")
            .toAbsolutePath()
            .normalize();
    if (!Files.isExecutable(program)) {
      throw new IllegalStateException(
          program + " is missing: npm ci in chain-node/src/test/npm brings it");
    }
    return program;
  }

  public String url() {
    return url;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }
}
