package org.fondaco.api.error;

import org.fondaco.engine.host.EngineGateway;

/**
 * Refusals that are about the sender's right to ask, or about the state of the venue
 * [binance-spot-api-docs errors.md §10xx, rest-api.md §HTTP Return Codes].
 */
public final class VenueErrors {

  /** Code of a defect of ours; the answer says nothing more, the log does. */
  public static final int UNKNOWN = -1000;

  private VenueErrors() {}

  public static ApiException keyFormat() {
    return new ApiError(-2014, "API-key format invalid.", 401).exception();
  }

  /** Unknown key, revoked key, or a key without the permission: told alike on purpose. */
  public static ApiException keyRejected() {
    return new ApiError(-2015, "Invalid API-key, IP, or permissions for action.", 401).exception();
  }

  public static ApiException invalidSignature() {
    return ApiError.badRequest(-1022, "Signature for this request is not valid.").exception();
  }

  public static ApiException timestampAhead() {
    return ApiError.badRequest(
            -1021, "Timestamp for this request was 1000ms ahead of the server's time.")
        .exception();
  }

  public static ApiException timestampOutside() {
    return ApiError.badRequest(-1021, "Timestamp for this request is outside of the recvWindow.")
        .exception();
  }

  /**
   * @param limit allowed weight a minute
   */
  public static ApiError tooMuchWeight(int limit) {
    return new ApiError(
        -1003,
        "Too much request weight used; current limit is "
            + limit
            + " request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid"
            + " polling the API.",
        429);
  }

  /**
   * @param untilMillis end of the ban, milliseconds since the Unix epoch
   */
  public static ApiError banned(long untilMillis) {
    return new ApiError(
        -1003,
        "Way too much request weight used; IP banned until "
            + untilMillis
            + ". Please use WebSocket Streams for live updates to avoid bans.",
        418);
  }

  /**
   * @param interval for example "10 SECOND"
   */
  public static ApiError tooManyOrders(int limit, String interval) {
    return new ApiError(
        -1015,
        "Too many new orders; current limit is " + limit + " orders per " + interval + ".",
        429);
  }

  /** Rows that only the database has were asked for while it is down. */
  public static ApiException historyUnavailable() {
    return new ApiError(
            -1001,
            "Internal error; unable to process your request. Please try again. (History older than"
                + " the venue's memory is unavailable for now.)",
            503)
        .exception();
  }

  /** What any failure of a request is answered; a defect is answered -1000 and nothing more. */
  public static ApiError of(Throwable failure) {
    return switch (failure) {
      case ApiException e -> e.error();
      case EngineGateway.Busy _ -> busy();
      case EngineGateway.Stopping _ ->
          new ApiError(-1016, "This service is no longer available.", 503);
      case EngineGateway.OutcomeUnknown _ -> outcomeUnknown();
      default ->
          new ApiError(UNKNOWN, "An unknown error occurred while processing the request.", 500);
    };
  }

  /** Perhaps executed, perhaps not. */
  public static ApiError outcomeUnknown() {
    return new ApiError(
        -1007,
        "Timeout waiting for response from backend server. Send status unknown; execution status"
            + " unknown.",
        504);
  }

  /** Certainly not executed. */
  public static ApiError busy() {
    return new ApiError(
        -1008,
        "Server is currently overloaded with other requests. Please try again in a few minutes.",
        503);
  }
}
