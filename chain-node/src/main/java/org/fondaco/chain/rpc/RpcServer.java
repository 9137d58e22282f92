package org.fondaco.chain.rpc;

import java.io.IOException;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** The doors of a node: HTTP, WebSocket and a local socket, which open and shut one by one. */
public final class RpcServer implements AutoCloseable {
  private static final int IDLE_MILLIS = 120_000;

  private final Methods methods;
  private final RpcConfig.Limits limits;
  private final CallThreads threads = new CallThreads();
  private @Nullable Listener http;
  private @Nullable Listener webSocket;
  private @Nullable SocketDoor socket;

  private record Listener(
      Server server, ServerConnector connector, @Nullable WebSocketDoor webSockets) {}

  private RpcServer(Methods methods, RpcConfig.Limits limits) {
    this.methods = methods;
    this.limits = limits;
  }

  /**
   * Serves from now on.
   *
   * @throws IOException if a port is taken or the local socket cannot be; nothing is open then
   */
  public static RpcServer start(RpcConfig config, Methods methods) throws IOException {
    RpcServer server = new RpcServer(methods, config.limits());
    try {
      RpcConfig.Http http = config.http();
      RpcConfig.WebSocket webSocket = config.webSocket();
      if (config.socket() != null) {
        server.socket = new SocketDoor(config.socket(), config.limits(), methods, server.threads);
      }
      if (http != null
          && webSocket != null
          && http.port() != 0
          && http.port() == webSocket.port()) {
        server.http = server.listen(http.host(), http.port(), http, webSocket);
        server.webSocket = server.http;
      } else {
        if (http != null) {
          server.startHttp(http);
        }
        if (webSocket != null) {
          server.startWebSocket(webSocket);
        }
      }
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /**
   * Opens HTTP.
   *
   * @throws IOException if it is open or the port is taken
   */
  public synchronized void startHttp(RpcConfig.Http config) throws IOException {
    if (http != null) {
      throw new IOException("HTTP server already running on port " + httpPort());
    }
    http = listen(config.host(), config.port(), config, null);
  }

  /**
   * Opens WebSockets.
   *
   * @throws IOException if they are open or the port is taken
   */
  public synchronized void startWebSocket(RpcConfig.WebSocket config) throws IOException {
    if (webSocket != null) {
      throw new IOException("WebSocket server already running on port " + webSocketPort());
    }
    webSocket = listen(config.host(), config.port(), null, config);
  }

  /** Shuts HTTP, and WebSockets with it where they share a port; false if it was shut. */
  public synchronized boolean stopHttp() {
    boolean open = http != null;
    if (webSocket == http) {
      webSocket = null;
    }
    shut(http);
    http = null;
    return open;
  }

  /** Shuts WebSockets, and HTTP with them where they share a port; false if they were shut. */
  public synchronized boolean stopWebSocket() {
    boolean open = webSocket != null;
    if (webSocket == http) {
      http = null;
    }
    shut(webSocket);
    webSocket = null;
    return open;
  }

  /** TCP port of HTTP; -1 while it is shut. */
  public synchronized int httpPort() {
    return http == null ? -1 : http.connector().getLocalPort();
  }

  /** TCP port of WebSockets; -1 while they are shut. */
  public synchronized int webSocketPort() {
    return webSocket == null ? -1 : webSocket.connector().getLocalPort();
  }

  private Listener listen(
      String host,
      int port,
      RpcConfig.@Nullable Http httpConfig,
      RpcConfig.@Nullable WebSocket socketConfig)
      throws IOException {
    QueuedThreadPool pool = new QueuedThreadPool(16, 2);
    pool.setName("rpc-" + (httpConfig == null ? "websocket" : "http"));
    pool.setDaemon(true);
    pool.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("rpc-http-", 0).factory()));
    Server server = new Server(pool);
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setUriCompliance(UriCompliance.DEFAULT);
    ServerConnector connector =
        new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(limits.connectionsMax(), connector));
    Handler handler =
        httpConfig == null ? null : new HttpDoor(httpConfig, limits, methods, threads);
    WebSocketDoor webSockets = null;
    if (socketConfig != null) {
      webSockets = new WebSocketDoor(socketConfig, limits, methods, threads);
      webSockets.setHandler(handler);
      handler = webSockets;
    }
    server.setHandler(handler);
    try {
      server.start();
      return new Listener(server, connector, webSockets);
    } catch (Exception e) {
      shut(new Listener(server, connector, webSockets));
      throw new IOException("cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
    }
  }

  private static void shut(@Nullable Listener listener) {
    if (listener == null) {
      return;
    }
    try {
      if (listener.webSockets() != null) {
        listener.webSockets().close();
      }
      listener.server().stop();
    } catch (Exception e) {
      System.getLogger(RpcServer.class.getName())
          .log(System.Logger.Level.WARNING, "a door did not shut well", e);
    }
  }

  @Override
  public synchronized void close() {
    boolean _ = stopHttp();
    boolean _ = stopWebSocket();
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        System.getLogger(RpcServer.class.getName())
            .log(System.Logger.Level.WARNING, "the local socket did not shut well", e);
      }
      socket = null;
    }
    threads.close();
  }
}
