package org.fondaco.api.wsapi;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.fondaco.api.error.ApiError;
import org.fondaco.api.error.ApiException;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.error.VenueErrors;
import org.fondaco.api.http.Access;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Parameters;
import org.fondaco.api.http.Reception;
import org.fondaco.api.http.SignedRequest;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.limit.RequestWeights;
import org.fondaco.api.security.ApiKey;
import org.fondaco.api.socket.Conversation;
import org.fondaco.api.socket.Peer;
import org.fondaco.api.userdata.StreamNotice;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the WebSocket API: its requests, which are answered as they are done and not in
 * the order in which they came, and its session.
 */
final class Dialogue implements Conversation {
  /** Requests of one connection that may wait for an answer. */
  private static final int PENDING_MAX = 2_000;

  private static final int POLICY_VIOLATION = 1008;
  private static final int BANNED = 418;

  private final WebSocketApi.Shared shared;
  private final Peer peer;
  private final Options options;
  private final Session session;
  private final AtomicInteger pending = new AtomicInteger();

  /**
   * What the URL asked for.
   *
   * @param returnRateLimits answers say how much is used, unless a request wants otherwise
   * @param microseconds times are answered in microseconds
   */
  record Options(boolean returnRateLimits, boolean microseconds) {
    static final Options DEFAULT = new Options(true, false);

    static boolean timeUnit(@Nullable String unit) {
      if (unit == null || unit.equalsIgnoreCase("MILLISECOND")) {
        return false;
      }
      if (unit.equalsIgnoreCase("MICROSECOND")) {
        return true;
      }
      throw RequestErrors.invalidTimeUnit();
    }
  }

  Dialogue(WebSocketApi.Shared shared, Peer peer, Options options) {
    this.shared = shared;
    this.peer = peer;
    this.options = options;
    this.session =
        new Session(
            shared.keys(),
            new Subscriptions(shared.userData(), peer, options.microseconds()),
            options);
  }

  /** The URL asked for something that does not exist. */
  void refuseConnection(ApiException cause) {
    send(null, Answer.error(cause.error()), null, false);
    peer.close(POLICY_VIOLATION, "The URL is not understood");
  }

  /** Counts what is no request; refuses the connection when it is too much. */
  void charge(int weight) {
    RequestWeights.Use use = shared.reception().charge(peer.address(), weight);
    ApiError refusal = use.refusal();
    if (refusal != null) {
      send(null, Answer.error(refusal), use, options.returnRateLimits());
      peer.close(POLICY_VIOLATION, "Too much request weight used");
    }
  }

  @Override
  public void heard(String text) {
    RequestParser.Parsed parsed = RequestParser.parse(text);
    Request request = parsed.request();
    if (request != null) {
      request(request);
    } else if (parsed.refusal() != null) {
      refuse(parsed.refusal().id(), parsed.refusal().cause());
    }
  }

  private void request(Request request) {
    boolean rateLimits;
    Endpoint endpoint;
    Afterwards afterwards = new Afterwards();
    try {
      rateLimits = request.returnRateLimits(options.returnRateLimits());
      Endpoint known = shared.methods().find(request.method());
      endpoint = known != null ? known : session.endpoint(request, afterwards);
    } catch (ApiException e) {
      refuse(request.id(), e);
      return;
    }
    if (pending.incrementAndGet() > PENDING_MAX) {
      pending.decrementAndGet();
      refuse(request.id(), VenueErrors.busy().exception());
      return;
    }
    Proof proof = new Proof(request);
    shared
        .reception()
        .serve(endpoint, peer.address(), request::parameters, proof::check)
        .thenAccept(served -> {
          pending.decrementAndGet();
          send(
              proof.sessionRevoked ? null : request.id(),
              served.answer(),
              served.use(),
              rateLimits);
          afterwards.run();
        });
  }

  /** What is to be done once a request has been answered. */
  static final class Afterwards implements Runnable {
    private volatile Runnable what = () -> {};

    void then(Runnable next) {
      what = next;
    }

    @Override
    public void run() {
      what.run();
    }
  }

  /** Who a request is from. */
  private final class Proof {
    private final Request request;

    /** The session that the request relied on has ended [§Session Authentication]. */
    volatile boolean sessionRevoked;

    Proof(Request request) {
      this.request = request;
    }

    Reception.Sender check(Endpoint endpoint, Parameters parameters, long nowMicros) {
      Access access = endpoint.access();
      if (access == Access.PUBLIC) {
        return new Reception.Sender(null, 0, 0, options.microseconds());
      }
      String named = request.apiKey();
      ApiKey key =
          named != null
              ? shared.keys().admit(named, access.permission(), peer.address())
              : ofSession(access);
      if (!access.signed()) {
        return new Reception.Sender(key.identity(), 0, 0, options.microseconds());
      }
      boolean signed = named != null || request.isSigned();
      SignedRequest proven = SignedRequest.ofPayload(signed ? request.payload() : "");
      if (signed) {
        proven.verify(key, parameters);
      }
      SignedRequest.checkTime(parameters, nowMicros);
      // What only the session vouches for came over this connection: nobody can send it again.
      return signed && endpoint.method().hasBody()
          ? proven.sender(endpoint.method(), endpoint.path(), key, options.microseconds())
          : new Reception.Sender(key.identity(), 0, 0, options.microseconds());
    }

    private ApiKey ofSession(Access access) {
      String credential = session.credential();
      if (credential == null) {
        throw RequestErrors.mandatory(Request.API_KEY);
      }
      ApiKey key = shared.keys().find(credential);
      if (key == null || !key.allows(peer.address())) {
        sessionRevoked = true;
        session.revoke();
        throw VenueErrors.keyRejected();
      }
      if (!key.identity().may(access.permission())) {
        throw VenueErrors.keyRejected();
      }
      return key;
    }
  }

  /**
   * Refuses what is no request to an endpoint; it costs, so that nobody can send it without end.
   */
  private void refuse(@Nullable Object id, ApiException cause) {
    Reception.Served served = shared.reception().refuse(peer.address(), cause.error());
    send(id, served.answer(), served.use(), options.returnRateLimits());
  }

  private void send(
      @Nullable Object id, Answer answer, RequestWeights.@Nullable Use use, boolean rateLimits) {
    peer.send(Response.of(id, answer, use, rateLimits ? shared.limits() : null));
    if (answer.status() == BANNED) {
      peer.close(POLICY_VIOLATION, "Banned");
    }
  }

  @Override
  public void stopping() {
    JsonWriter json = new JsonWriter(96).beginObject().name("event");
    new StreamNotice(StreamNotice.Kind.SHUTDOWN, Times.nowMicros())
        .write(json, options.microseconds());
    ByteBuffer notice = json.endObject().buffer();
    peer.send(notice);
  }

  @Override
  public void ended() {
    session.close();
  }
}
