package org.fondaco.api.torture;

/** Words of the API about orders. */
final class OrderStates {

  private OrderStates() {}

  /** Whether an order with this status can never change again. */
  static boolean ended(String status) {
    return switch (status) {
      case "NEW", "PENDING_NEW", "PARTIALLY_FILLED" -> false;
      case "FILLED", "CANCELED", "REJECTED", "EXPIRED", "EXPIRED_IN_MATCH" -> true;
      default -> throw new AssertionError("no such status: " + status);
    };
  }
}
