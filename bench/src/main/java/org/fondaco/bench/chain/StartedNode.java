package org.fondaco.bench.chain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node in a process of its own, known by the address that it prints. */
public final class StartedNode implements AutoCloseable {
  private static final int SECONDS_TO_START = 120;
  private static final int SECONDS_TO_STOP = 30;

  private final Process process;
  private final List<String> command;
  private final JsonRpc rpc;
  private final String url;

  /** Anvil, seen once to leave a transaction in its pool until the next one comes. */
  private boolean mustBeNudged;

  private StartedNode(Process process, List<String> command, String url) {
    this.process = process;
    this.command = command;
    this.url = url;
    rpc = new JsonRpc(url);
  }

  /** Anvil with Cancun's rules, and blocks as large as asked; further options may follow. */
  public static StartedNode anvil(Path npm, long blockGasLimit, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(NpmPeers.anvil(npm).toString());
    command.addAll(List.of("--hardfork", "cancun", "--port", "0"));
    command.addAll(List.of("--gas-limit", Long.toString(blockGasLimit)));
    command.addAll(List.of(options));
    StartedNode node = start(command, Pattern.compile("Listening on (127\\.0\\.0\\.1:\\d+)"));
    node.mustBeNudged = true;
    return node;
  }

  /**
   * Our node as an operator starts it, on a fresh data folder.
   *
   * @param genesis a genesis.json with instant sealing
   */
  public static StartedNode fondaco(Path folder, String genesis, String coinbase)
      throws IOException, InterruptedException {
    String launcher = Path.of("fondaco").toAbsolutePath().toString();
    String data = folder.resolve("node").toString();
    Path file = Files.writeString(folder.resolve("genesis.json"), genesis);
    Process init =
        new ProcessBuilder(launcher, "node", "init", "--datadir", data, file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("init.log").toFile())
            .start();
    if (init.waitFor() != 0) {
      throw new IOException(Files.readString(folder.resolve("init.log")));
    }
    List<String> command = new ArrayList<>(List.of(launcher, "node", "run", "--datadir", data));
    command.addAll(List.of("--mine", "--miner.etherbase", coinbase, "--ipcdisable"));
    command.addAll(List.of("--http", "--http.port", "0", "--http.api", "eth,net,web3,debug"));
    return start(command, Pattern.compile("http://(127\\.0\\.0\\.1:\\d+)"));
  }

  /** Whether a transaction may wait for ever unless {@code evm_mine} is called. */
  boolean mustBeNudged() {
    return mustBeNudged;
  }

  private static StartedNode start(List<String> command, Pattern address)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    CompletableFuture<String> found = new CompletableFuture<>();
    // Reads to the end, so that the node never waits for a full pipe.
    Thread.ofVirtual().start(() -> read(process, address, found));
    try {
      String url = "http://" + found.get(SECONDS_TO_START, TimeUnit.SECONDS);
      return new StartedNode(process, command, url);
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new IOException(command + " does not serve", e);
    }
  }

  private static void read(Process process, Pattern address, CompletableFuture<String> found) {
    StringBuilder lines = new StringBuilder();
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      String line;
      while ((line = reader.readLine()) != null) {
        Matcher matcher = address.matcher(line);
        if (matcher.find()) {
          found.complete(matcher.group(1));
        }
        if (!found.isDone()) {
          lines.append(line).append('\n');
        }
      }
      found.completeExceptionally(new IOException(lines.toString()));
    } catch (IOException | UncheckedIOException e) {
      found.completeExceptionally(e);
    }
  }

  public JsonRpc rpc() {
    return rpc;
  }

  public String url() {
    return url;
  }

  /** For the report. */
  public String command() {
    return String.join(" ", command.subList(1, command.size()));
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
