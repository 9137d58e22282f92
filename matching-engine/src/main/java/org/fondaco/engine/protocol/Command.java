package org.fondaco.engine.protocol;

import java.util.List;

/**
 * Everything that can be asked of the engine. ENGINE.md gives the semantics, {@link CommandCodec}
 * the wire form. Ids are below 2^53.
 */
public sealed interface Command {

  /**
   * Places one order.
   *
   * @param account account id
   * @param symbol symbol id
   * @param testOnly admission only, up to and including the MAX_NUM filters; changes nothing
   * @param spec the order
   */
  record PlaceOrder(long account, int symbol, boolean testOnly, OrderSpec spec)
      implements Command {}

  /**
   * Places OCO (above, below), OTO (working, pending) or OTOCO (working, pending above, pending
   * below).
   *
   * @param account account id
   * @param symbol symbol id
   * @param listType kind of list
   * @param listClientOrderId client id of the list
   * @param legs 2 or 3 legs in the order given above
   */
  record PlaceOrderList(
      long account, int symbol, ListType listType, String listClientOrderId, List<OrderSpec> legs)
      implements Command {}

  /**
   * Cancels an open order, or the whole list it belongs to. With both ids given, the order found by
   * orderId must carry origClientOrderId.
   *
   * @param account account id
   * @param symbol symbol id
   * @param orderId order id, 0 = absent
   * @param origClientOrderId client id of the target, empty = absent
   * @param newClientOrderId client id of this request itself, shown as clientOrderId of the result
   * @param restriction state that the order must be in
   */
  record CancelOrder(
      long account,
      int symbol,
      long orderId,
      String origClientOrderId,
      String newClientOrderId,
      CancelRestriction restriction)
      implements Command {}

  /**
   * Cancels all open orders of an account on a symbol, ascending by orderId.
   *
   * @param account account id
   * @param symbol symbol id
   */
  record CancelAll(long account, int symbol) implements Command {}

  /**
   * Cancels an order and places another on the same symbol; not transactional.
   *
   * @param account account id
   * @param symbol symbol id
   * @param mode what a failed cancel means
   * @param cancelRestriction state that the old order must be in
   * @param cancelOrderId as orderId of CancelOrder
   * @param cancelOrigClientOrderId as origClientOrderId of CancelOrder
   * @param cancelNewClientOrderId as newClientOrderId of CancelOrder
   * @param spec the new order
   */
  record CancelReplace(
      long account,
      int symbol,
      CancelReplaceMode mode,
      CancelRestriction cancelRestriction,
      long cancelOrderId,
      String cancelOrigClientOrderId,
      String cancelNewClientOrderId,
      OrderSpec spec)
      implements Command {}

  /**
   * Reduces the quantity of an open order, keeping its priority.
   *
   * @param account account id
   * @param symbol symbol id
   * @param orderId order id, 0 = absent
   * @param origClientOrderId client id of the target, empty = absent
   * @param newClientOrderId new client id of the order; equal to the present one = unchanged
   * @param newQuantity base ledger units, below the present quantity
   */
  record AmendOrder(
      long account,
      int symbol,
      long orderId,
      String origClientOrderId,
      String newClientOrderId,
      long newQuantity)
      implements Command {}

  /**
   * Internal: gives a resting LIMIT order another price and new priority; may take; re-holds.
   *
   * @param account account id
   * @param symbol symbol id
   * @param orderId order id, 0 = absent
   * @param newPrice quote ledger units per whole base unit
   */
  record MoveOrder(long account, int symbol, long orderId, long newPrice) implements Command {}

  /**
   * Cancels a whole order list.
   *
   * @param account account id
   * @param symbol symbol id
   * @param orderListId list id, 0 = absent
   * @param listClientOrderId client id of the list, empty = absent
   * @param newClientOrderId client id of this request itself, shown as clientOrderId of the result
   */
  record CancelOrderList(
      long account, int symbol, long orderListId, String listClientOrderId, String newClientOrderId)
      implements Command {}

  /**
   * Linked legs: all are applied or none.
   *
   * @param legs 1 to 64 legs, applied in order
   */
  record TransferBatch(List<TransferLeg> legs) implements Command {}

  /**
   * Registers an asset.
   *
   * @param asset asset id, positive
   * @param code for example BTC
   * @param scale decimals of the ledger unit, 0 to 10, immutable
   */
  record AddAsset(int asset, String code, int scale) implements Command {}

  /**
   * Registers a symbol, in status BREAK.
   *
   * @param symbol symbol id
   * @param name for example BTCUSDT
   * @param baseAsset asset id
   * @param quoteAsset asset id
   * @param tickUnit quote ledger units per whole base unit, immutable
   * @param lotUnit base ledger units, immutable
   * @param defaultSelfTradePreventionMode published default; the gateway fills it in
   * @param filters its filters
   */
  record AddSymbol(
      int symbol,
      String name,
      int baseAsset,
      int quoteAsset,
      long tickUnit,
      long lotUnit,
      SelfTradePreventionMode defaultSelfTradePreventionMode,
      Filters filters)
      implements Command {}

  /**
   * Replaces the filters of a symbol; resting orders stay.
   *
   * @param symbol symbol id
   * @param filters the new filters
   */
  record SetFilters(int symbol, Filters filters) implements Command {}

  /**
   * Sets the fee rates of a tier on a symbol.
   *
   * @param symbol symbol id
   * @param tier 0 to 15
   * @param makerRate in 10^-8, 0 or more
   * @param takerRate in 10^-8, 0 or more
   */
  record SetFees(int symbol, int tier, long makerRate, long takerRate) implements Command {}

  /**
   * Changes the trading status of a symbol.
   *
   * @param symbol symbol id
   * @param status new status
   */
  record SetStatus(int symbol, SymbolStatus status) implements Command {}

  /**
   * Sets or clears the external reference price of a symbol.
   *
   * @param symbol symbol id
   * @param referencePrice quote ledger units per whole base unit, 0 clears
   */
  record SetReferencePrice(int symbol, long referencePrice) implements Command {}

  /**
   * Opens an account or changes its options.
   *
   * @param account account id
   * @param tradingEnabled false refuses new orders
   * @param feeTier 0 to 15
   * @param tradeGroupId -1 = none
   * @param clientIdWindow how many recently closed client ids stay refused, 0 to 1,000
   */
  record SetAccount(
      long account, boolean tradingEnabled, int feeTier, long tradeGroupId, int clientIdWindow)
      implements Command {}

  /**
   * Sets the kill flag of an account or of the venue at once and starts expiring its orders.
   *
   * @param scope account or venue
   * @param account account id, 0 for the venue
   */
  record Kill(KillScope scope, long account) implements Command {}

  /**
   * Clears a kill flag.
   *
   * @param scope account or venue
   * @param account account id, 0 for the venue
   */
  record LiftKill(KillScope scope, long account) implements Command {}

  /**
   * Sets a customer's freeze flag and starts expiring the account's orders: no new orders, no
   * reservations, no outgoing transfers but by source custody. Credits and the resolution of holds
   * go on. Independent of Kill and of SetAccount.
   *
   * @param account customer account id
   */
  record Freeze(long account) implements Command {}

  /**
   * Clears a customer's freeze flag.
   *
   * @param account customer account id
   */
  record Unfreeze(long account) implements Command {}

  /**
   * Says the totals of every asset at this point of the journal; nothing pauses and nothing
   * changes.
   *
   * @param cutId id of the cut that it is for
   */
  record Mark(long cutId) implements Command {}

  /**
   * Says how far an internal source has come; changes nothing.
   *
   * @param asked the source
   */
  record AskSource(int asked) implements Command {}

  /** Nothing but the passing of time: sweeps due holds and continues deferred work. */
  record Tick() implements Command {}
}
