package org.fondaco.api.http;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.fondaco.api.address.ClientAddress;
import org.fondaco.api.error.ApiException;
import org.fondaco.api.error.Problem;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.limit.RequestWeights;
import org.fondaco.api.security.ApiKey;
import org.fondaco.api.security.ApiKeys;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Serves the endpoints in front of the servlet context, straight on Jetty's asynchronous core: no
 * thread waits for the engine, and nothing is bound by reflection. Nothing here blocks, so requests
 * are read and handled by the thread that selects them, without a hand-over. Other paths pass
 * through, to threads that may block. So do people: what is asked of the venue's own REST without
 * an API key goes to the servlet context, where sessions are, on virtual threads of its own, so
 * that no crowd of people holds up trading.
 */
public final class ApiHandler extends Handler.Wrapper {
  /** Bodies are refused from here on. */
  public static final int BODY_BYTES_MAX = 64 * 1024;

  /** Attribute of a passed request: the client's address as text. */
  public static final String CLIENT_ADDRESS = "org.fondaco.api.http.clientAddress";

  private static final int PEOPLE_MAX = 256;
  private static final HttpField JSON =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json;charset=UTF-8");
  private static final HttpField PROBLEM =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/problem+json");
  private static final String KEY = "X-MBX-APIKEY";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Routes routes;
  private final ApiKeys keys;
  private final ClientAddress clients;
  private final Reception reception;
  private final Semaphore people = new Semaphore(PEOPLE_MAX);

  /**
   * @param clients tells who is behind a reverse proxy
   */
  public ApiHandler(Routes routes, ApiKeys keys, ClientAddress clients, Reception reception) {
    this.routes = routes;
    this.keys = keys;
    this.clients = clients;
    this.reception = reception;
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = request.getHttpURI().getPath();
    if (path == null || !Routes.covers(path)) {
      getServer().getThreadPool().execute(() -> pass(request, response, callback));
      return true;
    }
    if (Routes.isOwn(path) && !request.getHeaders().contains(KEY)) {
      passPerson(request, response, callback);
      return true;
    }
    Routes.Match match = routes.find(request.getMethod(), path);
    if (match == null) {
      refuse(request, response, callback, RequestErrors.notFound());
    } else if (!match.endpoint().method().hasBody() || request.getLength() == 0) {
      serve(match, request, response, callback, "");
    } else {
      readBody(match, request, response, callback);
    }
    return true;
  }

  private void passPerson(Request request, Response response, Callback callback) {
    if (!people.tryAcquire()) {
      refuse(request, response, callback, Problem.BUSY.error().until(1).exception());
      return;
    }
    request.setAttribute(CLIENT_ADDRESS, address(request));
    Thread.ofVirtual()
        .name("person")
        .start(() -> {
          try {
            pass(request, response, callback);
          } finally {
            people.release();
          }
        });
  }

  private void pass(Request request, Response response, Callback callback) {
    try (var named = MDC.putCloseable(RequestId.LOGGED_AS, RequestId.of(request))) {
      if (!super.handle(request, response, callback)) {
        Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
      }
    } catch (Exception | LinkageError e) {
      Response.writeError(request, response, callback, e);
    }
  }

  private void readBody(Routes.Match match, Request request, Response response, Callback callback) {
    if (request.getLength() > BODY_BYTES_MAX) {
      refuse(request, response, callback, RequestErrors.bodyTooLarge(BODY_BYTES_MAX));
      return;
    }
    Content.Source.asByteArrayAsync(
        request,
        BODY_BYTES_MAX,
        new Promise.Invocable.NonBlocking<byte[]>() {
          @Override
          public void succeeded(byte[] body) {
            if (body.length > 0 && !readable(request)) {
              refuse(request, response, callback, RequestErrors.unsupportedBody());
            } else {
              String text = new String(body, StandardCharsets.ISO_8859_1);
              serve(match, request, response, callback, text);
            }
          }

          @Override
          public void failed(Throwable failure) {
            refuse(request, response, callback, RequestErrors.bodyTooLarge(BODY_BYTES_MAX));
          }
        });
  }

  private void serve(
      Routes.Match match, Request request, Response response, Callback callback, String body) {
    String sent = request.getHttpURI().getQuery();
    String query = sent == null ? "" : sent;
    String address = address(request);
    RequestId.with(
            RequestId.of(request),
            () ->
                reception.serve(
                    match.endpoint(),
                    address,
                    () ->
                        Parameters.parse(
                            match.pathValues(), query, body, contentType(match, request)),
                    (endpoint, parameters, now) ->
                        prove(endpoint, request, address, parameters, query, body, now)))
        .thenAccept(served -> send(response, callback, served.answer(), served.use()));
  }

  private void refuse(Request request, Response response, Callback callback, ApiException refusal) {
    Reception.Served served = reception.refuse(address(request), refusal.error());
    send(response, callback, served.answer(), served.use());
  }

  private Reception.Sender prove(
      Endpoint endpoint,
      Request request,
      String address,
      Parameters parameters,
      String query,
      String body,
      long nowMicros) {
    boolean microseconds = timeUnit(request.getHeaders());
    if (endpoint.access() == Access.PUBLIC) {
      return new Reception.Sender(null, 0, 0, microseconds);
    }
    ApiKey key = keys.admit(request.getHeaders().get(KEY), endpoint.access().permission(), address);
    if (!endpoint.access().signed()) {
      return new Reception.Sender(key.identity(), 0, 0, microseconds);
    }
    SignedRequest signed = SignedRequest.of(query, body);
    signed.verify(key, parameters);
    SignedRequest.checkTime(parameters, nowMicros);
    if (!endpoint.method().hasBody()) {
      return new Reception.Sender(key.identity(), 0, 0, microseconds);
    }
    return signed.sender(endpoint.method(), request.getHttpURI().getPath(), key, microseconds);
  }

  private String address(Request request) {
    String peer = Request.getRemoteAddr(request);
    return clients.trusts(peer)
        ? clients.of(peer, request.getHeaders().getValuesList(clients.headerName()))
        : peer;
  }

  private static @Nullable String contentType(Routes.Match match, Request request) {
    return Routes.isOwn(match.endpoint().path())
        ? request.getHeaders().get(HttpHeader.CONTENT_TYPE)
        : null;
  }

  private static boolean timeUnit(HttpFields headers) {
    String unit = headers.get("X-MBX-TIME-UNIT");
    if (unit == null || unit.equalsIgnoreCase("MILLISECOND")) {
      return false;
    }
    if (unit.equalsIgnoreCase("MICROSECOND")) {
      return true;
    }
    throw RequestErrors.invalidTimeUnit();
  }

  /** Whether a body of this type is a form or JSON, as the venue's own REST reads them. */
  public static boolean readable(@Nullable String contentType) {
    return isForm(contentType) || JsonBody.isJson(contentType);
  }

  private static boolean readable(Request request) {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    return Routes.isOwn(request.getHttpURI().getPath()) ? readable(type) : isForm(type);
  }

  private static boolean isForm(@Nullable String type) {
    return type == null || type.regionMatches(true, 0, FORM, 0, FORM.length());
  }

  private static void send(
      Response response, Callback callback, Answer answer, RequestWeights.Use use) {
    response.setStatus(answer.status());
    HttpFields.Mutable headers = response.getHeaders();
    JsonWriter body = answer.body();
    if (answer.refusal() != null
        && Routes.answersProblems(response.getRequest().getHttpURI().getPath())) {
      headers.put(PROBLEM);
      body = Answer.problem(answer.refusal());
    } else if (answer.file() == null) {
      headers.put(JSON);
    } else {
      headers.put(HttpHeader.CONTENT_TYPE, answer.contentType());
      headers.put("Content-Disposition", "attachment; filename=\"" + answer.file() + "\"");
    }
    if (answer.refusal() != null && answer.refusal().retryAfterSeconds() > 0) {
      headers.put("Retry-After", Long.toString(answer.refusal().retryAfterSeconds()));
    }
    String used = Integer.toString(use.used());
    headers.put("X-MBX-USED-WEIGHT", used);
    headers.put("X-MBX-USED-WEIGHT-1M", used);
    if (use.refusal() != null) {
      headers.put("Retry-After", Long.toString(use.retryAfterSeconds()));
    }
    if (answer.orderCounts() != null) {
      headers.put("X-MBX-ORDER-COUNT-10S", Integer.toString(answer.orderCounts().tenSeconds()));
      headers.put("X-MBX-ORDER-COUNT-1D", Integer.toString(answer.orderCounts().day()));
    }
    response.write(true, body.buffer(), callback);
  }
}
