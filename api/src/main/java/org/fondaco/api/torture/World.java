package org.fondaco.api.torture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * All processes: a demo venue with a database of its own and embedded nodes of Bitcoin and Bitcoin
 * Cash, and stand-alone nodes of Litecoin and of the account chain, whose chains go on where the
 * venue's own have ended.
 */
final class World implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Map<String, String> SETTINGS =
      Map.of(
          "FONDACO_NODE_DEPTH", "4",
          "FONDACO_CONFIRMATIONS", "BTC=2; LTC=2; BCH=2; ETH=3; USDT=3",
          "FONDACO_FINAL_DEPTH", "BTC=2; LTC=2; BCH=2; ETH=3");

  private final Path data;
  private final Map<String, NodeProcess> nodes = new LinkedHashMap<>();
  private final Map<String, String> settings = new HashMap<>(SETTINGS);
  private final String dollar;
  private volatile VenueProcess venue;
  private volatile DemoUsers users;

  /**
   * Starts everything and returns when it serves.
   *
   * @param data folder of a demo venue that was stopped; folders of the nodes are made beside it
   */
  World(Path data) throws IOException, InterruptedException {
    this.data = data;
    this.dollar = NodeRpc.embedded(data, "ETH").dollar();
    try {
      for (String chain : new String[] {"LTC", "ETH"}) {
        Path folder = data.resolveSibling(chain.toLowerCase(Locale.ROOT) + "-node");
        run(
            "cp",
            "-a",
            data.resolve("node/" + chain.toLowerCase(Locale.ROOT)) + "/.",
            folder.toString());
        NodeProcess node = NodeProcess.start(chain, folder, VenueProcess.freePort());
        nodes.put(chain, node);
        settings.put("FONDACO_" + chain + "_URL", node.url());
      }
      for (NodeProcess node : nodes.values()) {
        node.awaitReady();
      }
      venue = VenueProcess.start(data, settings, log()).awaitReady();
      users = venue.users();
    } catch (IOException | RuntimeException | Violation e) {
      close();
      throw e;
    }
  }

  /** Makes a demo venue's folder and stops the venue again. */
  static void prepare(Path data) throws IOException, InterruptedException {
    try (VenueProcess venue = VenueProcess.start(data, SETTINGS).awaitReady()) {
      venue.sigterm();
      if (venue.awaitExit() != 0) {
        throw new Violation("the venue did not stop cleanly:\n" + venue.log());
      }
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
  }

  /** A customer or a member of the staff; to be asked for at each use. */
  TradingClient person(String name) {
    return users.client(name);
  }

  /** The node where an asset lives. */
  NodeRpc node(String asset) {
    String chain = asset.equals("USDT") ? "ETH" : asset;
    NodeProcess alone = nodes.get(chain);
    return alone == null ? NodeRpc.embedded(data, chain) : alone.rpc(dollar);
  }

  /** Somebody's coins outside the venue. */
  OutsideWallet outside(String asset) {
    return new OutsideWallet(node(asset), asset);
  }

  VenueProcess venue() {
    return venue;
  }

  /**
   * Kills all at once; then brings back what nobody else brings back, and waits until all serve.
   */
  void killAndRecover(Schedule.Kill kill) throws IOException {
    VenueDatabase database = venue.database();
    long server = database.server().map(ProcessHandle::pid).orElse(-1L);
    for (Victim victim : kill.victims()) {
      switch (victim) {
        case LITECOIN_NODE -> node("LTC", NodeProcess::kill9);
        case ETHER_NODE -> node("ETH", NodeProcess::kill9);
        case DATABASE -> database.kill9();
        case EXCHANGE -> venue.beginKill9();
      }
    }
    if (kill.hits(Victim.EXCHANGE)) {
      venue.awaitExit();
    }
    if (kill.hits(Victim.LITECOIN_NODE)) {
      node("LTC", NodeProcess::startAgain);
    }
    if (kill.hits(Victim.ETHER_NODE)) {
      node("ETH", NodeProcess::startAgain);
    }
    if (kill.hits(Victim.EXCHANGE)) {
      // On another port: an outgoing connection may have taken the old one.
      venue = VenueProcess.start(data, settings, log()).awaitReady();
      users = venue.users();
    } else if (!venue.alive()) {
      throw new Violation("the venue ended by itself:\n" + venue.log());
    }
    if (kill.hits(Victim.DATABASE)) {
      Waiting.until(
          "the venue starts its database again",
          PATIENCE,
          () ->
              database.server().map(ProcessHandle::pid).filter(pid -> pid != server).isPresent()
                  && !database.rows("select 1").isEmpty());
    }
    for (NodeProcess node : nodes.values()) {
      node.awaitReady();
    }
  }

  /** What is done with a node. */
  private interface Deed {
    void to(NodeProcess node) throws IOException;
  }

  private void node(String chain, Deed deed) throws IOException {
    deed.to(Objects.requireNonNull(nodes.get(chain)));
  }

  private Path log() {
    return data.resolveSibling("venue.log");
  }

  /** Evidence: the end of the venue's log. */
  String lastWords() {
    String log = venue.log();
    return log.substring(Math.max(0, log.length() - 8_000));
  }

  @Override
  public void close() {
    nodes.values().forEach(NodeProcess::close);
    if (venue != null) {
      venue.close();
    }
  }
}
