package org.fondaco.api.error;

/**
 * A refusal as the client reads it.
 *
 * @param code Binance's code, negative
 * @param message text; varies where the code does not
 * @param status HTTP status; 5xx means that the outcome is unknown unless the code says otherwise
 */
public record ApiError(int code, String message, int status) {

  /** A refusal that is the sender's fault. */
  public static ApiError badRequest(int code, String message) {
    return new ApiError(code, message, 400);
  }

  /** This refusal as an exception, for use below the request's handler. */
  public ApiException exception() {
    return new ApiException(this);
  }
}
