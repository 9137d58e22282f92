package org.fondaco.api.error;

import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.RejectStage;

/**
 * The engine's refusals in Binance's words [binance-spot-api-docs errors.md §Messages for -1010,
 * -2010, -2011 and -2038, §Filter failures].
 */
public final class Rejections {

  private Rejections() {}

  /**
   * @param stage which part of the request was refused; it decides between -2010, -2011 and -2038
   * @throws IllegalArgumentException when the reason is NONE
   */
  public static ApiError of(RejectStage stage, RejectReason reason) {
    return switch (reason) {
      case NONE -> throw new IllegalArgumentException("not a refusal");
      case PRICE_FILTER,
          PERCENT_PRICE_BY_SIDE,
          LOT_SIZE,
          MARKET_LOT_SIZE,
          NOTIONAL,
          ICEBERG_PARTS,
          TRAILING_DELTA,
          MAX_POSITION,
          MAX_NUM_ORDERS,
          MAX_NUM_ALGO_ORDERS,
          MAX_NUM_ORDER_LISTS,
          MAX_NUM_ORDER_AMENDS ->
          ApiError.badRequest(-1013, "Filter failure: " + reason.name());
      case UNKNOWN_SYMBOL -> ApiError.badRequest(-1121, "Invalid symbol.");
      case UNSUPPORTED_COMBINATION -> ApiError.badRequest(-1014, "Unsupported order combination.");
      case CAPACITY -> VenueErrors.busy();
      case PERMISSION_DENIED ->
          new ApiError(-1002, "You are not authorized to execute this request.", 403);
      case DUPLICATE_REQUEST,
          UNKNOWN_ACCOUNT,
          ACCOUNT_DISABLED,
          ACCOUNT_KILLED,
          VENUE_KILLED,
          MARKET_CLOSED,
          ICEBERG_EXCEEDS_QUANTITY,
          STP_MODE_NOT_ALLOWED,
          DUPLICATE_CLIENT_ORDER_ID,
          WOULD_TRIGGER_IMMEDIATELY,
          WOULD_TAKE_IMMEDIATELY,
          PRICE_RELATION,
          NO_LAST_PRICE,
          LIQUIDITY_BELOW_LOT_SIZE,
          LIQUIDITY_BELOW_MARKET_LOT_SIZE,
          NO_LIQUIDITY,
          INSUFFICIENT_BALANCE,
          UNKNOWN_ORDER,
          CANCEL_RESTRICTED,
          AMEND_NOT_SUPPORTED,
          AMEND_QUANTITY,
          MOVE_NOT_SUPPORTED,
          UNKNOWN_ORDER_LIST,
          DUPLICATE_LIST_CLIENT_ORDER_ID,
          UNKNOWN_ASSET,
          INVALID_AMOUNT,
          ISSUE_LIMIT,
          HOLD_UNKNOWN,
          HOLD_CLOSED,
          HOLD_EXPIRED,
          HOLD_AMOUNT,
          TOKEN_UNKNOWN,
          TOKEN_EXISTS,
          TOKEN_HELD,
          NOT_TOKEN_OWNER,
          INVALID_CONFIGURATION,
          ALREADY_EXISTS,
          SOURCE_GAP,
          SOURCE_TOO_OLD,
          SOURCE_FROZEN,
          ACCOUNT_FROZEN,
          CUSTODY_ACCOUNT ->
          ApiError.badRequest(code(stage), message(reason));
    };
  }

  private static int code(RejectStage stage) {
    return switch (stage) {
      case PLACE, LIST -> -2010;
      case CANCEL -> -2011;
      case AMEND, MOVE -> -2038;
      case CONTROL -> -1013;
    };
  }

  private static String message(RejectReason reason) {
    return switch (reason) {
      case DUPLICATE_REQUEST, DUPLICATE_CLIENT_ORDER_ID, DUPLICATE_LIST_CLIENT_ORDER_ID ->
          "Duplicate order sent.";
      case UNKNOWN_ACCOUNT, ACCOUNT_DISABLED -> "This account may not place or cancel orders.";
      case ACCOUNT_KILLED, ACCOUNT_FROZEN -> "This action is disabled on this account.";
      case VENUE_KILLED, MARKET_CLOSED -> "Market is closed.";
      case ICEBERG_EXCEEDS_QUANTITY -> "IcebergQty exceeds QTY.";
      case STP_MODE_NOT_ALLOWED ->
          "This symbol does not allow the specified self-trade prevention mode.";
      case WOULD_TRIGGER_IMMEDIATELY -> "Order would trigger immediately.";
      case WOULD_TAKE_IMMEDIATELY -> "Order would immediately match and take.";
      case PRICE_RELATION -> "The relationship of the prices for the orders is not correct.";
      case NO_LAST_PRICE -> "The symbol has never traded, so the order has no price to go by.";
      case LIQUIDITY_BELOW_LOT_SIZE ->
          "Order book liquidity is less than `LOT_SIZE` filter minimum quantity.";
      case LIQUIDITY_BELOW_MARKET_LOT_SIZE ->
          "Order book liquidity is less than `MARKET_LOT_SIZE` filter minimum quantity.";
      case NO_LIQUIDITY -> "Order book liquidity is less than symbol minimum quantity.";
      case INSUFFICIENT_BALANCE -> "Account has insufficient balance for requested action.";
      case UNKNOWN_ORDER, UNKNOWN_ORDER_LIST -> "Unknown order sent.";
      case CANCEL_RESTRICTED -> "Order was not canceled due to cancel restrictions.";
      case AMEND_NOT_SUPPORTED -> "Order amend is not supported for this order.";
      case AMEND_QUANTITY -> "Order amend (quantity increase) is not supported.";
      default -> "Refused: " + reason.name() + ".";
    };
  }
}
