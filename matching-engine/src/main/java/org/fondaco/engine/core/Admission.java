package org.fondaco.engine.core;

import static org.fondaco.engine.protocol.RejectReason.*;

import org.fondaco.engine.protocol.RejectReason;

/** Everything that is checked before an order is accepted, in the order of ENGINE.md §Admission. */
final class Admission {

  private final Venue venue;
  private final Orders orders;
  private final Walk walk;

  Admission(Venue venue, Walk walk) {
    this.venue = venue;
    this.orders = venue.orders;
    this.walk = walk;
  }

  /** May this account place orders? The slot is -1 when it does not exist. */
  RejectReason account(long account, int slot) {
    if (slot < 0 || SystemAccounts.isSystem(account)) {
      return UNKNOWN_ACCOUNT;
    }
    if (venue.killed) {
      return VENUE_KILLED;
    }
    if (venue.accounts.killed(slot)) {
      return ACCOUNT_KILLED;
    }
    if (!venue.accounts.enabled(slot)) {
      return ACCOUNT_DISABLED;
    }
    return venue.accounts.frozen(slot) ? ACCOUNT_FROZEN : NONE;
  }

  /** Do the parts of a spec fit together? */
  RejectReason combination(Market m, OrderRequest r) {
    if ((m.rules.modes >>> r.mode & 1) == 0) {
      return STP_MODE_NOT_ALLOWED;
    }
    if ((r.quantity | r.quoteQuantity | r.price | r.stopPrice | r.icebergQuantity | r.delta) < 0
        || !supported(r)
        || r.icebergQuantity > 0 && r.timeInForce != Codes.GTC) {
      return UNSUPPORTED_COMBINATION;
    }
    return r.icebergQuantity > r.quantity ? ICEBERG_EXCEEDS_QUANTITY : NONE;
  }

  private static boolean supported(OrderRequest r) {
    if (r.type > Codes.TAKE_PROFIT_LIMIT || r.side > Codes.SELL || r.timeInForce > Codes.FOK) {
      return false;
    }
    boolean waits = r.stopPrice > 0 || r.delta > 0;
    if (waits != Orders.conditional(r.type)) {
      return false;
    }
    if (Orders.marketType(r.type)) {
      boolean quoted = r.type == Codes.MARKET && r.quoteQuantity > 0;
      return r.price == 0
          && r.icebergQuantity == 0
          && r.timeInForce == Codes.GTC
          && (quoted ? r.quantity == 0 : r.quantity > 0 && r.quoteQuantity == 0);
    }
    return r.price > 0
        && r.quantity > 0
        && r.quoteQuantity == 0
        && (r.type != Codes.LIMIT_MAKER || r.timeInForce == Codes.GTC);
  }

  /** The filters of one order; fills in its ticks and lots. */
  RejectReason filters(Market m, int position, OrderRequest r) {
    Rules rules = m.rules;
    if (r.price > 0 && outsidePrices(rules, r.price)
        || r.stopPrice > 0 && outsidePrices(rules, r.stopPrice)) {
      return PRICE_FILTER;
    }
    r.ticks = r.price / m.tickUnit;
    r.stopTicks = r.stopPrice / m.tickUnit;
    if (r.price > 0 && !percentPrice(m, r.side, r.ticks)) {
      return PERCENT_PRICE_BY_SIDE;
    }
    RejectReason reason = r.quoteQuantity > 0 ? quoteLots(m, position, r) : lotSize(m, r);
    if (reason != NONE) {
      return reason;
    }
    if (!notional(m, r.type, r.ticks, r.lots, r.quoteQuantity)) {
      return NOTIONAL;
    }
    if (r.icebergLots > 0
        && r.icebergLots != r.lots
        && (r.lots - 1) / r.icebergLots >= rules.icebergParts) {
      return ICEBERG_PARTS;
    }
    if (r.delta > 0 && !trailingDelta(rules, r)) {
      return TRAILING_DELTA;
    }
    return maxPosition(m, position, r) ? NONE : MAX_POSITION;
  }

  static boolean outsidePrices(Rules rules, long price) {
    return price < rules.minPrice || price > rules.maxPrice || price % rules.tickSize != 0;
  }

  boolean percentPrice(Market m, int side, long ticks) {
    int up = side == Codes.BUY ? m.rules.bidUp : m.rules.askUp;
    int down = side == Codes.BUY ? m.rules.bidDown : m.rules.askDown;
    if ((up | down) == 0) {
      return true;
    }
    m.fixAverage(venue.time);
    return !m.average.known()
        || (up == 0 || m.average.compare(ticks, up) <= 0)
            && (down == 0 || m.average.compare(ticks, down) >= 0);
  }

  private RejectReason lotSize(Market m, OrderRequest r) {
    RejectReason reason = lotSize(m.rules, r.type, r.quantity);
    if (reason == NONE && r.icebergQuantity > 0 && outsideLots(m.rules, r.icebergQuantity)) {
      reason = LOT_SIZE;
    }
    r.lots = r.quantity / m.lotUnit;
    r.icebergLots = r.icebergQuantity / m.lotUnit;
    return reason;
  }

  /** LOT_SIZE and, for types that take at any price, MARKET_LOT_SIZE. */
  static RejectReason lotSize(Rules rules, int type, long quantity) {
    if (outsideLots(rules, quantity)) {
      return LOT_SIZE;
    }
    return Orders.marketType(type)
            && (quantity < rules.marketMinQuantity
                || quantity > rules.marketMaxQuantity
                || quantity % rules.marketStepSize != 0)
        ? MARKET_LOT_SIZE
        : NONE;
  }

  private static boolean outsideLots(Rules rules, long quantity) {
    return quantity < rules.minQuantity
        || quantity > rules.maxQuantity
        || quantity % rules.stepSize != 0;
  }

  /** Turns a quote amount into the quantity that it buys or sells now. */
  private RejectReason quoteLots(Market m, int position, OrderRequest r) {
    int account = venue.positions.account(position);
    walk.forAmount(
        m, r.side, r.mode, venue.accounts.id(account), account, r.quoteQuantity, venue.time);
    long raw = walk.traded + walk.prevented;
    if (raw == 0) {
      return NO_LIQUIDITY;
    }
    Rules rules = m.rules;
    r.lots = raw - raw % (rules.stepSize / m.lotUnit);
    r.icebergLots = 0;
    r.bookEnded = !walk.amountSpent;
    long quantity = r.lots * m.lotUnit;
    if (quantity == 0 || quantity < rules.minQuantity) {
      return LIQUIDITY_BELOW_LOT_SIZE;
    }
    if (quantity < rules.marketMinQuantity) {
      return LIQUIDITY_BELOW_MARKET_LOT_SIZE;
    }
    if (quantity > rules.maxQuantity) {
      return LOT_SIZE;
    }
    return quantity > rules.marketMaxQuantity ? MARKET_LOT_SIZE : NONE;
  }

  boolean notional(Market m, int type, long ticks, long lots, long quoteQuantity) {
    Rules rules = m.rules;
    if ((rules.minNotional | rules.maxNotional) == 0) {
      return true;
    }
    if (!Orders.marketType(type)) {
      long notional = ticks * lots * m.k;
      return notional >= rules.minNotional
          && (rules.maxNotional == 0 || notional <= rules.maxNotional);
    }
    long min = rules.minToMarket ? rules.minNotional : 0;
    long max = rules.maxToMarket ? rules.maxNotional : 0;
    if ((min | max) == 0) {
      return true;
    }
    if (quoteQuantity > 0) {
      return quoteQuantity >= min && (max == 0 || quoteQuantity <= max);
    }
    m.fixAverage(venue.time);
    return m.average.known()
        && m.average.compareNotional(lots, m.k, min) >= 0
        && (max == 0 || m.average.compareNotional(lots, m.k, max) <= 0);
  }

  private static boolean trailingDelta(Rules rules, OrderRequest r) {
    return Market.upward(r.side, r.type)
        ? r.delta >= rules.minAboveDelta && r.delta <= rules.maxAboveDelta
        : r.delta >= rules.minBelowDelta && r.delta <= rules.maxBelowDelta;
  }

  private boolean maxPosition(Market m, int position, OrderRequest r) {
    long max = m.rules.maxPosition;
    if (max == 0 || r.side != Codes.BUY) {
      return true;
    }
    long quantity = r.lots * m.lotUnit;
    // Subtracting step by step cannot overflow, where the sum could.
    long room = max - venue.ledger.total(venue.positions.baseBalance(position));
    long openBuy = venue.positions.openBuy(position);
    return room >= quantity && openBuy <= (room - quantity) / m.lotUnit;
  }

  RejectReason counts(Market m, int position, int legs, int algo, int lists) {
    Rules rules = m.rules;
    Positions positions = venue.positions;
    if (rules.maxOrders > 0 && positions.open(position) + legs > rules.maxOrders) {
      return MAX_NUM_ORDERS;
    }
    if (rules.maxAlgoOrders > 0
        && algo > 0
        && positions.algo(position) + algo > rules.maxAlgoOrders) {
      return MAX_NUM_ALGO_ORDERS;
    }
    return rules.maxLists > 0 && lists > 0 && positions.lists(position) + lists > rules.maxLists
        ? MAX_NUM_ORDER_LISTS
        : NONE;
  }

  RejectReason clientId(int position, long[] id) {
    if (id[0] == 0) {
      return NONE;
    }
    ClosedIds closed = venue.positions.closed(position);
    boolean taken =
        venue.clientIds.find(position, id, 0) >= 0 || closed != null && closed.contains(id, 0);
    return taken ? DUPLICATE_CLIENT_ORDER_ID : NONE;
  }

  /** The checks of one order against the last price and the book. */
  RejectReason priceRelation(Market m, OrderRequest r) {
    if (Orders.conditional(r.type)) {
      if (m.lastTicks == 0) {
        return NO_LAST_PRICE;
      }
      return r.stopTicks > 0 && Market.reached(r.side, r.type, r.stopTicks, m.lastTicks)
          ? WOULD_TRIGGER_IMMEDIATELY
          : NONE;
    }
    return r.type == Codes.LIMIT_MAKER && crosses(m, r.side, r.ticks)
        ? WOULD_TAKE_IMMEDIATELY
        : NONE;
  }

  /** Whether an order at this price would take from the opposite side. */
  boolean crosses(Market m, int side, long ticks) {
    Ladder opposite = m.ladder(1 - side);
    int best = opposite.best();
    return best >= 0 && venue.levels.key(best) <= opposite.key(ticks);
  }

  /** Is what one order needs available? */
  RejectReason funds(Market m, int position, OrderRequest r) {
    Ledger ledger = venue.ledger;
    long need;
    if (r.side == Codes.SELL) {
      need = r.lots * m.lotUnit;
      return need <= ledger.available(venue.positions.baseBalance(position))
          ? NONE
          : INSUFFICIENT_BALANCE;
    }
    if (r.type != Codes.MARKET) {
      need = r.lots * m.holdPerLot(r.side, r.type, r.ticks);
    } else if (r.quoteQuantity > 0) {
      need = r.quoteQuantity;
    } else {
      need = marketCost(m, venue.positions.account(position), r.mode, r.lots);
    }
    return need <= ledger.available(venue.positions.quoteBalance(position))
        ? NONE
        : INSUFFICIENT_BALANCE;
  }

  /** What a BUY at any price would cost now, in quote units. */
  long marketCost(Market m, int accountSlot, int mode, long lots) {
    walk.forQuantity(
        m,
        Codes.BUY,
        mode,
        venue.accounts.id(accountSlot),
        accountSlot,
        Long.MAX_VALUE,
        lots,
        venue.time);
    return walk.cost;
  }

  /** Whether trades alone could fill what an order has left, up to a ladder key. */
  boolean fillable(Market m, int o, long limitKey) {
    walk.forQuantity(
        m,
        orders.side(o),
        orders.mode(o),
        orders.account(o),
        orders.accountSlot(o),
        limitKey,
        orders.left(o),
        venue.time);
    return walk.traded == orders.left(o);
  }
}
