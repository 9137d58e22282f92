package org.fondaco.chain.command;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fondaco.chain.node.Reach;
import org.fondaco.chain.rpc.RpcConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Geth's flags for JSON-RPC over HTTP and WebSocket. */
final class HttpFlags {
  @Option(
      names = "--http",
      arity = "0..1",
      paramLabel = "true|false",
      fallbackValue = "true",
      description = "serve JSON-RPC over HTTP")
  boolean http;

  @Option(
      names = "--http.addr",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "where HTTP listens (default: ${DEFAULT-VALUE})")
  String httpHost = "127.0.0.1";

  @Option(
      names = "--http.port",
      paramLabel = "PORT",
      defaultValue = "8545",
      description = "port of HTTP, 0 for any (default: ${DEFAULT-VALUE})")
  int httpPort;

  @Option(
      names = "--http.api",
      paramLabel = "NAMESPACE",
      split = ",",
      description = "what HTTP serves (default: eth,net,web3)")
  @Nullable Set<String> httpNamespaces;

  @Option(
      names = "--http.corsdomain",
      paramLabel = "ORIGIN",
      split = ",",
      description = "pages that may read answers; * for all (default: none)")
  @Nullable Set<String> corsOrigins;

  @Option(
      names = "--http.vhosts",
      paramLabel = "NAME",
      split = ",",
      description = "host names that requests may have; * for all (default: localhost)")
  @Nullable Set<String> virtualHosts;

  @Option(
      names = "--ws",
      arity = "0..1",
      paramLabel = "true|false",
      fallbackValue = "true",
      description = "serve JSON-RPC over WebSocket")
  boolean webSocket;

  @Option(
      names = "--ws.addr",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "where WebSocket listens (default: ${DEFAULT-VALUE})")
  String webSocketHost = "127.0.0.1";

  @Option(
      names = "--ws.port",
      paramLabel = "PORT",
      defaultValue = "8546",
      description = "port of WebSocket; may be that of HTTP (default: ${DEFAULT-VALUE})")
  int webSocketPort;

  @Option(
      names = "--ws.api",
      paramLabel = "NAMESPACE",
      split = ",",
      description = "what WebSocket serves (default: eth,net,web3)")
  @Nullable Set<String> webSocketNamespaces;

  @Option(
      names = "--ws.origins",
      paramLabel = "ORIGIN",
      split = ",",
      description = "pages that may connect; * for all (default: those of this machine)")
  @Nullable Set<String> origins;

  /** The door for HTTP; null if it is shut. {@code more} is served besides geth's defaults. */
  RpcConfig.@Nullable Http http(Set<String> more) {
    if (!http) {
      return null;
    }
    checkPort("--http.port", httpPort);
    return new RpcConfig.Http(
        httpHost,
        httpPort,
        httpNamespaces != null ? httpNamespaces : defaults(more),
        virtualHosts != null ? virtualHosts : Set.of("localhost"),
        corsOrigins != null ? corsOrigins : Set.of());
  }

  /** The door for WebSocket; null if it is shut. */
  RpcConfig.@Nullable WebSocket webSocket(Set<String> more) {
    if (!webSocket) {
      return null;
    }
    checkPort("--ws.port", webSocketPort);
    return new RpcConfig.WebSocket(
        webSocketHost,
        webSocketPort,
        webSocketNamespaces != null ? webSocketNamespaces : defaults(more),
        origins != null ? origins : Set.of());
  }

  /** Whether other machines can reach a door. */
  boolean isReachable() {
    return http && !Reach.isLoopback(httpHost) || webSocket && !Reach.isLoopback(webSocketHost);
  }

  private static Set<String> defaults(Set<String> more) {
    return Stream.concat(RpcConfig.DEFAULT_NAMESPACES.stream(), more.stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  static void checkPort(String flag, int port) {
    if (port < 0 || port > 65_535) {
      throw new CommandFailed(flag + " is 0 to 65535, not " + port);
    }
  }
}
