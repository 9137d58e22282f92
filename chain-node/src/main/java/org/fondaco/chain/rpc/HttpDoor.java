package org.fondaco.chain.rpc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** JSON-RPC by POST, with the checks, statuses and texts of geth. */
final class HttpDoor extends Handler.Abstract {
  private static final Set<String> CONTENT_TYPES =
      Set.of("application/json", "application/json-rpc", "application/jsonrequest");

  private static final int DRAINED_BODIES = 4;

  private final RpcConfig.Http config;
  private final RpcConfig.Limits limits;
  private final Dispatcher dispatcher;
  private final CallThreads threads;

  HttpDoor(RpcConfig.Http config, RpcConfig.Limits limits, Methods methods, CallThreads threads) {
    this.config = config;
    this.limits = limits;
    this.threads = threads;
    dispatcher = new Dispatcher(methods, config.namespaces(), limits);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String host = request.getHttpURI().getHost();
    if (!Hosts.isVirtualHost(config.virtualHosts(), host == null ? null : unbracketed(host))) {
      return refuse(response, callback, 403, "invalid host specified");
    }
    allowOrigin(request, response);
    String method = request.getMethod();
    if (HttpMethod.OPTIONS.is(method)) {
      preflight(request, response, callback);
      return true;
    }
    boolean bare = request.getHttpURI().getQuery() == null && request.getLength() <= 0;
    if (HttpMethod.GET.is(method) && bare) {
      callback.succeeded(); // load balancers ask so whether the node is there
      return true;
    }
    if (!HttpMethod.POST.is(method)) {
      return refuse(response, callback, 405, "method not allowed");
    }
    if (request.getLength() > limits.bodyBytesMax()) {
      drain(request);
      return tooLarge(response, callback, request.getLength());
    }
    if (!isJson(request.getHeaders().get(HttpHeader.CONTENT_TYPE))) {
      return refuse(
          response, callback, 415, "invalid content type, only application/json is supported");
    }
    return serve(request, response, callback);
  }

  private boolean serve(Request request, Response response, Callback callback) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limits.callMillisMax());
    ByteArrayOutputStream body =
        new ByteArrayOutputStream((int) Math.clamp(request.getLength(), 512, 1 << 16));
    InputStream in = Content.Source.asInputStream(request);
    read(in, body, Math.min(LargeMessages.LARGE_BYTES, limits.bodyBytesMax()), deadline);
    if (body.size() <= LargeMessages.LARGE_BYTES) {
      return answer(body, deadline, response, callback);
    }
    try (LargeMessages.Permit permit = threads.large().acquire(deadline)) {
      if (permit == null) {
        return refuse(response, callback, 503, "too many large requests");
      }
      read(in, body, limits.bodyBytesMax(), deadline);
      return answer(body, deadline, response, callback);
    }
  }

  private boolean answer(
      ByteArrayOutputStream body, long deadline, Response response, Callback callback)
      throws Exception {
    if (body.size() > limits.bodyBytesMax()) {
      return tooLarge(response, callback, body.size());
    }
    byte[] text = body.toByteArray();
    byte[] answer = threads.run(() -> dispatcher.answer(text, new OneCall(deadline)));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.write(true, ByteBuffer.wrap(answer == null ? new byte[0] : answer), callback);
    return true;
  }

  /** Reads until the body ends or is longer than this. One that trickles in is given up. */
  private static void read(
      InputStream in, ByteArrayOutputStream body, int bytes, long deadlineNanos)
      throws IOException {
    byte[] piece = new byte[8 << 10];
    int length = 0;
    while (length >= 0 && body.size() <= bytes) {
      body.write(piece, 0, length);
      if (System.nanoTime() - deadlineNanos > 0) {
        throw new IOException("the body took too long");
      }
      length = in.read(piece);
    }
    if (length > 0) {
      body.write(piece, 0, length);
    }
  }

  /**
   * Takes what a client sends too much, up to a limit: one that still writes when the connection is
   * closed would never see the answer.
   */
  private void drain(Request request) throws IOException {
    long left = (long) DRAINED_BODIES * limits.bodyBytesMax();
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limits.callMillisMax());
    byte[] piece = new byte[8 << 10];
    try (InputStream in = Content.Source.asInputStream(request)) {
      int length = in.read(piece);
      while (length >= 0 && left > 0 && System.nanoTime() - deadline < 0) {
        left -= length;
        length = in.read(piece);
      }
    }
  }

  private boolean tooLarge(Response response, Callback callback, long length) {
    String text = "content length too large (" + length + ">" + limits.bodyBytesMax() + ")";
    return refuse(response, callback, 413, text);
  }

  private static boolean refuse(Response response, Callback callback, int status, String text) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  private static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    int end = contentType.indexOf(';');
    String type = end < 0 ? contentType : contentType.substring(0, end);
    return CONTENT_TYPES.contains(type.strip().toLowerCase(java.util.Locale.ROOT));
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private void allowOrigin(Request request, Response response) {
    Set<String> origins = config.corsOrigins();
    if (origins.isEmpty()) {
      return;
    }
    response.getHeaders().add(HttpHeader.VARY, "Origin");
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin == null) {
      return;
    }
    if (origins.contains("*")) {
      response.getHeaders().put("Access-Control-Allow-Origin", "*");
    } else if (origins.contains(origin)) {
      response.getHeaders().put("Access-Control-Allow-Origin", origin);
    }
  }

  private void preflight(Request request, Response response, Callback callback) {
    if (response.getHeaders().contains("Access-Control-Allow-Origin")) {
      response.getHeaders().put("Access-Control-Allow-Methods", "POST");
      String headers = request.getHeaders().get("Access-Control-Request-Headers");
      if (headers != null) {
        response.getHeaders().put("Access-Control-Allow-Headers", headers);
      }
      response.getHeaders().put("Access-Control-Max-Age", "600");
    }
    response.setStatus(204);
    callback.succeeded();
  }

  /** A caller that hears one answer and nothing later. */
  private record OneCall(long deadlineNanos) implements RpcMethod.Caller {
    @Override
    public boolean canNotify() {
      return false;
    }

    @Override
    public void notify(JsonNode message) throws RpcException {
      throw new RpcException(RpcException.METHOD_NOT_FOUND, "notifications not supported");
    }

    @Override
    public void onClose(Runnable action) {
      // Nothing that outlives the answer can be asked for here.
      action.run();
    }
  }
}
