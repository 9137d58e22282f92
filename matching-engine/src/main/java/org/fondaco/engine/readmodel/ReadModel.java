package org.fondaco.engine.readmodel;

import java.util.List;
import java.util.Optional;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.SelfTradePreventionMode;

/**
 * What readers see. Written by the output thread only, read by any thread; a reader sees whole
 * groups, never half of one (per account and per symbol).
 *
 * <p>Open orders and lists are always here. Closed orders, fills, prevented matches and amendments
 * stay here until the projector's watermark has passed their group and a bounded recent window is
 * full; what is older is in the history store. A reader that asks here first and the history store
 * afterwards misses nothing: whatever left this model in between had been committed before.
 */
public interface ReadModel {

  /** Journal sequence of the last group applied. */
  long sequence();

  /** Sequence up to which the history store has everything. */
  long watermark();

  List<EngineEvent.AssetChanged> assets();

  /** All symbols, ascending by id. */
  List<EngineEvent.SymbolChanged> symbols();

  Optional<EngineEvent.SymbolChanged> symbol(String name);

  /** Fee rates of a tier on a symbol, empty when never set (zero fees). */
  Optional<EngineEvent.FeesChanged> fees(int symbol, int tier);

  Optional<EngineEvent.AccountChanged> account(long account);

  /** Whether the account's freeze flag is set; false for an account that does not exist. */
  boolean frozen(long account);

  /** Balances of an account that were ever touched, ascending by asset id. */
  List<EngineEvent.BalanceChanged> balances(long account);

  Optional<OrderView> order(long account, int symbol, long orderId);

  /** The open order with this client id, else the most recent closed one still here. */
  Optional<OrderView> orderByClientId(long account, int symbol, String clientOrderId);

  /** Open orders ascending by orderId; symbol 0 = all symbols. */
  List<OrderView> openOrders(long account, int symbol);

  /** Orders still here, open and closed, ascending by orderId. */
  List<OrderView> orders(long account, int symbol);

  /**
   * The latest orders still here, at most {@code limit}, ascending by orderId; symbol 0 = all
   * symbols. Prefer it to {@link #orders}: the writer waits while a reader copies.
   */
  List<OrderView> latestOrders(long account, int symbol, int limit);

  Optional<ListView> orderList(long account, long orderListId);

  Optional<ListView> orderListByClientId(long account, String listClientOrderId);

  /** Open lists ascending by id. */
  List<ListView> openOrderLists(long account);

  /** What an account has open, to be folded on by whoever follows the groups. */
  OpenState openState(long account);

  /** The account's fills still here in the order of trading; symbol 0 = all symbols. */
  List<FillView> fills(long account, int symbol);

  /** The latest fills still here, at most {@code limit}, in the order of trading. */
  List<FillView> latestFills(long account, int symbol, int limit);

  /** The account's order lists still here, open and ended, ascending by id. */
  List<ListView> orderLists(long account);

  /** Prevented matches of the account on a symbol that are still here, ascending by id. */
  List<PreventedMatchView> preventedMatches(long account, int symbol);

  /** Amendments of the account's orders on a symbol still here, ascending by execution id. */
  List<AmendmentView> amendments(long account, int symbol);

  /** Best levels, best first, at most {@code limit} a side. */
  Depth depth(int symbol, int limit);

  /** Last trades of the symbol still here, oldest first, at most {@code limit}. */
  List<TradeView> trades(int symbol, int limit);

  /**
   * Public trades still here from this id on, oldest first, at most {@code limit}. All whose group
   * is above the watermark are here, and at least a recent window of each symbol.
   */
  List<TapeTrade> tape(int symbol, long fromTradeId, int limit);

  /** Price of the last trade in quote units per whole base, 0 = never traded. */
  long lastPrice(int symbol);

  /**
   * What an account has open, exactly as of one group.
   *
   * @param sequence every group up to this one is in it; of the later ones none is
   * @param orders open orders, and the closed legs of open lists as far as they are still here;
   *     ascending by orderId
   * @param lists open lists, ascending by id
   */
  record OpenState(long sequence, List<OrderView> orders, List<ListView> lists) {}

  /**
   * @param updateId last depth update id
   * @param bids price and quantity, best first
   * @param asks price and quantity, best first
   */
  record Depth(long updateId, List<Level> bids, List<Level> asks) {}

  /**
   * @param price quote ledger units per whole base unit
   * @param quantity base ledger units
   */
  record Level(long price, long quantity) {}

  /** A public trade; time in microseconds. */
  record TradeView(
      long tradeId,
      long price,
      long quantity,
      long quoteQuantity,
      long time,
      boolean buyerIsMaker) {}

  /**
   * A public trade with what tells fills of one command and one taker order from others.
   *
   * @param sequence journal sequence of the command
   */
  record TapeTrade(long sequence, long takerOrderId, TradeView trade) {}

  /** One side of a trade as its account sees it; fee in units of {@code feeAsset}. */
  record FillView(
      int symbol,
      long tradeId,
      long orderId,
      long orderListId,
      long price,
      long quantity,
      long quoteQuantity,
      long fee,
      int feeAsset,
      long time,
      boolean buyer,
      boolean maker) {}

  /**
   * A self-trade that did not happen, as both of its accounts see it.
   *
   * @param tradeGroupId -1 = none
   * @param price the maker's price
   * @param takerPreventedQuantity base units, 0 = the mode did not touch the taker
   * @param makerPreventedQuantity base units, 0 = the mode did not touch the maker
   * @param time microseconds
   */
  record PreventedMatchView(
      int symbol,
      long preventedMatchId,
      long takerOrderId,
      long makerOrderId,
      long tradeGroupId,
      SelfTradePreventionMode mode,
      long price,
      long takerPreventedQuantity,
      long makerPreventedQuantity,
      long time) {

    /** Whether it has this order on either side. */
    public boolean concerns(long orderId) {
      return takerOrderId == orderId || makerOrderId == orderId;
    }
  }

  /** An order whose quantity was reduced; quantities in base units, time in microseconds. */
  record AmendmentView(
      int symbol,
      long orderId,
      long executionId,
      String origClientOrderId,
      String newClientOrderId,
      long origQuantity,
      long newQuantity,
      long time) {}
}
