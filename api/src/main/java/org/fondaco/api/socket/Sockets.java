package org.fondaco.api.socket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
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
import org.fondaco.api.address.ClientAddress;
import org.fondaco.api.socket.SocketCounters.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Upgrades requests on its routes to WebSockets, in front of every other handler, and keeps the
 * connections: pings, lifetimes, limits. Other requests pass through.
 */
public final class Sockets extends Handler.Wrapper implements AutoCloseable {
  private static final int WRITERS_MAX = 4;
  private static final int OUTPUT_BUFFER_BYTES = 32 << 10;
  private static final long TICK_NANOS = 1_000_000_000;
  private static final long LAST_WORDS_NANOS = 2_000_000_000;

  private final SocketLimits limits;
  private final ClientAddress clients;
  private final List<SocketRoute> routes;
  private final SocketClock clock;
  private final SocketCounters counters = new SocketCounters();
  private final Attempts attempts;
  private final Writer[] writers;
  private final WebSocketMappings mappings;
  private final Configuration.ConfigurationCustomizer configuration =
      new Configuration.ConfigurationCustomizer();
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final ExecutorService ending = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread ticking;
  private volatile boolean closed;

  /**
   * @param clients tells who is behind a reverse proxy
   * @param routes tried in this order
   */
  public Sockets(SocketLimits limits, ClientAddress clients, List<SocketRoute> routes) {
    this(limits, clients, routes, SocketClock.SYSTEM);
  }

  Sockets(SocketLimits limits, ClientAddress clients, List<SocketRoute> routes, SocketClock clock) {
    this.limits = limits;
    this.clients = clients;
    this.routes = List.copyOf(routes);
    this.clock = clock;
    attempts = new Attempts(limits, clock.nanos());
    int cores = Runtime.getRuntime().availableProcessors();
    writers = new Writer[Math.clamp(cores / 2, 1, WRITERS_MAX)];
    for (int i = 0; i < writers.length; i++) {
      writers[i] = new Writer(i);
    }
    WebSocketComponents components = new WebSocketComponents();
    installBean(components);
    mappings = new WebSocketMappings(components);
    installBean(mappings);
    // Frames of any length are read piece by piece and counted by Message; what is sent is never
    // cut into fragments.
    configuration.setMaxFrameSize(-1);
    configuration.setAutoFragment(true);
    configuration.setOutputBufferSize(OUTPUT_BUFFER_BYTES);
    // Pings find dead connections.
    configuration.setIdleTimeout(java.time.Duration.ZERO);
    ticking = Thread.ofPlatform().name("sockets").daemon().start(this::run);
  }

  /** What happened so far. */
  public SocketCounters counters() {
    return counters;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = request.getHttpURI().getDecodedPath();
    SocketRoute route = path == null ? null : route(path);
    if (route == null || path == null) {
      return super.handle(request, response, callback);
    }
    String address = address(request);
    Refusal refusal = refusal(address);
    if (refusal != null) {
      refuse(response, callback, refusal, address);
      return true;
    }
    Writer writer = writers[Math.floorMod(request.getId().hashCode(), writers.length)];
    Connection connection = new Connection(this, writer, address, route.countsMessages());
    Opening opening = new Opening(route, connection, path);
    boolean upgraded = false;
    try {
      upgraded = mappings.upgrade(opening, request, response, callback, configuration);
    } finally {
      if (!upgraded) {
        connection.end();
      }
    }
    if (!upgraded) {
      response.getHeaders().put(HttpHeader.UPGRADE, "websocket");
      answer(response, callback, 426, "This path is for WebSockets");
    }
    return true;
  }

  private @Nullable SocketRoute route(String path) {
    for (SocketRoute route : routes) {
      if (route.covers(path)) {
        return route;
      }
    }
    return null;
  }

  private String address(Request request) {
    String peer = Request.getRemoteAddr(request);
    return clients.trusts(peer)
        ? clients.of(peer, request.getHeaders().getValuesList(clients.headerName()))
        : peer;
  }

  private @Nullable Refusal refusal(String address) {
    Refusal refusal = attempts.attempt(address, clock.nanos());
    if (refusal == null && (connections.size() >= limits.connectionsMax() || closed)) {
      refusal = Refusal.FULL;
    }
    return refusal;
  }

  private void refuse(Response response, Callback callback, Refusal refusal, String address) {
    counters.count(refusal);
    if (refusal == Refusal.ATTEMPTS || refusal == Refusal.BANNED) {
      long seconds = attempts.retryAfterSeconds(address, clock.nanos());
      response.getHeaders().put(HttpHeader.RETRY_AFTER, Long.toString(seconds));
    }
    switch (refusal) {
      case ATTEMPTS ->
          answer(
              response,
              callback,
              429,
              "Too many connection attempts; the limit is %d in 5 minutes"
                  .formatted(limits.attemptsPerFiveMinutes()));
      case BANNED -> answer(response, callback, 418, "Way too many requests; address banned");
      case FULL -> answer(response, callback, 503, "Too many connections");
      case NOT_FOUND -> answer(response, callback, 404, "Not found");
    }
  }

  private static void answer(Response response, Callback callback, int status, String text) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=UTF-8");
    ByteBuffer body = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    response.write(true, body, callback);
  }

  /** Asked by Jetty once the handshake is known to be sound. */
  private final class Opening extends WebSocketNegotiator.AbstractNegotiator {
    private final SocketRoute route;
    private final Connection connection;
    private final String path;

    Opening(SocketRoute route, Connection connection, String path) {
      this.route = route;
      this.connection = connection;
      this.path = path;
    }

    @Override
    public @Nullable FrameHandler negotiate(
        ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
      String query = request.getHttpURI().getQuery();
      if (!connection.begin(route.conversations(), path, query == null ? "" : query)) {
        refuse(response, callback, Refusal.NOT_FOUND, connection.address());
        return null;
      }
      // Compression would cost a deflater a client and encode the same message for each of them.
      response.setExtensions(List.of());
      connections.add(connection);
      counters.open.incrementAndGet();
      counters.opened.increment();
      return connection;
    }
  }

  private void run() {
    while (!closed) {
      LockSupport.parkNanos(this, TICK_NANOS);
      tick();
    }
  }

  /** Does what is due on every connection. */
  void tick() {
    long now = clock.nanos();
    connections.forEach(connection -> connection.tick(now));
  }

  SocketLimits limits() {
    return limits;
  }

  long nanos() {
    return clock.nanos();
  }

  long millis() {
    return clock.millis();
  }

  void later(Runnable task) {
    if (!ending.isShutdown()) {
      ending.execute(task);
    }
  }

  void offended(String address, long nowNanos) {
    attempts.offended(address, nowNanos);
  }

  void ended(Connection connection) {
    if (connections.remove(connection)) {
      counters.open.decrementAndGet();
    }
  }

  /** Lets conversations say their last words, closes every connection and refuses new ones. */
  @Override
  public void close() {
    closed = true;
    connections.forEach(Connection::stop);
    long deadline = System.nanoTime() + LAST_WORDS_NANOS;
    while (!connections.isEmpty() && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(this, TICK_NANOS / 100);
    }
    connections.forEach(Connection::abort);
    LockSupport.unpark(ticking);
    for (Writer writer : writers) {
      writer.close();
    }
    ending.close();
  }
}
