package org.fondaco.chain.rpc;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.jspecify.annotations.Nullable;

/** JSON-RPC by WebSocket; requests that ask for no upgrade go to the handler within. */
final class WebSocketDoor extends Handler.Wrapper {
  private static final int OUTPUT_BUFFER_BYTES = 32 << 10;

  private final RpcConfig.WebSocket config;
  private final RpcConfig.Limits limits;
  private final Dispatcher dispatcher;
  private final CallThreads threads;
  private final WebSocketMappings mappings;
  private final Configuration.ConfigurationCustomizer configuration =
      new Configuration.ConfigurationCustomizer();
  private final Set<WebSocketConnection> open = ConcurrentHashMap.newKeySet();

  WebSocketDoor(
      RpcConfig.WebSocket config, RpcConfig.Limits limits, Methods methods, CallThreads threads) {
    this.config = config;
    this.limits = limits;
    this.threads = threads;
    dispatcher = new Dispatcher(methods, config.namespaces(), limits);
    WebSocketComponents components = new WebSocketComponents();
    installBean(components);
    mappings = new WebSocketMappings(components);
    installBean(mappings);
    // Frames are read piece by piece; the connection counts a message's bytes.
    configuration.setMaxFrameSize(-1);
    configuration.setAutoFragment(true);
    configuration.setOutputBufferSize(OUTPUT_BUFFER_BYTES);
    configuration.setIdleTimeout(Duration.ZERO); // pings find dead connections
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String upgrade = request.getHeaders().get(HttpHeader.UPGRADE);
    if (!"websocket".equalsIgnoreCase(upgrade)) {
      return super.handle(request, response, callback);
    }
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (!Hosts.isWebSocketOrigin(config.origins(), origin)) {
      Response.writeError(request, response, callback, 403, "origin not allowed");
    } else if (open.size() >= limits.connectionsMax()) {
      Response.writeError(request, response, callback, 503, "too many connections");
    } else if (!mappings.upgrade(new Opening(), request, response, callback, configuration)) {
      Response.writeError(request, response, callback, 400, "not a WebSocket handshake");
    }
    return true;
  }

  /** Closes every connection. */
  void close() {
    open.forEach(WebSocketConnection::close);
  }

  private final class Opening extends WebSocketNegotiator.AbstractNegotiator {
    @Override
    public @Nullable FrameHandler negotiate(
        ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
      // A deflater a client would cost more memory than the traffic of a local node is worth.
      response.setExtensions(List.of());
      WebSocketConnection connection =
          new WebSocketConnection(dispatcher, threads, limits, open::remove);
      open.add(connection);
      return connection;
    }
  }
}
