package org.fondaco.chain.rpc;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a node is reached; a door that is null is shut.
 *
 * @param http JSON-RPC by POST
 * @param webSocket may have the port of {@code http}, which then serves both
 * @param socket path of the local socket, at most 107 bytes; every namespace is served there
 */
public record RpcConfig(
    @Nullable Http http, @Nullable WebSocket webSocket, @Nullable Path socket, Limits limits) {
  /** What geth serves over HTTP and WebSocket unless told otherwise. */
  public static final Set<String> DEFAULT_NAMESPACES = Set.of("eth", "net", "web3");

  /**
   * The door for POST.
   *
   * @param port 0 for any
   * @param namespaces that are served
   * @param virtualHosts names that a request may have in its Host header; {@code *} for all. Keeps
   *     a page whose name was pointed at this machine (DNS rebinding) from reading answers
   * @param corsOrigins pages that may read answers; {@code *} for all; empty for none
   */
  public record Http(
      String host,
      int port,
      Set<String> namespaces,
      Set<String> virtualHosts,
      Set<String> corsOrigins) {
    /** Loopback, with geth's defaults. */
    public static Http local(int port) {
      return new Http("127.0.0.1", port, DEFAULT_NAMESPACES, Set.of("localhost"), Set.of());
    }
  }

  /**
   * The door for WebSockets.
   *
   * @param port 0 for any
   * @param origins pages that may connect; {@code *} for all; empty for those of this machine.
   *     Whoever sends no Origin is no browser and may connect
   */
  public record WebSocket(String host, int port, Set<String> namespaces, Set<String> origins) {
    /** Loopback, with geth's defaults. */
    public static WebSocket local(int port) {
      return new WebSocket("127.0.0.1", port, DEFAULT_NAMESPACES, Set.of());
    }
  }

  /**
   * What one client may ask for; the defaults are geth's.
   *
   * @param bodyBytesMax of a POST
   * @param messageBytesMax of a message over WebSocket or local socket
   * @param batchItemsMax requests in a batch
   * @param batchAnswerBytesMax results of a batch together
   * @param queuedBytesMax what waits for a slow client before it is disconnected
   * @param connectionsMax at once, on each door
   * @param callMillisMax time of a request over HTTP, from its first byte to its answer
   */
  public record Limits(
      int bodyBytesMax,
      int messageBytesMax,
      int batchItemsMax,
      int batchAnswerBytesMax,
      int queuedBytesMax,
      int connectionsMax,
      int callMillisMax) {
    public static final Limits DEFAULT =
        new Limits(5 << 20, 32 << 20, 1_000, 25_000_000, 32 << 20, 1_024, 30_000);
  }
}
