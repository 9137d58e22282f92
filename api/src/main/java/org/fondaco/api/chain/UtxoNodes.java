package org.fondaco.api.chain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.fondaco.chain.store.StoreException;
import org.fondaco.chain.utxo.mining.LocalMiner;
import org.fondaco.chain.utxo.node.UtxoNetwork;
import org.fondaco.chain.utxo.node.UtxoNode;
import org.fondaco.chain.utxo.notify.NotificationDoor;
import org.jspecify.annotations.Nullable;

/**
 * Nodes of Bitcoin, Bitcoin Cash and Litecoin inside the venue, each on a local network of its own
 * that only this machine reaches, and whose coins are worth nothing. They start beside the venue's
 * other parts and mine their first blocks after that.
 */
public final class UtxoNodes implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  private final List<Starting> nodes;
  private final int depth;

  private record Starting(
      UtxoNetwork network, Path folder, int port, CompletableFuture<UtxoNode> node) {}

  private UtxoNodes(List<Starting> nodes, int depth) {
    this.nodes = nodes;
    this.depth = depth;
  }

  /**
   * Begins to start the nodes and returns at once; {@link #await} tells how it went.
   *
   * @param folder of all of them; each has a folder of its own in it, called as its coin
   */
  public static UtxoNodes start(Path folder, UtxoNodeSettings settings) {
    List<Starting> nodes =
        List.of(
            starting(UtxoNetwork.BTC_REGTEST, folder, settings.btcPort()),
            starting(UtxoNetwork.BCH_REGTEST, folder, settings.bchPort()),
            starting(UtxoNetwork.LTC_REGTEST, folder, settings.ltcPort()));
    // One thread for all: the cores are busy with the venue's other parts.
    Thread.ofPlatform()
        .name("utxo-nodes-start")
        .daemon()
        .start(() -> nodes.forEach(UtxoNodes::open));
    return new UtxoNodes(nodes, settings.depth());
  }

  private static Starting starting(UtxoNetwork network, Path folder, int port) {
    String coin = network.profile().coin();
    return new Starting(network, folder.resolve(coin), port, new CompletableFuture<>());
  }

  private static void open(Starting node) {
    try {
      node.node.complete(
          UtxoNode.open(
              new UtxoNode.Settings(node.network, node.folder, HOST, node.port, null, 1, false)));
    } catch (IOException | RuntimeException e) {
      node.node.completeExceptionally(e);
    }
  }

  /**
   * Waits until all serve, then has them mine; to be called once.
   *
   * @throws IOException if one cannot; the message is for the operator
   */
  public void await() throws IOException {
    for (Starting each : nodes) {
      try {
        each.node.join().mineLocally(new LocalMiner.Settings(LocalMiner.FIRST_BLOCKS, depth));
      } catch (CompletionException e) {
        switch (e.getCause()) {
          case IOException failed -> throw told(each, failed);
          case StoreException failed -> throw told(each, failed);
          case null, default -> throw e;
        }
      }
    }
  }

  private static IOException told(Starting node, Exception cause) {
    return new IOException(
        "the %s node does not start (FONDACO_NODE=off does without): %s"
            .formatted(node.network.profile().coin(), cause.getMessage()),
        cause);
  }

  /** The coins whose nodes these are: {@code btc}, {@code bch}, {@code ltc}. */
  public List<String> coins() {
    return nodes.stream().map(each -> each.network.profile().coin()).toList();
  }

  /**
   * The running node of a coin, once {@link #await} has returned.
   *
   * @throws IllegalArgumentException if there is no such coin
   */
  public UtxoNode node(String coin) {
    return starting(coin).node.join();
  }

  /** Where a coin's node serves JSON-RPC, once {@link #await} has returned. */
  public String url(String coin) {
    return "http://%s:%d".formatted(HOST, node(coin).port());
  }

  /** The file with the name and password for a coin's node. */
  public Path cookie(String coin) {
    return UtxoNode.cookieFile(starting(coin).folder);
  }

  private Starting starting(String coin) {
    return nodes.stream()
        .filter(each -> each.network.profile().coin().equals(coin))
        .findAny()
        .orElseThrow(() -> new IllegalArgumentException("there is no node of " + coin));
  }

  private @Nullable UtxoNode running(String coin) {
    CompletableFuture<UtxoNode> node = starting(coin).node;
    return node.isCompletedExceptionally() ? null : node.getNow(null);
  }

  /** Height of a coin's chain; 0 while its node starts. */
  public int height(String coin) {
    UtxoNode now = running(coin);
    return now == null ? 0 : now.chain().tip().height();
  }

  /** Transactions in a coin's pool; 0 while its node starts. */
  public int waiting(String coin) {
    UtxoNode now = running(coin);
    return now == null ? 0 : now.pool().statistics().count();
  }

  /** Whether every node mines what it should. */
  public boolean isWell() {
    return coins().stream()
        .map(this::running)
        .allMatch(node ->
            node != null
                && Optional.ofNullable(node.localMiner()).map(LocalMiner::isWell).orElse(true));
  }

  /** What the operator is told of each node: where it serves and how to call it. */
  public List<String> announcements() {
    List<String> lines = new ArrayList<>();
    for (Starting each : nodes) {
      UtxoNode node = each.node.join();
      lines.add(
          "%1$s chain      http://%2$s:%3$d and ws://%2$s:%3$d%4$s, %5$s at block %6$d; password in %7$s; try: ./fondaco node cli --datadir %8$s help"
              .formatted(
                  each.network.profile().coin().toUpperCase(Locale.ROOT),
                  HOST,
                  node.port(),
                  NotificationDoor.PATH,
                  each.network.profile().network(),
                  node.chain().tip().height(),
                  UtxoNode.cookieFile(each.folder),
                  each.folder));
    }
    return lines;
  }

  /** Closes the nodes, also those that are still starting. */
  @Override
  public void close() {
    for (Starting each : nodes.reversed()) {
      try {
        each.node.join().close();
      } catch (CompletionException e) {
        // It never ran, and await has told why.
      }
    }
  }
}
