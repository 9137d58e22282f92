package org.fondaco.api.admin;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.fondaco.api.error.ApiError;
import org.fondaco.api.error.Rejections;
import org.fondaco.api.error.VenueErrors;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.RejectStage;
import org.jooq.exception.DataAccessException;

/**
 * Lets in who may: administrators to everything, auditors to what only reads, nobody else to
 * anything. Runs what it lets in off the network's threads, because venue control waits for the
 * database and the engine.
 */
final class Desk {
  private final People people;
  private final Repetitions repetitions;
  private final Executor workers;

  Desk(People people, Repetitions repetitions, Executor workers) {
    this.people = people;
    this.repetitions = repetitions;
    this.workers = workers;
  }

  /** What is done for somebody who may. */
  @FunctionalInterface
  interface Act {
    Answer of(Call call, Person person);
  }

  Endpoint.Action reading(Act act) {
    return call -> on(() -> act.of(call, admitted(call, true)));
  }

  Endpoint.Action writing(Act act) {
    return call ->
        on(() -> {
          Person person = admitted(call, false);
          once(call);
          return act.of(call, person);
        });
  }

  /** As {@link #writing} for what does no harm twice and must work at once. */
  Endpoint.Action repeatable(Act act) {
    return call -> on(() -> act.of(call, admitted(call, false)));
  }

  /** Why the engine refused, as an exception, unless it did not. */
  static void require(RejectReason reason) {
    if (reason == RejectReason.NONE) {
      return;
    }
    ApiError error = Rejections.of(RejectStage.CONTROL, reason);
    throw new ApiError(error.code(), "Refused: " + reason.name() + ".", status(reason, error))
        .exception();
  }

  private CompletableFuture<Answer> on(java.util.function.Supplier<Answer> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return work.get();
          } catch (DataAccessException e) {
            throw VenueErrors.historyUnavailable();
          }
        },
        workers);
  }

  private Person admitted(Call call, boolean auditorsToo) {
    Optional<Person> person = people.find(call.identity().userId());
    boolean may =
        person.isPresent()
            && switch (person.get().role()) {
              case ADMINISTRATOR -> true;
              case AUDITOR -> auditorsToo;
              case TRADER, DEALER -> false;
            };
    if (!may) {
      throw new ApiError(-1002, "You are not authorized to execute this request.", 403).exception();
    }
    return person.get();
  }

  private void once(Call call) {
    if (repetitions.olderThanThisRun(Call.micros(call.parameters().whole("timestamp", 0)))) {
      throw new ApiError(
              -1021, "Signed before this venue started; it may have been executed before.", 409)
          .exception();
    }
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    if (!repetitions.first(call.digestHigh(), call.digestLow(), now)) {
      throw new ApiError(-2010, "Duplicate request sent.", 409).exception();
    }
  }

  private static int status(RejectReason reason, ApiError error) {
    return switch (reason) {
      case UNKNOWN_ACCOUNT, UNKNOWN_SYMBOL, UNKNOWN_ASSET -> 404;
      case ALREADY_EXISTS -> 409;
      default -> error.status();
    };
  }
}
