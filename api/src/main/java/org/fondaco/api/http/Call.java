package org.fondaco.api.http;

import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.security.Identity;
import org.jspecify.annotations.Nullable;

/** One request on its way to its endpoint, checked. */
public final class Call {
  private final Parameters parameters;
  private final @Nullable Identity identity;
  private final long digestHigh;
  private final long digestLow;
  private final boolean microseconds;
  private final @Nullable Visit visit;

  Call(
      Parameters parameters,
      @Nullable Identity identity,
      long digestHigh,
      long digestLow,
      boolean microseconds,
      @Nullable Visit visit) {
    this.parameters = parameters;
    this.identity = identity;
    this.digestHigh = digestHigh;
    this.digestLow = digestLow;
    this.microseconds = microseconds;
    this.visit = visit;
  }

  public Parameters parameters() {
    return parameters;
  }

  /** Account of the key that signed. */
  public long account() {
    return identity().account();
  }

  /** Who signed; only for endpoints that are not public. */
  public Identity identity() {
    if (identity == null) {
      throw new IllegalStateException("nobody signed this request");
    }
    return identity;
  }

  /** The browser's side; only for endpoints that are open to sessions alone. */
  public Visit visit() {
    if (visit == null) {
      throw new IllegalStateException("this request came with an API key");
    }
    return visit;
  }

  /** Whether the request was signed, so that a repetition of its bytes can be told. */
  public boolean signed() {
    return visit == null;
  }

  /** High half of the digest of the signed request. */
  public long digestHigh() {
    return digestHigh;
  }

  public long digestLow() {
    return digestLow;
  }

  /**
   * Writes a time in the unit that the sender asked for (header X-MBX-TIME-UNIT).
   *
   * @param micros microseconds since the epoch; negative = not yet, written as is
   */
  public void time(JsonWriter json, String name, long micros) {
    json.field(name, time(micros));
  }

  /** As {@link #time(JsonWriter, String, long)}, the number itself. */
  public long time(long micros) {
    return microseconds || micros < 0 ? micros : micros / 1_000;
  }

  /** A point in time sent by the client, milliseconds or microseconds, in microseconds. */
  public static long micros(long sent) {
    return sent >= SignedRequest.MICROSECONDS_FROM ? sent : sent * 1_000;
  }
}
