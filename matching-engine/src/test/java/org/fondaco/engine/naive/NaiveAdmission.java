package org.fondaco.engine.naive;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.fondaco.engine.naive.NaiveMarket.Average;
import org.fondaco.engine.naive.NaiveState.Account;
import org.fondaco.engine.naive.NaiveState.Order;
import org.fondaco.engine.naive.NaiveState.Symbol;
import org.fondaco.engine.protocol.Filters;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.SymbolStatus;

/** Who may ask what: flags, combinations, filters, client ids, price relations and funds. */
final class NaiveAdmission {

  private final NaiveState state;
  private final NaiveLedger ledger;
  private final NaiveMarket market;

  NaiveAdmission(NaiveState state, NaiveLedger ledger, NaiveMarket market) {
    this.state = state;
    this.ledger = ledger;
    this.market = market;
  }

  /**
   * An answer to a request to place one order.
   *
   * @param reason NONE when admitted
   * @param spec with origQty in place of quoteOrderQty's missing quantity
   * @param bookEnded quoteOrderQty: the book ends before the amount is spent
   */
  record Verdict(RejectReason reason, OrderSpec spec, boolean bookEnded) {
    boolean admitted() {
      return reason == RejectReason.NONE;
    }
  }

  RejectReason flags(long accountId, int symbolId) {
    Account account = state.accounts.get(accountId);
    if (account == null) {
      return RejectReason.UNKNOWN_ACCOUNT;
    }
    if (state.venueKilled) {
      return RejectReason.VENUE_KILLED;
    }
    if (account.killed) {
      return RejectReason.ACCOUNT_KILLED;
    }
    if (!account.tradingEnabled) {
      return RejectReason.ACCOUNT_DISABLED;
    }
    if (account.frozen) {
      return RejectReason.ACCOUNT_FROZEN;
    }
    Symbol symbol = state.symbols.get(symbolId);
    if (symbol == null) {
      return RejectReason.UNKNOWN_SYMBOL;
    }
    return symbol.status == SymbolStatus.TRADING ? RejectReason.NONE : RejectReason.MARKET_CLOSED;
  }

  /** Combination and every filter but MAX_NUM_*. */
  Verdict check(Symbol symbol, long account, OrderSpec asked) {
    RejectReason reason = combination(symbol, asked);
    OrderSpec spec = asked;
    boolean bookEnded = false;
    if (reason == RejectReason.NONE) {
      reason = prices(symbol, spec);
    }
    if (reason == RejectReason.NONE && asked.quoteOrderQuantity() > 0) {
      NaiveMarket.Walk walk =
          market.walk(
              symbol,
              account,
              asked.side(),
              asked.selfTradePreventionMode(),
              0,
              Long.MAX_VALUE,
              BigInteger.valueOf(asked.quoteOrderQuantity()));
      long quantity = walk.lots() - walk.lots() % symbol.filters.stepSize();
      reason = walkedLots(symbol.filters, walk.lots(), quantity);
      spec = withQuantity(asked, quantity);
      bookEnded = walk.end() == NaiveMarket.End.BOOK_ENDED;
    } else if (reason == RejectReason.NONE) {
      reason = lots(symbol.filters, spec);
    }
    if (reason == RejectReason.NONE) {
      reason = notional(symbol, spec, spec.price(), spec.quantity());
    }
    if (reason == RejectReason.NONE) {
      reason = remainingFilters(symbol, account, spec);
    }
    return new Verdict(reason, spec, bookEnded);
  }

  private static OrderSpec withQuantity(OrderSpec spec, long quantity) {
    return new OrderSpec(
        spec.side(),
        spec.type(),
        spec.timeInForce(),
        spec.selfTradePreventionMode(),
        spec.trailingDelta(),
        quantity,
        spec.quoteOrderQuantity(),
        spec.price(),
        spec.stopPrice(),
        spec.icebergQuantity(),
        spec.strategyId(),
        spec.strategyType(),
        spec.clientOrderId());
  }

  private static RejectReason combination(Symbol symbol, OrderSpec spec) {
    int mode = 1 << spec.selfTradePreventionMode().ordinal();
    if ((symbol.filters.allowedSelfTradePreventionModes() & mode) == 0) {
      return RejectReason.STP_MODE_NOT_ALLOWED;
    }
    if (!supported(spec)) {
      return RejectReason.UNSUPPORTED_COMBINATION;
    }
    return spec.icebergQuantity() > spec.quantity()
        ? RejectReason.ICEBERG_EXCEEDS_QUANTITY
        : RejectReason.NONE;
  }

  private static boolean supported(OrderSpec spec) {
    if (spec.trailingDelta() < 0
        || spec.quantity() < 0
        || spec.quoteOrderQuantity() < 0
        || spec.price() < 0
        || spec.stopPrice() < 0
        || spec.icebergQuantity() < 0) {
      return false;
    }
    boolean hasQuantity = spec.quantity() > 0;
    boolean hasQuote = spec.quoteOrderQuantity() > 0;
    boolean hasPrice = spec.price() > 0;
    boolean hasTrigger = spec.stopPrice() > 0 || spec.trailingDelta() > 0;
    boolean untilCanceled = NaiveState.goodTillCanceled(spec);
    if (spec.icebergQuantity() > 0 && (!untilCanceled || NaiveState.marketLike(spec.type()))) {
      return false;
    }
    return switch (spec.type()) {
      case LIMIT -> hasQuantity && !hasQuote && hasPrice && !hasTrigger;
      case LIMIT_MAKER -> hasQuantity && !hasQuote && hasPrice && !hasTrigger && untilCanceled;
      case MARKET -> hasQuantity != hasQuote && !hasPrice && !hasTrigger && untilCanceled;
      case STOP_LOSS, TAKE_PROFIT ->
          hasQuantity && !hasQuote && !hasPrice && hasTrigger && untilCanceled;
      case STOP_LOSS_LIMIT, TAKE_PROFIT_LIMIT -> hasQuantity && !hasQuote && hasPrice && hasTrigger;
    };
  }

  private RejectReason prices(Symbol symbol, OrderSpec spec) {
    if ((spec.price() > 0 && !priceFilter(symbol.filters, spec.price()))
        || (spec.stopPrice() > 0 && !priceFilter(symbol.filters, spec.stopPrice()))) {
      return RejectReason.PRICE_FILTER;
    }
    return spec.price() > 0 && !percentPrice(symbol, spec.side(), spec.price())
        ? RejectReason.PERCENT_PRICE_BY_SIDE
        : RejectReason.NONE;
  }

  static boolean priceFilter(Filters filters, long price) {
    return price >= filters.minPrice()
        && price <= filters.maxPrice()
        && price % filters.tickSize() == 0;
  }

  boolean percentPrice(Symbol symbol, Side side, long price) {
    Average average = market.average(symbol);
    Filters filters = symbol.filters;
    int up = side == Side.BUY ? filters.bidMultiplierUp() : filters.askMultiplierUp();
    int down = side == Side.BUY ? filters.bidMultiplierDown() : filters.askMultiplierDown();
    return average == null
        || ((up == 0 || average.atLeast(price, up)) && (down == 0 || average.atMost(price, down)));
  }

  private static RejectReason walkedLots(Filters filters, long raw, long quantity) {
    if (raw == 0) {
      return RejectReason.NO_LIQUIDITY;
    }
    if (quantity == 0 || quantity < filters.minQuantity()) {
      return RejectReason.LIQUIDITY_BELOW_LOT_SIZE;
    }
    if (quantity < filters.marketMinQuantity()) {
      return RejectReason.LIQUIDITY_BELOW_MARKET_LOT_SIZE;
    }
    if (quantity > filters.maxQuantity()) {
      return RejectReason.LOT_SIZE;
    }
    return filters.marketMaxQuantity() > 0 && quantity > filters.marketMaxQuantity()
        ? RejectReason.MARKET_LOT_SIZE
        : RejectReason.NONE;
  }

  private static RejectReason lots(Filters filters, OrderSpec spec) {
    if (spec.icebergQuantity() > 0
        && lotSize(filters, spec.type(), spec.icebergQuantity()) == RejectReason.LOT_SIZE) {
      return RejectReason.LOT_SIZE;
    }
    return lotSize(filters, spec.type(), spec.quantity());
  }

  static RejectReason lotSize(Filters filters, OrderType type, long quantity) {
    if (quantity < filters.minQuantity()
        || quantity > filters.maxQuantity()
        || quantity % filters.stepSize() != 0) {
      return RejectReason.LOT_SIZE;
    }
    if (!NaiveState.marketLike(type)) {
      return RejectReason.NONE;
    }
    long most =
        filters.marketMaxQuantity() == 0 ? filters.maxQuantity() : filters.marketMaxQuantity();
    long step = filters.marketStepSize() == 0 ? filters.stepSize() : filters.marketStepSize();
    return quantity < filters.marketMinQuantity() || quantity > most || quantity % step != 0
        ? RejectReason.MARKET_LOT_SIZE
        : RejectReason.NONE;
  }

  /** NOTIONAL, for an order with this price and quantity. */
  RejectReason notional(Symbol symbol, OrderSpec spec, long price, long quantity) {
    Filters filters = symbol.filters;
    boolean anyPrice = NaiveState.marketLike(spec.type());
    boolean least = filters.minNotional() > 0 && (!anyPrice || filters.applyMinToMarket());
    boolean most = filters.maxNotional() > 0 && (!anyPrice || filters.applyMaxToMarket());
    BigInteger value;
    BigInteger unit = symbol.baseUnits;
    if (spec.quoteOrderQuantity() > 0) {
      value = BigInteger.valueOf(spec.quoteOrderQuantity());
      unit = BigInteger.ONE;
    } else if (anyPrice) {
      Average average = market.average(symbol);
      if (average == null) {
        return least || most ? RejectReason.NOTIONAL : RejectReason.NONE;
      }
      value = average.numerator().multiply(BigInteger.valueOf(quantity));
      unit = unit.multiply(average.denominator());
    } else {
      value = BigInteger.valueOf(price).multiply(BigInteger.valueOf(quantity));
    }
    BigInteger lower = BigInteger.valueOf(filters.minNotional()).multiply(unit);
    BigInteger upper = BigInteger.valueOf(filters.maxNotional()).multiply(unit);
    return (least && value.compareTo(lower) < 0) || (most && value.compareTo(upper) > 0)
        ? RejectReason.NOTIONAL
        : RejectReason.NONE;
  }

  private RejectReason remainingFilters(Symbol symbol, long account, OrderSpec spec) {
    Filters filters = symbol.filters;
    long iceberg = spec.icebergQuantity();
    if (iceberg > 0 && iceberg < spec.quantity()) {
      long parts = (spec.quantity() + iceberg - 1) / iceberg;
      if (parts > filters.icebergParts()) {
        return RejectReason.ICEBERG_PARTS;
      }
    }
    if (spec.trailingDelta() > 0) {
      boolean above = NaiveState.triggersAbove(spec);
      int least = above ? filters.minTrailingAboveDelta() : filters.minTrailingBelowDelta();
      int most = above ? filters.maxTrailingAboveDelta() : filters.maxTrailingBelowDelta();
      if (spec.trailingDelta() < least || spec.trailingDelta() > most) {
        return RejectReason.TRAILING_DELTA;
      }
    }
    return filters.maxPosition() > 0
            && spec.side() == Side.BUY
            && position(symbol, account, spec.quantity())
                    .compareTo(BigInteger.valueOf(filters.maxPosition()))
                > 0
        ? RejectReason.MAX_POSITION
        : RejectReason.NONE;
  }

  private BigInteger position(Symbol symbol, long account, long quantity) {
    NaiveState.Balance balance =
        state.balances.get(new NaiveState.BalanceKey(account, symbol.base));
    BigInteger position = BigInteger.valueOf(balance == null ? 0 : balance.total);
    for (Order order : state.openOrders(account, symbol.id)) {
      if (order.side() == Side.BUY) {
        position = position.add(BigInteger.valueOf(order.remaining()));
      }
    }
    return position.add(BigInteger.valueOf(quantity));
  }

  /** MAX_NUM_* for these new orders together. */
  RejectReason counts(Symbol symbol, long account, List<OrderSpec> legs, boolean list) {
    Filters filters = symbol.filters;
    List<Order> open = state.openOrders(account, symbol.id);
    long newAlgo = legs.stream().filter(leg -> NaiveState.conditional(leg.type())).count();
    long algo = newAlgo + open.stream().filter(o -> NaiveState.conditional(o.spec.type())).count();
    if (filters.maxOrders() > 0 && open.size() + legs.size() > filters.maxOrders()) {
      return RejectReason.MAX_NUM_ORDERS;
    }
    if (newAlgo > 0 && filters.maxAlgoOrders() > 0 && algo > filters.maxAlgoOrders()) {
      return RejectReason.MAX_NUM_ALGO_ORDERS;
    }
    return list
            && filters.maxOrderLists() > 0
            && state.openLists(account, symbol.id).size() + 1 > filters.maxOrderLists()
        ? RejectReason.MAX_NUM_ORDER_LISTS
        : RejectReason.NONE;
  }

  /** Open on the symbol or recently closed there; the empty id is no id. */
  boolean clientIdTaken(Symbol symbol, long account, String clientId) {
    return !clientId.isEmpty()
        && (state.openOrders(account, symbol.id).stream()
                .anyMatch(order -> order.clientOrderId.equals(clientId))
            || symbol.closedIds.getOrDefault(account, new ArrayList<>()).contains(clientId));
  }

  boolean listClientIdTaken(Symbol symbol, long account, String clientId) {
    return !clientId.isEmpty()
        && state.openLists(account, symbol.id).stream()
            .anyMatch(list -> list.clientId.equals(clientId));
  }

  /** Post-only and stop conditions of an order that starts at once. */
  RejectReason priceRelation(Symbol symbol, OrderSpec spec) {
    if (spec.type() == OrderType.LIMIT_MAKER) {
      return market.wouldTake(symbol, spec.side(), spec.price())
          ? RejectReason.WOULD_TAKE_IMMEDIATELY
          : RejectReason.NONE;
    }
    if (!NaiveState.conditional(spec.type())) {
      return RejectReason.NONE;
    }
    if (symbol.lastPrice == 0) {
      return RejectReason.NO_LAST_PRICE;
    }
    return spec.stopPrice() > 0 && NaiveState.stopMet(spec, symbol.lastPrice)
        ? RejectReason.WOULD_TRIGGER_IMMEDIATELY
        : RejectReason.NONE;
  }

  /** What must be available for the order to start. */
  BigInteger funds(Symbol symbol, long account, OrderSpec spec) {
    boolean buy = spec.side() == Side.BUY;
    BigInteger quantity = BigInteger.valueOf(spec.quantity());
    return switch (spec.type()) {
      case LIMIT, LIMIT_MAKER, STOP_LOSS_LIMIT, TAKE_PROFIT_LIMIT ->
          buy ? symbol.notional(spec.price(), spec.quantity()) : quantity;
      case STOP_LOSS, TAKE_PROFIT -> buy ? BigInteger.ZERO : quantity;
      case MARKET -> {
        if (!buy) {
          yield quantity;
        }
        yield spec.quoteOrderQuantity() > 0
            ? BigInteger.valueOf(spec.quoteOrderQuantity())
            : market
                .walk(
                    symbol,
                    account,
                    spec.side(),
                    spec.selfTradePreventionMode(),
                    0,
                    spec.quantity(),
                    null)
                .cost();
      }
    };
  }

  boolean affordable(Symbol symbol, long account, Side side, BigInteger amount) {
    return ledger.affordable(account, NaiveLedger.heldAsset(symbol, side), amount);
  }
}
