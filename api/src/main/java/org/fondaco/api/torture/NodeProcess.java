package org.fondaco.api.torture;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.fondaco.chain.command.NodeCommand;
import org.fondaco.chain.utxo.node.UtxoNodeCommand;

/** A node in a process of its own, as {@code ./fondaco node} starts it, that mines by itself. */
final class NodeProcess implements AutoCloseable {
  private static final String LOGIN = "torture:torture";
  private static final int DEPTH = 4;
  private static final Duration READY_MAX = Duration.ofSeconds(120);

  private final String chain;
  private final Path folder;
  private final int port;
  private final Path log;
  private Process process;

  private NodeProcess(String chain, Path folder, int port, Path log) throws IOException {
    this.chain = chain;
    this.folder = folder;
    this.port = port;
    this.log = log;
    this.process = launch();
  }

  /**
   * Starts a node and returns at once.
   *
   * @param chain LTC or ETH
   * @param folder its data folder; may be a copy of an embedded node's
   * @param port where it serves, also after it was started again
   */
  static NodeProcess start(String chain, Path folder, int port) throws IOException {
    return new NodeProcess(chain, folder, port, folder.resolveSibling(chain + "-node.log"));
  }

  private Process launch() throws IOException {
    List<String> arguments =
        chain.equals("ETH")
            ? List.of(
                "run",
                "--dev",
                "--dev.depth",
                Integer.toString(DEPTH),
                "--datadir",
                folder.toString(),
                "--http",
                "--http.port",
                Integer.toString(port),
                "--ipcdisable",
                "--nodiscover",
                "--port",
                "0")
            : List.of(
                "--chain",
                "ltc",
                "--dev",
                "--dev.depth",
                Integer.toString(DEPTH),
                "--datadir",
                folder.toString(),
                "--rpcport",
                Integer.toString(port),
                "--rpcuser",
                LOGIN.substring(0, LOGIN.indexOf(':')),
                "--rpcpassword",
                LOGIN.substring(LOGIN.indexOf(':') + 1));
    Class<?> main = chain.equals("ETH") ? NodeCommand.class : UtxoNodeCommand.class;
    List<String> command = VenueProcess.java(List.of("-Xmx256m", "-XX:+UseSerialGC"), main);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("FONDACO_"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.redirectInput(new File("/dev/null"));
    return builder.start();
  }

  /** For the venue's settings. */
  String url() {
    return "http://%s127.0.0.1:%d".formatted(chain.equals("ETH") ? "" : LOGIN + "@", port);
  }

  /**
   * Calls it.
   *
   * @param dollar contract of USDT, or empty
   */
  NodeRpc rpc(String dollar) {
    NodeRpc.Address address =
        new NodeRpc.Address("http://127.0.0.1:" + port, chain.equals("ETH") ? "" : LOGIN, dollar);
    return new NodeRpc(() -> address);
  }

  /** Returns when it serves. */
  void awaitReady() throws IOException {
    NodeRpc rpc = rpc("");
    Waiting.until(
        "the node of " + chain + " serves",
        READY_MAX,
        () ->
            !process.isAlive()
                || !rpc.call(chain.equals("ETH") ? "eth_blockNumber" : "getblockcount").isNull());
    if (!process.isAlive()) {
      throw new Violation(
          "the node of %s exited with %d:%n%s"
              .formatted(chain, process.exitValue(), Files.readString(log)));
    }
  }

  /** As a power failure, or the kernel short of memory, would. */
  void kill9() {
    process.destroyForcibly();
  }

  /** Starts it again once what was killed has ended. */
  void startAgain() throws IOException {
    process.onExit().join();
    process = launch();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
