package org.fondaco.chain.utxo.notify;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.jspecify.annotations.Nullable;

/** Subscriptions by WebSocket; requests that ask for no upgrade go to the handler within. */
public final class NotificationDoor extends Handler.Wrapper {
  /** Where subscribers connect; {@code ?topics=} names what they want. */
  public static final String PATH = "/notifications";

  private static final int CONNECTIONS_MAX = 32;
  private static final int OUTPUT_BUFFER_BYTES = 32 << 10;

  private final Notifications notifications;
  private final Predicate<Request> authorized;
  private final WebSocketMappings mappings;
  private final Configuration.ConfigurationCustomizer configuration =
      new Configuration.ConfigurationCustomizer();
  private final Set<NotificationConnection> open = ConcurrentHashMap.newKeySet();

  /**
   * A door.
   *
   * @param authorized whether who asks may call the node
   * @param others handles what asks for no upgrade
   */
  public NotificationDoor(
      Notifications notifications, Predicate<Request> authorized, Handler others) {
    super(others);
    this.notifications = notifications;
    this.authorized = authorized;
    WebSocketComponents components = new WebSocketComponents();
    installBean(components);
    mappings = new WebSocketMappings(components);
    installBean(mappings);
    configuration.setMaxFrameSize(-1);
    configuration.setAutoFragment(true);
    configuration.setOutputBufferSize(OUTPUT_BUFFER_BYTES);
    configuration.setIdleTimeout(Duration.ZERO); // pings find dead connections
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!"websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeader.UPGRADE))) {
      return super.handle(request, response, callback);
    }
    if (!authorized.test(request)) {
      response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"jsonrpc\"");
      Response.writeError(request, response, callback, 401);
      return true;
    }
    if (!PATH.equals(Request.getPathInContext(request))) {
      Response.writeError(request, response, callback, 404, "notifications are at " + PATH);
      return true;
    }
    Set<Topic> topics;
    try {
      Fields.Field wanted = Request.extractQueryParameters(request).get("topics");
      topics = Topic.parse(wanted == null ? "" : wanted.getValue());
    } catch (IllegalArgumentException e) {
      Response.writeError(request, response, callback, 400, e.getMessage());
      return true;
    }
    if (open.size() >= CONNECTIONS_MAX) {
      Response.writeError(request, response, callback, 503, "too many connections");
    } else if (!mappings.upgrade(new Opening(topics), request, response, callback, configuration)) {
      Response.writeError(request, response, callback, 400, "not a WebSocket handshake");
    }
    return true;
  }

  /** Closes every connection. */
  public void close() {
    open.forEach(NotificationConnection::close);
  }

  private final class Opening extends WebSocketNegotiator.AbstractNegotiator {
    private final Set<Topic> topics;

    Opening(Set<Topic> topics) {
      this.topics = topics;
    }

    @Override
    public @Nullable FrameHandler negotiate(
        ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
      response.setExtensions(List.of());
      NotificationConnection connection =
          new NotificationConnection(notifications, topics, open::remove);
      open.add(connection);
      return connection;
    }
  }
}
