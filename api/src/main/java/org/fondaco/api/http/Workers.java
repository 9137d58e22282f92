package org.fondaco.api.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.fondaco.api.error.Problem;
import org.jooq.exception.DataAccessException;
import org.jooq.exception.IntegrityConstraintViolationException;

/**
 * Runs what waits for the database or the engine off the network's threads. A database that cannot
 * be reached is a refusal, not a defect.
 *
 * @param threads may be many and may wait
 */
public record Workers(Executor threads) {

  /** What is done for a request; it may wait. */
  public Endpoint.Action action(Function<Call, Answer> work) {
    return call ->
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return work.apply(call);
              } catch (IntegrityConstraintViolationException e) {
                throw e;
              } catch (DataAccessException e) {
                throw Problem.DATABASE_UNAVAILABLE.exception();
              }
            },
            threads);
  }
}
