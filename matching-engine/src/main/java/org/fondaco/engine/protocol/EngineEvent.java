package org.fondaco.engine.protocol;

/**
 * Everything the engine says. A command yields one group of events that ends with {@link
 * CommandDone}; consumers act on whole groups only. {@link EventCodec} gives the wire form.
 */
public sealed interface EngineEvent {

  /**
   * An order was accepted, before anything matched.
   *
   * @param symbol symbol id
   * @param orderId order id
   * @param account account id
   * @param orderListId list id, -1 = none
   * @param executionId execution id on the symbol, gapless
   * @param status NEW or PENDING_NEW
   * @param working true when it goes to the book now (not conditional, not pending)
   * @param spec the order; quantity is origQty, for quoteOrderQty too
   */
  record OrderAccepted(
      int symbol,
      long orderId,
      long account,
      long orderListId,
      long executionId,
      OrderStatus status,
      boolean working,
      OrderSpec spec)
      implements EngineEvent {}

  /**
   * A request, or a part of it, was refused; it took no order id.
   *
   * @param stage which part
   * @param reason why
   * @param account account id, 0 = none
   * @param symbol symbol id, 0 = none
   * @param leg 0-based leg of a list, 0 otherwise
   */
  record Rejected(RejectStage stage, RejectReason reason, long account, int symbol, int leg)
      implements EngineEvent {}

  /**
   * A conditional order was triggered and works from now on.
   *
   * @param symbol symbol id
   * @param orderId order id
   * @param account account id
   * @param executionId execution id on the symbol, gapless
   */
  record Triggered(int symbol, long orderId, long account, long executionId)
      implements EngineEvent {}

  /**
   * A pending order of a list became NEW.
   *
   * @param symbol symbol id
   * @param orderId order id
   * @param account account id
   * @param executionId execution id on the symbol, gapless
   * @param working false when it is itself conditional
   */
  record Activated(int symbol, long orderId, long account, long executionId, boolean working)
      implements EngineEvent {}

  /**
   * A trailing order with a stopPrice began to follow the price.
   *
   * @param symbol symbol id
   * @param orderId order id
   * @param account account id
   */
  record TrailingStarted(int symbol, long orderId, long account) implements EngineEvent {}

  /**
   * Two orders traded at the maker's price. Fees are in the asset that each side receives.
   *
   * @param symbol symbol id
   * @param tradeId trade id on the symbol, gapless, from 0
   * @param price quote ledger units per whole base unit
   * @param quantity base ledger units
   * @param quoteQuantity quote ledger units
   * @param takerSide side of the taker
   * @param takerOrderId order id
   * @param makerOrderId order id
   * @param takerAccount account id
   * @param makerAccount account id
   * @param takerFee units of base if the taker buys, else of quote
   * @param makerFee units of quote if the taker buys, else of base
   * @param takerExecutionId execution id on the symbol
   * @param makerExecutionId takerExecutionId + 1
   */
  record Trade(
      int symbol,
      long tradeId,
      long price,
      long quantity,
      long quoteQuantity,
      Side takerSide,
      long takerOrderId,
      long makerOrderId,
      long takerAccount,
      long makerAccount,
      long takerFee,
      long makerFee,
      long takerExecutionId,
      long makerExecutionId)
      implements EngineEvent {}

  /**
   * A self-trade was prevented.
   *
   * @param symbol symbol id
   * @param preventedMatchId gapless on the symbol, from 0
   * @param takerOrderId order id
   * @param makerOrderId order id
   * @param takerAccount account id
   * @param makerAccount account id
   * @param tradeGroupId group of the taker, -1 = none
   * @param mode mode applied
   * @param price the maker's price
   * @param matchQuantity min(taker remaining, maker displayed), base units: the trade that would
   *     have been
   * @param takerPreventedQuantity base units removed from the taker, 0 = the mode does not touch it
   * @param makerPreventedQuantity base units removed from the maker, 0 = the mode does not touch it
   * @param takerExecutionId execution id of the taker's report, 0 = no report
   * @param makerExecutionId execution id of the maker's report, 0 = no report
   */
  record PreventedMatch(
      int symbol,
      long preventedMatchId,
      long takerOrderId,
      long makerOrderId,
      long takerAccount,
      long makerAccount,
      long tradeGroupId,
      SelfTradePreventionMode mode,
      long price,
      long matchQuantity,
      long takerPreventedQuantity,
      long makerPreventedQuantity,
      long takerExecutionId,
      long makerExecutionId)
      implements EngineEvent {}

  /**
   * An order's quantity was reduced.
   *
   * @param symbol symbol id
   * @param orderId order id
   * @param account account id
   * @param executionId execution id on the symbol, gapless
   * @param newQuantity base ledger units, the new origQty
   * @param clientOrderId client id of the order from now on
   * @param origClientOrderId client id before
   */
  record Amended(
      int symbol,
      long orderId,
      long account,
      long executionId,
      long newQuantity,
      String clientOrderId,
      String origClientOrderId)
      implements EngineEvent {}

  /**
   * A resting order got another price and priority, before it matched there.
   *
   * @param symbol symbol id
   * @param orderId order id
   * @param account account id
   * @param executionId execution id on the symbol, gapless
   * @param newPrice quote ledger units per whole base unit
   */
  record Moved(int symbol, long orderId, long account, long executionId, long newPrice)
      implements EngineEvent {}

  /**
   * An order ended by request of its owner.
   *
   * @param symbol symbol id
   * @param orderId order id
   * @param account account id
   * @param executionId execution id on the symbol, gapless
   * @param clientOrderId client id of the cancelling request
   */
  record Canceled(int symbol, long orderId, long account, long executionId, String clientOrderId)
      implements EngineEvent {}

  /**
   * An order, or its remainder, ended by rule.
   *
   * @param symbol symbol id
   * @param orderId order id
   * @param account account id
   * @param executionId execution id on the symbol, gapless
   * @param reason why
   * @param status EXPIRED, EXPIRED_IN_MATCH, or FILLED for a quoteOrderQty order whose next step is
   *     unaffordable
   */
  record Expired(
      int symbol,
      long orderId,
      long account,
      long executionId,
      ExpiryReason reason,
      OrderStatus status)
      implements EngineEvent {}

  /**
   * An order list was placed or ended.
   *
   * @param symbol symbol id
   * @param orderListId list id
   * @param account account id
   * @param contingencyType OCO, or OTO (also for OTOCO)
   * @param listStatusType EXEC_STARTED on placement, ALL_DONE at the end
   * @param listOrderStatus EXECUTING or ALL_DONE
   * @param listClientOrderId client id of the list (of the cancelling request when it was
   *     cancelled)
   * @param order1 order id of leg 0
   * @param order2 order id of leg 1
   * @param order3 order id of leg 2, 0 = none
   */
  record ListStatusChanged(
      int symbol,
      long orderListId,
      long account,
      ContingencyType contingencyType,
      ListStatusType listStatusType,
      ListOrderStatus listOrderStatus,
      String listClientOrderId,
      long order1,
      long order2,
      long order3)
      implements EngineEvent {}

  /**
   * A reservation was opened.
   *
   * @param holdId hold id, never reused
   * @param account account id
   * @param asset asset id, 0 for a token
   * @param amount ledger units, 0 for a token
   * @param deadline microseconds, 0 = never
   * @param token token id, 0 = none
   */
  record HoldOpened(long holdId, long account, int asset, long amount, long deadline, long token)
      implements EngineEvent {}

  /**
   * A reservation ended.
   *
   * @param holdId hold id
   * @param account account id
   * @param asset asset id, 0 for a token
   * @param posted ledger units that moved
   * @param released ledger units given back
   * @param reason how it ended
   * @param token token id, 0 = none
   */
  record HoldClosed(
      long holdId,
      long account,
      int asset,
      long posted,
      long released,
      HoldCloseReason reason,
      long token)
      implements EngineEvent {}

  /**
   * A leg of a batch was applied.
   *
   * @param leg 0-based
   * @param kind what it did
   * @param from account debited
   * @param to account credited
   * @param asset asset id, 0 for a token
   * @param amount ledger units
   * @param holdId hold opened or resolved, 0 = none
   * @param token token id, 0 = none
   */
  record TransferPosted(
      int leg, LegKind kind, long from, long to, int asset, long amount, long holdId, long token)
      implements EngineEvent {}

  /**
   * A leg failed, so nothing of the batch happened.
   *
   * @param leg 0-based leg that failed
   * @param reason why
   */
  record BatchRejected(int leg, RejectReason reason) implements EngineEvent {}

  /**
   * Final displayed quantity of a price level after the command; once per level touched.
   *
   * @param symbol symbol id
   * @param updateId depth update id on the symbol, gapless, from 1
   * @param side BUY = bids
   * @param price quote ledger units per whole base unit
   * @param quantity base ledger units displayed, 0 = level gone
   */
  record LevelChanged(int symbol, long updateId, Side side, long price, long quantity)
      implements EngineEvent {}

  /**
   * Final values of a balance after the command; once per account and asset touched.
   *
   * @param account account id
   * @param asset asset id
   * @param total ledger units; only system accounts go below zero
   * @param held ledger units of total that are held
   */
  record BalanceChanged(long account, int asset, long total, long held) implements EngineEvent {}

  /**
   * An asset as it is now.
   *
   * @param asset asset id
   * @param code code
   * @param scale decimals of the ledger unit
   */
  record AssetChanged(int asset, String code, int scale) implements EngineEvent {}

  /**
   * A symbol as it is now.
   *
   * @param symbol symbol id
   * @param name name
   * @param baseAsset asset id
   * @param quoteAsset asset id
   * @param tickUnit quote ledger units per whole base unit
   * @param lotUnit base ledger units
   * @param status trading status
   * @param defaultSelfTradePreventionMode published default
   * @param referencePrice quote ledger units per whole base unit, 0 = none
   * @param filters its filters
   */
  record SymbolChanged(
      int symbol,
      String name,
      int baseAsset,
      int quoteAsset,
      long tickUnit,
      long lotUnit,
      SymbolStatus status,
      SelfTradePreventionMode defaultSelfTradePreventionMode,
      long referencePrice,
      Filters filters)
      implements EngineEvent {}

  /**
   * Fee rates of a tier as they are now.
   *
   * @param symbol symbol id
   * @param tier 0 to 15
   * @param makerRate in 10^-8
   * @param takerRate in 10^-8
   */
  record FeesChanged(int symbol, int tier, long makerRate, long takerRate) implements EngineEvent {}

  /**
   * An account as it is now.
   *
   * @param account account id
   * @param tradingEnabled new orders accepted
   * @param killed kill flag
   * @param feeTier 0 to 15
   * @param tradeGroupId -1 = none
   * @param clientIdWindow recently closed client ids refused
   */
  record AccountChanged(
      long account,
      boolean tradingEnabled,
      boolean killed,
      int feeTier,
      long tradeGroupId,
      int clientIdWindow)
      implements EngineEvent {}

  /**
   * The venue's kill flag as it is now.
   *
   * @param killed kill flag
   */
  record VenueChanged(boolean killed) implements EngineEvent {}

  /**
   * Answer to a numbered command of an internal source.
   *
   * @param source source
   * @param sourceSequence its number
   * @param outcome what became of it
   * @param reason why, NONE when applied
   * @param result first holdId opened by the command, 0 = none
   */
  record SourceOutcome(
      int source, long sourceSequence, Outcome outcome, RejectReason reason, long result)
      implements EngineEvent {}

  /**
   * An open order as it is now; written when a read model is primed, never by a command.
   *
   * @param symbol symbol id
   * @param orderId order id
   * @param account account id
   * @param orderListId list id, -1 = none
   * @param status status
   * @param working on the book
   * @param spec the order as amended and moved
   * @param executedQuantity base units
   * @param executedQuote quote units
   * @param preventedQuantity base units
   * @param acceptedTime microseconds
   * @param workingTime microseconds, -1 = not yet
   * @param updateTime microseconds
   * @param trailingTime microseconds, -1 = not tracking
   * @param preventedMatchId last prevented match, -1 = none
   */
  record OrderState(
      int symbol,
      long orderId,
      long account,
      long orderListId,
      OrderStatus status,
      boolean working,
      OrderSpec spec,
      long executedQuantity,
      long executedQuote,
      long preventedQuantity,
      long acceptedTime,
      long workingTime,
      long updateTime,
      long trailingTime,
      long preventedMatchId)
      implements EngineEvent {}

  /**
   * An open order list as it is now; written when a read model is primed.
   *
   * @param symbol symbol id
   * @param orderListId list id
   * @param account account id
   * @param contingencyType OCO or OTO
   * @param listClientOrderId client id
   * @param order1 leg 0
   * @param order2 leg 1
   * @param order3 leg 2, 0 = none
   * @param acceptedTime microseconds
   */
  record ListState(
      int symbol,
      long orderListId,
      long account,
      ContingencyType contingencyType,
      String listClientOrderId,
      long order1,
      long order2,
      long order3,
      long acceptedTime)
      implements EngineEvent {}

  /**
   * Counters of a symbol; written when a read model is primed.
   *
   * @param symbol symbol id
   * @param lastPrice 0 = never traded
   * @param nextTradeId next trade id
   * @param updateId last depth update id
   */
  record SymbolState(int symbol, long lastPrice, long nextTradeId, long updateId)
      implements EngineEvent {}

  /**
   * An account's freeze flag as it is now; an account of which it is not said is not frozen.
   *
   * @param account account id
   * @param frozen freeze flag
   */
  record FreezeChanged(long account, boolean frozen) implements EngineEvent {}

  /**
   * How far an internal source has come; answer to AskSource.
   *
   * @param source source
   * @param lastN its last number, 0 = none
   * @param digestHigh payload hash that the last number came with, 0 = none
   * @param digestLow its low half
   * @param frozen it sent two payloads under one number and is heard no more
   */
  record SourceState(int source, long lastN, long digestHigh, long digestLow, boolean frozen)
      implements EngineEvent {}

  /**
   * Totals of one asset by class of account at a Mark, in ledger units; they sum to zero.
   *
   * @param cutId of the Mark
   * @param asset asset id
   * @param custody minus what custody owes
   * @param fees of the account that receives trading fees
   * @param rounding of the account for remainders
   * @param suspense of the account for differences
   * @param house of the account that pays network fees and receives withdrawal fees
   * @param testFunds minus what was given as test funds
   * @param customersFree what customers can use
   * @param customersHeld what orders and reservations of customers hold
   */
  record MarkTotals(
      long cutId,
      int asset,
      long custody,
      long fees,
      long rounding,
      long suspense,
      long house,
      long testFunds,
      long customersFree,
      long customersHeld)
      implements EngineEvent {}

  /**
   * Ends the totals of a Mark.
   *
   * @param cutId of the Mark
   * @param custodyLastN last number of source custody that is in the totals, the Mark's own
   *     included
   * @param assets how many MarkTotals came before
   */
  record Marked(long cutId, long custodyLastN, int assets) implements EngineEvent {}

  /**
   * Last event of every group.
   *
   * @param sequence journal sequence of the command
   * @param time engine time, microseconds
   * @param command template id of the command
   * @param reason NONE when the command was accepted
   */
  record CommandDone(long sequence, long time, int command, RejectReason reason)
      implements EngineEvent {}
}
