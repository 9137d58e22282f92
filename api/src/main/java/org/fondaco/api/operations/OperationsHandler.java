package org.fondaco.api.operations;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.fondaco.api.http.RequestId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outermost handler: names every request, logs that it was answered, and serves health and
 * metrics itself, so that these work while everything behind is busy.
 *
 * <p>Metrics are for the machine itself, or for whoever has the token when there is one. A request
 * that came through a proxy is not the machine's own, whatever address the proxy has.
 */
public final class OperationsHandler extends Handler.Wrapper {
  private static final Logger ACCESS = LoggerFactory.getLogger("org.fondaco.access");
  private static final String JSON = "application/json;charset=UTF-8";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
  private static final String BEARER = "Bearer ";
  private static final int LOGGED_MAX = 120;

  private final Health health;
  private final Metrics metrics;
  private final Optional<byte[]> token;

  /**
   * @param token who has it may read the metrics from anywhere; empty = loopback addresses only
   */
  public OperationsHandler(Health health, Metrics metrics, Optional<String> token) {
    this.health = health;
    this.metrics = metrics;
    this.token = token.map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String id = RequestId.assign(request);
    response.getHeaders().put(RequestId.HEADER, id);
    if (ACCESS.isDebugEnabled()) {
      long began = System.nanoTime();
      Request.addCompletionListener(request, failure -> logged(request, response, id, began));
    }
    String path = request.getHttpURI().getPath();
    if (path == null || !request.getMethod().equals("GET")) {
      return super.handle(request, response, callback);
    }
    switch (path) {
      case "/health/live" -> text(response, callback, 200, JSON, "{\"status\":\"UP\"}");
      case "/health/trading" -> report(response, callback, health.trading());
      case "/health/ready" ->
          Thread.ofVirtual().name("health").start(() -> report(response, callback, health.ready()));
      case "/metrics" -> metrics(request, response, callback);
      default -> {
        return super.handle(request, response, callback);
      }
    }
    return true;
  }

  private void metrics(Request request, Response response, Callback callback) {
    if (token.isPresent() ? !hasToken(request, token.get()) : !isLocal(request)) {
      int status = token.isPresent() ? HttpStatus.UNAUTHORIZED_401 : HttpStatus.FORBIDDEN_403;
      if (token.isPresent()) {
        response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
      }
      text(response, callback, status, JSON, "{\"status\":%d}".formatted(status));
      return;
    }
    Thread.ofVirtual()
        .name("metrics")
        .start(() -> text(response, callback, 200, PROMETHEUS, metrics.scrape()));
  }

  private static void report(Response response, Callback callback, Health.Report report) {
    text(response, callback, report.up() ? 200 : 503, JSON, report.json().toString());
  }

  private static void text(
      Response response, Callback callback, int status, String type, String body) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
  }

  private static boolean hasToken(Request request, byte[] token) {
    String sent = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    return sent != null
        && sent.startsWith(BEARER)
        && MessageDigest.isEqual(
            sent.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8), token);
  }

  private static boolean isLocal(Request request) {
    if (request.getHeaders().contains("X-Forwarded-For")
        || request.getHeaders().contains("Forwarded")
        || request.getHeaders().contains("Via")) {
      return false;
    }
    try {
      return InetAddress.ofLiteral(Request.getRemoteAddr(request)).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Never the query string, which has signatures, nor what follows /ws/, which is a key. */
  private static void logged(Request request, Response response, String id, long began) {
    String path = request.getHttpURI().getPath();
    String shown = path == null ? "" : path.startsWith("/ws/") ? "/ws/*" : path;
    ACCESS
        .atDebug()
        .addKeyValue(RequestId.LOGGED_AS, id)
        .log(
            "{} {} {} {} ms",
            request.getMethod(),
            shown.length() > LOGGED_MAX ? shown.substring(0, LOGGED_MAX) : shown,
            response.getStatus(),
            (System.nanoTime() - began) / 1_000_000);
  }
}
