package org.fondaco.api.wsapi;

import java.util.Set;
import java.util.SortedMap;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * One request as it came [web-socket-api.md §Request format].
 *
 * @param id echoed: a Long, a String, or null
 * @param method without a version in front
 * @param sent parameters in the order in which they are signed; numbers and booleans as they were
 *     written, arrays as JSON
 */
record Request(@Nullable Object id, String method, SortedMap<String, String> sent) {
  static final String API_KEY = "apiKey";
  private static final String SIGNATURE = "signature";
  private static final String RETURN_RATE_LIMITS = "returnRateLimits";
  private static final Set<String> TRANSPORT = Set.of(API_KEY, RETURN_RATE_LIMITS);

  /** The key that this request names itself, null = none. */
  @Nullable String apiKey() {
    return sent.get(API_KEY);
  }

  boolean isSigned() {
    return sent.containsKey(SIGNATURE);
  }

  /** What a signature covers [web-socket-api.md §SIGNED request example (HMAC)]. */
  String payload() {
    StringBuilder payload = new StringBuilder(256);
    sent.forEach((name, value) -> {
      if (!name.equals(SIGNATURE)) {
        payload.append(payload.isEmpty() ? "" : "&").append(name).append('=').append(value);
      }
    });
    return payload.toString();
  }

  /** What the endpoint is to read: all but what is about the transport. */
  Parameters parameters() {
    return Parameters.of(sent, TRANSPORT);
  }

  /**
   * @throws org.fondaco.api.error.ApiException -1130 when it is neither true nor false
   */
  boolean returnRateLimits(boolean initial) {
    String value = sent.get(RETURN_RATE_LIMITS);
    if (value == null) {
      return initial;
    }
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw RequestErrors.invalidData(RETURN_RATE_LIMITS);
    };
  }
}
