package org.fondaco.api.admin;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.fondaco.api.error.ApiError;
import org.fondaco.api.error.Problem;
import org.fondaco.api.error.Rejections;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Workers;
import org.fondaco.api.identity.User;
import org.fondaco.api.identity.Users;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.RejectStage;

/**
 * Runs what an administrator asks for, off the network's threads because venue control waits for
 * the database and the engine; a signed request is executed once. Who may has been decided before.
 */
final class Desk {
  private final Users users;
  private final Repetitions repetitions;
  private final Workers workers;

  Desk(Users users, Repetitions repetitions, Workers workers) {
    this.users = users;
    this.repetitions = repetitions;
    this.workers = workers;
  }

  /** What is done for somebody who may. */
  @FunctionalInterface
  interface Act {
    Answer of(Call call, User person);
  }

  Endpoint.Action reading(Act act) {
    return workers.action(call -> act.of(call, person(call)));
  }

  Endpoint.Action writing(Act act) {
    return workers.action(call -> {
      User person = person(call);
      once(call);
      return act.of(call, person);
    });
  }

  /** As {@link #writing} for what does no harm twice and must work at once. */
  Endpoint.Action repeatable(Act act) {
    return reading(act);
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

  private User person(Call call) {
    return users.find(call.identity().userId()).orElseThrow(Problem.SIGN_IN_REQUIRED::exception);
  }

  private void once(Call call) {
    if (!call.signed()) {
      return;
    }
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
