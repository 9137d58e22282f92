package org.fondaco.api.error;

import org.jspecify.annotations.Nullable;

/**
 * A refusal as the client reads it.
 *
 * @param code Binance's code, negative
 * @param message text; varies where the code does not
 * @param status HTTP status; 5xx means that the outcome is unknown unless the code says otherwise
 * @param parameter which parameter is at fault, null = none in particular
 * @param retryAfterSeconds when to ask again, 0 = not said
 */
public record ApiError(
    int code, String message, int status, @Nullable String parameter, long retryAfterSeconds) {

  public ApiError(int code, String message, int status) {
    this(code, message, status, null, 0);
  }

  /** A refusal that is the sender's fault. */
  public static ApiError badRequest(int code, String message) {
    return new ApiError(code, message, 400);
  }

  /** This refusal, of one parameter. */
  public ApiError about(String refused) {
    return new ApiError(code, message, status, refused, retryAfterSeconds);
  }

  /** This refusal for now: the sender may ask again. */
  public ApiError until(long seconds) {
    return new ApiError(code, message, status, parameter, seconds);
  }

  /** This refusal as an exception, for use below the request's handler. */
  public ApiException exception() {
    return new ApiException(this);
  }
}
