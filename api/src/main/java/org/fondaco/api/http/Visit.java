package org.fondaco.api.http;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.fondaco.api.error.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The browser's side of a request: the session that it came with, if any, and what its endpoint
 * does to it. Valid until the answer is given; not thread-safe.
 */
public interface Visit {
  /** How long a proof counts as recent. */
  long PROOF_MICROS = 10 * 60 * 1_000_000L;

  /** Network address of the sender. */
  String address();

  /** What the sender calls itself, at most 200 characters. */
  String agent();

  /** What has to come back in header X-XSRF-TOKEN with every request that changes something. */
  String csrfToken();

  /** Public name of the session, no secret; null when nobody has signed in. */
  @Nullable String session();

  /** When the person last proved who it is, microseconds since the epoch; 0 = never. */
  long provenMicros();

  /**
   * For what outlives a session, or moves money: a session alone does not do.
   *
   * @throws org.fondaco.api.error.ApiException -8007 when the last proof is older than ten minutes
   */
  default void requireRecentProof() {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    if (now - provenMicros() > PROOF_MICROS) {
      throw Problem.PROOF_REQUIRED.exception();
    }
  }

  /** Whether a second factor was part of that proof. */
  boolean secondFactor();

  /** Signs a person in: a new session under a new id; the one that the request came with ends. */
  void begin(long userId, boolean secondFactor);

  /** Signs out; no session is left alone. */
  void end();

  /** Something that the session keeps between two requests, null when it does not. */
  @Nullable String note(String name);

  /**
   * Keeps something for a later request of this session.
   *
   * @param value null forgets it
   */
  void note(String name, @Nullable String value);
}
