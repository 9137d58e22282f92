package org.fondaco.api.http;

import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.fondaco.api.error.ApiError;
import org.fondaco.api.error.ApiException;
import org.fondaco.api.error.Problem;
import org.fondaco.api.error.VenueErrors;
import org.fondaco.api.limit.RequestWeights;
import org.fondaco.api.security.Identity;
import org.fondaco.api.security.Role;
import org.fondaco.api.security.Roles;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way to an endpoint, whatever the transport: counts the request, lets its sender prove who
 * it is, refuses what the endpoint does not read, calls it, and turns every failure into an answer.
 */
public final class Reception {
  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

  private final RequestWeights weights;
  private final Roles roles;
  private final RequestObserver observer;

  /**
   * @param roles decide who is admitted to the venue's own REST
   */
  public Reception(RequestWeights weights, Roles roles) {
    this(weights, roles, (endpoint, status, nanos) -> {});
  }

  /**
   * @param roles decide who is admitted to the venue's own REST
   * @param observer hears of every answer
   */
  public Reception(RequestWeights weights, Roles roles, RequestObserver observer) {
    this.weights = weights;
    this.roles = roles;
    this.observer = observer;
  }

  /**
   * Who sent a request.
   *
   * @param identity null when nobody had to prove anything
   * @param digestHigh high half of the digest of the signed request, 0 with the low half = none
   * @param microseconds times are answered in microseconds
   * @param visit the browser's side, null when it came with an API key
   */
  public record Sender(
      @Nullable Identity identity,
      long digestHigh,
      long digestLow,
      boolean microseconds,
      @Nullable Visit visit) {

    public Sender(
        @Nullable Identity identity, long digestHigh, long digestLow, boolean microseconds) {
      this(identity, digestHigh, digestLow, microseconds, null);
    }
  }

  /** How a sender proves to be allowed to ask. */
  @FunctionalInterface
  public interface Proof {

    /**
     * @throws org.fondaco.api.error.ApiException when it is not proven
     */
    Sender check(Endpoint endpoint, Parameters parameters, long nowMicros);
  }

  /** An answer and what the request cost. */
  public record Served(Answer answer, RequestWeights.Use use) {}

  /**
   * Seconds until requests of the address are read again, 0 = it is not banned. Connections of an
   * address that is banned are to be closed.
   */
  public long bannedSeconds(String address) {
    return weights.bannedSeconds(address);
  }

  /** Counts what is no request to an endpoint, such as a handshake. */
  public RequestWeights.Use charge(String address, int weight) {
    return weights.use(address, weight);
  }

  /**
   * Serves a request; the future never fails.
   *
   * @param address whom the request is counted for
   * @param parameters parses what was sent; may throw a refusal
   */
  public CompletableFuture<Served> serve(
      Endpoint endpoint, String address, Supplier<Parameters> parameters, Proof proof) {
    long began = System.nanoTime();
    String requestId = RequestId.current();
    Parameters sent = null;
    RuntimeException unreadable = null;
    int weight = 1;
    try {
      sent = parameters.get();
      weight = endpoint.weight().applyAsInt(sent);
    } catch (RuntimeException e) {
      unreadable = e;
    }
    RequestWeights.Use use = weights.use(address, weight);
    CompletableFuture<Answer> answer;
    try {
      ApiError refusal = use.refusal();
      if (refusal != null) {
        throw refusal.exception();
      }
      if (sent == null || unreadable != null) {
        throw Objects.requireNonNull(unreadable);
      }
      answer = call(endpoint, sent, proof);
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    return answer.handle((done, failure) -> {
      Served served =
          served(endpoint, failure == null ? done : failed(endpoint, failure, requestId), use);
      observer.served(endpoint, served.answer().status(), System.nanoTime() - began);
      return served;
    });
  }

  /** Default deny: the venue's own REST is for the roles that an endpoint names. */
  private void admit(Endpoint endpoint, Sender sender) {
    Admission admission = endpoint.admission();
    if (admission == null) {
      return;
    }
    if (admission.sessionOnly() && sender.visit() == null) {
      throw Problem.SESSION_ONLY.exception();
    }
    if (admission.open()) {
      return;
    }
    Role role = sender.identity() == null ? null : roles.of(sender.identity().userId());
    if (role == null) {
      throw Problem.SIGN_IN_REQUIRED.exception();
    }
    if (!admission.roles().contains(role)) {
      throw Problem.ROLE.exception();
    }
  }

  /** Counts and answers what belongs to no endpoint. */
  public Served refuse(String address, ApiError error) {
    RequestWeights.Use use = charge(address, 1);
    ApiError refusal = use.refusal();
    Answer answer = Answer.error(refusal == null ? error : refusal);
    observer.served(null, answer.status(), 0);
    return new Served(answer, use);
  }

  private CompletableFuture<Answer> call(Endpoint endpoint, Parameters sent, Proof proof) {
    Instant now = Instant.now();
    long nowMicros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    Sender sender = proof.check(endpoint, sent, nowMicros);
    admit(endpoint, sender);
    endpoint.refuseUnknown(sent);
    return endpoint
        .action()
        .call(
            new Call(
                sent,
                sender.identity(),
                sender.digestHigh(),
                sender.digestLow(),
                sender.microseconds(),
                sender.visit()));
  }

  private static Served served(Endpoint endpoint, Answer answer, RequestWeights.Use use) {
    if (endpoint.freeOnSuccess() && answer.status() == 200) {
      use.giveBack();
    }
    return new Served(answer, use);
  }

  private static Answer failed(Endpoint endpoint, Throwable failure, @Nullable String requestId) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    ApiError error = VenueErrors.of(cause);
    if (error.code() == VenueErrors.UNKNOWN && !(cause instanceof ApiException)) {
      LOG.atError()
          .addKeyValue(RequestId.LOGGED_AS, requestId)
          .setCause(cause)
          .log("{} {} failed", endpoint.method(), endpoint.path());
    }
    return Answer.error(error);
  }
}
