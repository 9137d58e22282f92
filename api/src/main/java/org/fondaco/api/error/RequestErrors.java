package org.fondaco.api.error;

/**
 * Refusals of requests that never reach the engine [binance-spot-api-docs errors.md §11xx Request
 * issues].
 */
public final class RequestErrors {

  private RequestErrors() {}

  public static ApiException illegalCharacters(String parameter, String legalRange) {
    return bad(
        parameter,
        -1100,
        "Illegal characters found in parameter '"
            + parameter
            + "'; legal range is '"
            + legalRange
            + "'.");
  }

  public static ApiException tooManyParameters(int expected, int received) {
    return bad(
        -1101, "Too many parameters; expected '" + expected + "' and received '" + received + "'.");
  }

  public static ApiException duplicateParameter() {
    return bad(-1101, "Duplicate values for a parameter detected.");
  }

  public static ApiException mandatory(String parameter) {
    return bad(
        parameter,
        -1102,
        "Mandatory parameter '" + parameter + "' was not sent, was empty/null, or malformed.");
  }

  public static ApiException eitherMandatory(String one, String other) {
    return bad(
        -1102, "Param '" + one + "' or '" + other + "' must be sent, but both were empty/null!");
  }

  public static ApiException tooGreat(String parameter, long limit) {
    return bad(
        parameter,
        -1102,
        "'" + parameter + "' contains unexpected value. Cannot be greater than '" + limit + "'.");
  }

  public static ApiException unread(int read, int sent) {
    return bad(
        -1104,
        "Not all sent parameters were read; read '"
            + read
            + "' parameter(s) but was sent '"
            + sent
            + "'.");
  }

  public static ApiException empty(String parameter) {
    return bad(parameter, -1105, "Parameter '" + parameter + "' was empty.");
  }

  public static ApiException notRequired(String parameter) {
    return bad(parameter, -1106, "Parameter '" + parameter + "' sent when not required.");
  }

  public static ApiException overflow(String parameter) {
    return bad(parameter, -1108, "Parameter '" + parameter + "' overflowed.");
  }

  public static ApiException precision(String parameter) {
    return bad(parameter, -1111, "Parameter '" + parameter + "' has too much precision.");
  }

  public static ApiException invalidTimeInForce() {
    return bad(-1115, "Invalid timeInForce.");
  }

  public static ApiException invalidOrderType() {
    return bad(-1116, "Invalid orderType.");
  }

  public static ApiException invalidSide() {
    return bad(-1117, "Invalid side.");
  }

  public static ApiException invalidSymbol() {
    return bad(-1121, "Invalid symbol.");
  }

  public static ApiException invalidSymbolStatus() {
    return bad(-1122, "Invalid symbolStatus.");
  }

  public static ApiException noSuchListenKey() {
    return bad(-1125, "This listenKey does not exist.");
  }

  public static ApiException lookupIntervalTooBig(int hours) {
    return bad(-1127, "More than " + hours + " hours between startTime and endTime.");
  }

  public static ApiException badCombination() {
    return bad(-1128, "Combination of optional parameters invalid.");
  }

  public static ApiException invalidData(String parameter) {
    return bad(parameter, -1130, "Data sent for parameter '" + parameter + "' is not valid.");
  }

  /** As {@link #invalidData(String)} with words that say more. */
  public static ApiException invalidData(String parameter, String words) {
    return bad(parameter, -1130, words);
  }

  public static ApiException strategyTypeTooSmall() {
    return bad(-1134, "strategyType was less than 1000000.");
  }

  public static ApiException invalidJson() {
    return bad(-1135, "Invalid JSON Request");
  }

  public static ApiException invalidJson(String parameter) {
    return bad(-1135, "JSON sent for parameter '" + parameter + "' is not valid");
  }

  public static ApiException invalidCancelRestrictions() {
    return bad(-1145, "Invalid cancelRestrictions");
  }

  public static ApiException invalidTimeUnit() {
    return bad(-1194, "Invalid value for time unit; expected either MICROSECOND or MILLISECOND.");
  }

  public static ApiException invalidQuantity() {
    return bad(-1013, "Invalid quantity.");
  }

  public static ApiException invalidPrice() {
    return bad(-1013, "Invalid price.");
  }

  public static ApiException noSuchOrder() {
    return bad(-2013, "Order does not exist.");
  }

  public static ApiException noSuchOrderList() {
    return bad(-2013, "Order list does not exist.");
  }

  /** No such method of the WebSocket API. */
  public static ApiException unknownMethod() {
    return bad(-1020, "This operation is not supported.");
  }

  /** An account has one subscription a connection. */
  public static ApiException subscriptionActive() {
    return bad(-2035, "User Data Stream subscription already active.");
  }

  public static ApiException subscriptionInactive() {
    return bad(-2036, "User Data Stream subscription not active.");
  }

  /** More subscriptions than a connection may have at a time, or in its life. */
  public static ApiException tooManySubscriptions(String message) {
    return bad(-2042, message);
  }

  /**
   * A session cannot be opened with a key of this kind.
   *
   * @param kind for example "HMAC_SHA256"
   */
  public static ApiException keyKindNotSupported(String kind) {
    return bad(-4056, kind + " API key is not supported.");
  }

  /** A request body that is not a form; Binance reads no other. */
  public static ApiException unsupportedBody() {
    return new ApiError(-1130, "The request body must be application/x-www-form-urlencoded.", 415)
        .exception();
  }

  public static ApiException bodyTooLarge(int limitBytes) {
    return new ApiError(-1130, "The request body exceeds " + limitBytes + " bytes.", 413)
        .exception();
  }

  /** No such path, or no such method on it. */
  public static ApiException notFound() {
    return new ApiError(-1020, "This operation is not supported.", 404).exception();
  }

  private static ApiException bad(String parameter, int code, String message) {
    return ApiError.badRequest(code, message).about(parameter).exception();
  }

  private static ApiException bad(int code, String message) {
    return ApiError.badRequest(code, message).exception();
  }
}
