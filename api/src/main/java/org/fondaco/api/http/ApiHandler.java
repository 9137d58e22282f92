package org.fondaco.api.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.fondaco.api.error.ApiError;
import org.fondaco.api.error.ApiException;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.error.VenueErrors;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.limit.RequestWeights;
import org.fondaco.api.security.ApiKeys;
import org.fondaco.api.security.Identity;
import org.fondaco.api.security.Permission;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the endpoints in front of the servlet context, straight on Jetty's asynchronous core: no
 * thread waits for the engine, and nothing is bound by reflection. Other paths pass through.
 */
public final class ApiHandler extends Handler.Wrapper {
  private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);
  private static final int BODY_BYTES_MAX = 64 * 1024;
  private static final HttpField JSON =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json;charset=UTF-8");
  private static final HttpField PROBLEM =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/problem+json");
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Routes routes;
  private final ApiKeys keys;
  private final RequestWeights weights;

  public ApiHandler(Routes routes, ApiKeys keys, RequestWeights weights) {
    this.routes = routes;
    this.keys = keys;
    this.weights = weights;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = request.getHttpURI().getPath();
    if (path == null || !Routes.covers(path)) {
      return super.handle(request, response, callback);
    }
    Routes.Match match = routes.find(request.getMethod(), path);
    if (match == null) {
      send(response, callback, Answer.error(RequestErrors.notFound().error()), null);
    } else if (!match.endpoint().method().hasBody() || request.getLength() == 0) {
      serve(match, request, response, callback, "");
    } else {
      readBody(match, request, response, callback);
    }
    return true;
  }

  private void readBody(Routes.Match match, Request request, Response response, Callback callback) {
    if (request.getLength() > BODY_BYTES_MAX) {
      ApiError error = RequestErrors.bodyTooLarge(BODY_BYTES_MAX).error();
      send(response, callback, Answer.error(error), null);
      return;
    }
    Content.Source.asByteArrayAsync(
        request,
        BODY_BYTES_MAX,
        new Promise.Invocable.NonBlocking<byte[]>() {
          @Override
          public void succeeded(byte[] body) {
            if (body.length > 0 && !isForm(request)) {
              ApiError error = RequestErrors.unsupportedBody().error();
              send(response, callback, Answer.error(error), null);
            } else {
              String text = new String(body, StandardCharsets.ISO_8859_1);
              serve(match, request, response, callback, text);
            }
          }

          @Override
          public void failed(Throwable failure) {
            ApiError error = RequestErrors.bodyTooLarge(BODY_BYTES_MAX).error();
            send(response, callback, Answer.error(error), null);
          }
        });
  }

  private void serve(
      Routes.Match match, Request request, Response response, Callback callback, String body) {
    Endpoint endpoint = match.endpoint();
    RequestWeights.Use use = null;
    CompletableFuture<Answer> answer;
    try {
      String query = request.getHttpURI().getQuery();
      query = query == null ? "" : query;
      Instant now = Instant.now();
      Parameters parameters = Parameters.parse(match.pathValues(), query, body);
      use =
          weights.use(
              address(request), endpoint.weight().applyAsInt(parameters), now.getEpochSecond());
      if (use.exceeded()) {
        throw VenueErrors.tooMuchWeight(use.limit()).exception();
      }
      answer = endpoint.action().call(check(endpoint, request, parameters, query, body, now));
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    if (answer.isDone() && !answer.isCompletedExceptionally()) {
      finish(endpoint, response, callback, answer.join(), use);
      return;
    }
    RequestWeights.Use used = use;
    answer.whenComplete((done, failure) ->
        finish(
            endpoint,
            response,
            callback,
            failure == null ? done : failed(endpoint, failure),
            used));
  }

  private Call check(
      Endpoint endpoint,
      Request request,
      Parameters parameters,
      String query,
      String body,
      Instant now) {
    boolean microseconds = timeUnit(request.getHeaders());
    if (endpoint.access() == Access.PUBLIC) {
      endpoint.refuseUnknown(parameters);
      return new Call(parameters, null, 0, 0, microseconds);
    }
    Identity identity = identity(endpoint.access(), request.getHeaders());
    SignedRequest signed = SignedRequest.of(query, body);
    signed.verify(identity, parameters);
    SignedRequest.checkTime(parameters, now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000);
    endpoint.refuseUnknown(parameters);
    if (!endpoint.method().hasBody()) {
      return new Call(parameters, identity, 0, 0, microseconds);
    }
    byte[] digest = signed.digest(endpoint.method(), request.getHttpURI().getPath(), identity);
    return new Call(parameters, identity, word(digest, 0), word(digest, 8), microseconds);
  }

  private Identity identity(Access access, HttpFields headers) {
    String key = headers.get("X-MBX-APIKEY");
    if (key == null || !ApiKeys.wellFormed(key)) {
      throw VenueErrors.keyFormat();
    }
    Identity identity = keys.find(key);
    Permission needed = access == Access.TRADE ? Permission.TRADE : Permission.USER_DATA;
    if (identity == null || !identity.may(needed)) {
      throw VenueErrors.keyRejected();
    }
    return identity;
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

  private static boolean isForm(Request request) {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    return type == null || type.regionMatches(true, 0, FORM, 0, FORM.length());
  }

  private static String address(Request request) {
    return Request.getRemoteAddr(request);
  }

  private static Answer failed(Endpoint endpoint, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    ApiError error = VenueErrors.of(cause);
    if (error.code() == VenueErrors.UNKNOWN && !(cause instanceof ApiException)) {
      LOG.error("{} {} failed", endpoint.method(), endpoint.path(), cause);
    }
    return Answer.error(error);
  }

  private static void finish(
      Endpoint endpoint,
      Response response,
      Callback callback,
      Answer answer,
      RequestWeights.@Nullable Use use) {
    if (use != null && endpoint.freeOnSuccess() && answer.status() == 200) {
      use.giveBack();
    }
    send(response, callback, answer, use);
  }

  private static void send(
      Response response, Callback callback, Answer answer, RequestWeights.@Nullable Use use) {
    response.setStatus(answer.status());
    HttpFields.Mutable headers = response.getHeaders();
    JsonWriter body = answer.body();
    if (answer.refusal() != null
        && Routes.answersProblems(response.getRequest().getHttpURI().getPath())) {
      headers.put(PROBLEM);
      body = Answer.problem(answer.refusal());
    } else {
      headers.put(JSON);
    }
    if (use != null) {
      String used = Integer.toString(use.used());
      headers.put("X-MBX-USED-WEIGHT", used);
      headers.put("X-MBX-USED-WEIGHT-1M", used);
      if (use.exceeded() && answer.status() == 429) {
        headers.put("Retry-After", Long.toString(use.retryAfterSeconds()));
      }
    }
    if (answer.orderCounts() != null) {
      headers.put("X-MBX-ORDER-COUNT-10S", Integer.toString(answer.orderCounts().tenSeconds()));
      headers.put("X-MBX-ORDER-COUNT-1D", Integer.toString(answer.orderCounts().day()));
    }
    response.write(true, body.buffer(), callback);
  }

  private static long word(byte[] digest, int at) {
    long word = 0;
    for (int i = at; i < at + 8; i++) {
      word = word << 8 | (digest[i] & 0xff);
    }
    return word;
  }
}
