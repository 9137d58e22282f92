package org.fondaco.api.wsapi;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.error.VenueErrors;
import org.fondaco.api.http.Access;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.security.ApiKey;
import org.fondaco.api.security.ApiKeys;
import org.fondaco.api.security.Identity;
import org.fondaco.api.security.KeyType;
import org.fondaco.api.wsapi.Dialogue.Afterwards;
import org.jspecify.annotations.Nullable;

/**
 * Who is logged on, and the methods about that and about user data [web-socket-api.md
 * §Authentication requests, §User Data Stream subscription]. They are endpoints like REST's, of
 * this one connection.
 */
final class Session {
  private static final int WEIGHT = 2;
  private static final String TAG = "Session";

  private final ApiKeys keys;
  private final Subscriptions subscriptions;
  private final Dialogue.Options options;
  private final long connectedSince = Times.nowMicros();
  private volatile @Nullable LoggedOn loggedOn;

  /**
   * @param since microseconds since the epoch
   */
  private record LoggedOn(String credential, long since) {}

  Session(ApiKeys keys, Subscriptions subscriptions, Dialogue.Options options) {
    this.keys = keys;
    this.subscriptions = subscriptions;
    this.options = options;
  }

  /** The API key that is logged on, null = none. */
  @Nullable String credential() {
    LoggedOn present = loggedOn;
    return present == null ? null : present.credential();
  }

  /** The key that was logged on is valid no more. */
  void revoke() {
    loggedOn = null;
    subscriptions.endOfSession().run();
  }

  void close() {
    subscriptions.close();
  }

  /**
   * The method as an endpoint.
   *
   * @param afterwards takes what must not come before the answer
   * @throws org.fondaco.api.error.ApiException -1020 when there is no such method
   */
  Endpoint endpoint(Request request, Afterwards afterwards) {
    return switch (request.method()) {
      case "session.logon" ->
          method(request, Access.USER_DATA, List.of(), call -> logon(request, call, afterwards));
      case "session.status" -> method(request, Access.PUBLIC, List.of(), this::status);
      case "session.logout" ->
          method(request, Access.PUBLIC, List.of(), call -> logout(call, afterwards));
      case "session.subscriptions" -> method(request, Access.PUBLIC, List.of(), this::list);
      case "userDataStream.subscribe" ->
          method(request, Access.USER_STREAM, List.of(), call -> subscribe(call, afterwards));
      case "userDataStream.subscribe.signature" ->
          method(
              request,
              Access.USER_DATA,
              List.of(),
              call -> subscribeSigned(request, call, afterwards));
      case "userDataStream.unsubscribe" ->
          method(
              request,
              Access.PUBLIC,
              List.of(Parameter.optional("subscriptionId", Type.INT, "All when absent.")),
              call -> unsubscribe(call, afterwards));
      default -> throw RequestErrors.unknownMethod();
    };
  }

  private static Endpoint method(
      Request request, Access access, List<Parameter> parameters, Endpoint.Action action) {
    return Endpoint.of(
        Method.GET, request.method(), TAG, request.method(), access, WEIGHT, parameters, action);
  }

  private CompletableFuture<Answer> logon(Request request, Call call, Afterwards afterwards) {
    if (request.apiKey() == null) {
      throw RequestErrors.mandatory(Request.API_KEY);
    }
    String credential = call.identity().credential();
    ApiKey key = keys.find(credential);
    if (key == null) {
      throw VenueErrors.keyRejected();
    }
    if (key.type() != KeyType.ED25519) {
      throw RequestErrors.keyKindNotSupported(key.type() == KeyType.RSA ? "RSA" : "HMAC_SHA256");
    }
    if (!credential.equals(credential())) {
      afterwards.then(subscriptions.endOfSession());
    }
    loggedOn = new LoggedOn(credential, Times.nowMicros());
    return status(call);
  }

  private CompletableFuture<Answer> logout(Call call, Afterwards afterwards) {
    loggedOn = null;
    afterwards.then(subscriptions.endOfSession());
    return status(call);
  }

  private CompletableFuture<Answer> status(Call call) {
    LoggedOn present = loggedOn;
    JsonWriter json = new JsonWriter(320).beginObject();
    if (present == null) {
      json.name("apiKey").nullValue();
      json.name("authorizedSince").nullValue();
    } else {
      json.field("apiKey", present.credential());
      call.time(json, "authorizedSince", present.since());
    }
    call.time(json, "connectedSince", connectedSince);
    json.field("returnRateLimits", options.returnRateLimits());
    call.time(json, "serverTime", Times.nowMicros());
    json.field("userDataStream", !subscriptions.ids().isEmpty());
    return CompletableFuture.completedFuture(Answer.ok(json.endObject()));
  }

  private CompletableFuture<Answer> list(Call call) {
    JsonWriter json = new JsonWriter(256).beginArray();
    for (int id : subscriptions.ids()) {
      json.beginObject().field("subscriptionId", id).endObject();
    }
    return CompletableFuture.completedFuture(Answer.ok(json.endArray()));
  }

  /** An API key alone is no proof: what is subscribed to is the account of the session. */
  private CompletableFuture<Answer> subscribe(Call call, Afterwards afterwards) {
    if (!call.identity().credential().equals(credential())) {
      throw VenueErrors.keyRejected();
    }
    return subscribe(call.identity(), true, afterwards);
  }

  /** The request names and proves its key itself. */
  private CompletableFuture<Answer> subscribeSigned(
      Request request, Call call, Afterwards afterwards) {
    if (request.apiKey() == null) {
      throw RequestErrors.mandatory(Request.API_KEY);
    }
    return subscribe(call.identity(), false, afterwards);
  }

  private CompletableFuture<Answer> subscribe(
      Identity identity, boolean ofSession, Afterwards afterwards) {
    return subscriptions
        .subscribe(identity, ofSession)
        .thenApply(begun -> {
          afterwards.then(begun.subscription()::open);
          JsonWriter json = new JsonWriter(48).beginObject();
          json.field("subscriptionId", begun.id());
          return Answer.ok(json.endObject());
        });
  }

  private CompletableFuture<Answer> unsubscribe(Call call, Afterwards afterwards) {
    Integer id =
        call.parameters().has("subscriptionId")
            ? Integer.valueOf(call.parameters().wholeInt("subscriptionId", 0))
            : null;
    afterwards.then(subscriptions.unsubscribe(id));
    return CompletableFuture.completedFuture(
        Answer.ok(new JsonWriter(8).beginObject().endObject()));
  }
}
