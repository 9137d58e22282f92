package org.fondaco.api.http;

import java.time.Instant;
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

  /**
   * @param roles decide who is admitted to the venue's own REST
   */
  public Reception(RequestWeights weights, Roles roles) {
    this.weights = weights;
    this.roles = roles;
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

  /**
   * An answer and what the request cost.
   *
   * @param use null when the request was refused before it could be counted
   */
  public record Served(Answer answer, RequestWeights.@Nullable Use use) {}

  /**
   * Serves a request; the future never fails.
   *
   * @param address whom the request is counted for
   * @param parameters parses what was sent; may throw a refusal
   */
  public CompletableFuture<Served> serve(
      Endpoint endpoint, String address, Supplier<Parameters> parameters, Proof proof) {
    RequestWeights.Use use = null;
    CompletableFuture<Answer> answer;
    try {
      Instant now = Instant.now();
      Parameters sent = parameters.get();
      use = weights.use(address, endpoint.weight().applyAsInt(sent), now.getEpochSecond());
      if (use.exceeded()) {
        throw VenueErrors.tooMuchWeight(use.limit()).exception();
      }
      long nowMicros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
      Sender sender = proof.check(endpoint, sent, nowMicros);
      admit(endpoint, sender);
      endpoint.refuseUnknown(sent);
      answer =
          endpoint
              .action()
              .call(
                  new Call(
                      sent,
                      sender.identity(),
                      sender.digestHigh(),
                      sender.digestLow(),
                      sender.microseconds(),
                      sender.visit()));
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    RequestWeights.Use used = use;
    return answer.handle((done, failure) ->
        served(endpoint, failure == null ? done : failed(endpoint, failure), used));
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

  private static Served served(Endpoint endpoint, Answer answer, RequestWeights.@Nullable Use use) {
    if (use != null && endpoint.freeOnSuccess() && answer.status() == 200) {
      use.giveBack();
    }
    return new Served(answer, use);
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
}
