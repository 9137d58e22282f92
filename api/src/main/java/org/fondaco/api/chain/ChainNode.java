package org.fondaco.api.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.fondaco.chain.mining.MinerSettings;
import org.fondaco.chain.node.DevChain;
import org.fondaco.chain.node.Node;
import org.fondaco.chain.node.NodeConfig;
import org.fondaco.chain.node.NodeException;
import org.fondaco.chain.node.NodeFolder;
import org.fondaco.chain.rpc.RpcConfig;
import org.fondaco.chain.store.PrivateFolder;
import org.jspecify.annotations.Nullable;

/**
 * A node of the account chain inside the venue, which seals a block as soon as there is a
 * transaction. Its first account owns the ether and is unlocked: it is a chain of its own, worth
 * nothing, that only this machine reaches. The node starts beside the venue's other parts.
 */
public final class ChainNode implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  /** What the doors on loopback serve: all but the operator's, which the local socket has. */
  private static final Set<String> NAMESPACES =
      Set.of("eth", "net", "web3", "txpool", "debug", "evm");

  /** Linux takes no longer path for a socket. */
  private static final int SOCKET_PATH_BYTES_MAX = 107;

  private final NodeFolder folder;
  private final CompletableFuture<Running> running;

  private record Running(DevChain chain, Node node) {}

  private ChainNode(NodeFolder folder, CompletableFuture<Running> running) {
    this.folder = folder;
    this.running = running;
  }

  /**
   * Begins to start a node and returns at once; {@link #await} tells how it went.
   *
   * @param folder of its chain and keys, which is made if it is not there
   */
  public static ChainNode start(Path folder, ChainNodeSettings settings) {
    NodeFolder data = new NodeFolder(folder);
    CompletableFuture<Running> running = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("chain-node-start")
        .daemon()
        .start(() -> {
          try {
            running.complete(open(data, settings));
          } catch (IOException | RuntimeException e) {
            running.completeExceptionally(e);
          }
        });
    return new ChainNode(data, running);
  }

  private static Running open(NodeFolder folder, ChainNodeSettings settings) throws IOException {
    PrivateFolder.create(folder.root());
    DevChain chain = DevChain.prepare(folder);
    try {
      NodeConfig config =
          new NodeConfig(
              folder,
              chain.genesis(),
              null,
              null,
              new RpcConfig(
                  new RpcConfig.Http(
                      HOST, settings.httpPort(), NAMESPACES, Set.of("localhost"), Set.of()),
                  new RpcConfig.WebSocket(HOST, settings.webSocketPort(), NAMESPACES, Set.of()),
                  socket(folder),
                  RpcConfig.Limits.DEFAULT),
              new NodeConfig.Mining(
                  true,
                  1,
                  chain.developer(),
                  0,
                  null,
                  new MinerSettings.Instant.OnTransaction(settings.depth())),
              false,
              0,
              false);
      return new Running(chain, Node.open(config, chain.accounts()));
    } catch (IOException | RuntimeException e) {
      chain.close();
      throw e;
    }
  }

  private static @Nullable Path socket(NodeFolder folder) {
    Path socket = folder.socket();
    int bytes = socket.toString().getBytes(StandardCharsets.UTF_8).length;
    return bytes > SOCKET_PATH_BYTES_MAX ? null : socket;
  }

  /**
   * Waits until the node serves.
   *
   * @throws IOException if it cannot; the message is for the operator
   */
  public void await() throws IOException {
    try {
      var _ = running.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case IOException failed -> throw told(failed);
        case UncheckedIOException failed -> throw told(failed);
        case NodeException failed -> throw told(failed);
        case null, default -> throw e;
      }
    }
  }

  private static IOException told(Exception cause) {
    return new IOException(
        "the chain node does not start (FONDACO_NODE=off does without): " + cause.getMessage(),
        cause);
  }

  /** The running node, once {@link #await} has returned. */
  public Node node() {
    return running.join().node();
  }

  /** Height of the chain; 0 while the node starts. */
  public long height() {
    Running now = running.isCompletedExceptionally() ? null : running.getNow(null);
    return now == null ? 0 : now.node.chain().head().number();
  }

  /** Transactions in the pool; 0 while the node starts. */
  public long waiting() {
    Running now = running.isCompletedExceptionally() ? null : running.getNow(null);
    if (now == null) {
      return 0;
    }
    var status = now.node.pool().status();
    return (long) status.pending() + status.queued();
  }

  /** What the operator is told: where it serves, and who owns the ether. */
  public String announcement() {
    Running now = running.join();
    return "%s and %s, chain id %d; %s owns its ether and has no password; console: ./fondaco node attach --datadir %s"
        .formatted(
            now.node.httpUrl(),
            now.node.webSocketUrl(),
            now.node.chain().config().chainId(),
            now.chain.developer(),
            folder.root());
  }

  /** Closes the node, also one that is still starting. */
  @Override
  public void close() {
    try {
      Running now = running.join();
      now.node.close();
      now.chain.close();
    } catch (CompletionException e) {
      // It never ran, and await has told why.
    }
  }
}
