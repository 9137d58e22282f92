package org.fondaco.engine.core;

import org.fondaco.engine.protocol.ExpiryReason;
import org.fondaco.engine.protocol.OrderStatus;

/** Price-time matching of one active order: ENGINE.md §Matching and §Self-trade prevention. */
final class Matcher {

  /** How the taker phase ended when something is left. */
  private static final int BOOK = 0;

  private static final int OUT_OF_RANGE = 1;
  private static final int PREVENTED = 2;

  private final Venue venue;
  private final Orders orders;
  private final Levels levels;
  private final Accounts accounts;
  private final Ledger ledger;
  private final EventWriter events;
  private final Admission admission;
  private final Life life;
  private final Prevention prevention = new Prevention();

  Matcher(Venue venue, Admission admission, Life life) {
    this.venue = venue;
    this.admission = admission;
    this.life = life;
    orders = venue.orders;
    levels = venue.levels;
    accounts = venue.accounts;
    ledger = venue.ledger;
    events = venue.events;
  }

  /** Matches an ACTIVE order until it is filled, rests or ends. */
  void run(Market m, int o) {
    int side = orders.side(o);
    boolean market = Orders.marketType(orders.type(o));
    Ladder opposite = m.ladder(1 - side);
    long limitKey = market ? Long.MAX_VALUE : opposite.key(orders.price(o));
    if (orders.timeInForce(o) == Codes.FOK && !admission.fillable(m, o, limitKey)) {
      life.expire(m, o, ExpiryReason.UNFILLED_FOK_ORDER_EXPIRED);
      return;
    }
    int list = orders.list(o);
    int leg = orders.leg(o);
    int end = take(m, o, side, opposite, limitKey);
    if (end == PREVENTED) {
      life.afterEnd(m, list, leg, false);
    } else if (orders.left(o) == 0) {
      finishFilled(m, o);
    } else if (end == OUT_OF_RANGE) {
      life.expire(m, o, ExpiryReason.EXECUTION_RULE_PRICE_RANGE_EXCEEDED);
    } else if (market) {
      life.expire(m, o, ExpiryReason.INSUFFICIENT_LIQUIDITY);
    } else if (orders.timeInForce(o) != Codes.GTC) {
      life.expire(m, o, ExpiryReason.UNFILLED_IOC_QUANTITY_EXPIRED);
    } else {
      venue.books.rest(m, o);
    }
  }

  private void finishFilled(Market m, int o) {
    if (orders.bookEnded(o)) {
      life.expire(m, o, ExpiryReason.INSUFFICIENT_LIQUIDITY);
    } else {
      life.end(m, o, true);
    }
  }

  private int take(Market m, int o, int side, Ladder opposite, long limitKey) {
    int best = opposite.best();
    if (best < 0 || levels.key(best) > limitKey) {
      return BOOK;
    }
    boolean ranged = m.rules.ranged(side);
    if (ranged) {
      m.fixAverage(venue.time);
    }
    int mode = orders.mode(o);
    long group = mode == Codes.NONE ? -1 : accounts.group(orders.accountSlot(o));
    while (orders.left(o) > 0) {
      int level = opposite.best();
      if (level < 0 || levels.key(level) > limitKey) {
        return BOOK;
      }
      int maker = levels.first(level);
      long ticks = opposite.ticks(level);
      if (mode != Codes.NONE && sameOwner(o, maker, group)) {
        if (prevent(m, opposite, o, maker, ticks, group)) {
          return PREVENTED;
        }
      } else if (ranged && m.outsideRange(side, ticks)) {
        return OUT_OF_RANGE;
      } else {
        fill(m, opposite, o, maker, side, ticks);
      }
    }
    return BOOK;
  }

  private boolean sameOwner(int taker, int maker, long group) {
    return orders.account(taker) == orders.account(maker)
        || group != -1 && accounts.group(orders.accountSlot(maker)) == group;
  }

  private void fill(Market m, Ladder opposite, int taker, int maker, int side, long ticks) {
    long lots = Math.min(orders.left(taker), orders.shown(maker));
    long quote = ticks * lots * m.k;
    long base = lots * m.lotUnit;
    int buyer = side == Codes.BUY ? taker : maker;
    int seller = side == Codes.BUY ? maker : taker;
    long baseFee = 0;
    long quoteFee = 0;
    if (m.fees) {
      baseFee = Market.fee(base, rate(m, buyer, buyer == taker));
      quoteFee = Market.fee(quote, rate(m, seller, seller == taker));
    }
    life.claimListHold(m, maker);
    long buyerHold = release(m, buyer, lots);
    long sellerHold = release(m, seller, lots);
    ledger.add(orders.quoteBalance(buyer), -quote, -buyerHold);
    ledger.add(orders.quoteBalance(seller), quote - quoteFee, 0);
    ledger.add(orders.baseBalance(seller), -base, -sellerHold);
    ledger.add(orders.baseBalance(buyer), base - baseFee, 0);
    ledger.add(m.quoteFees, quoteFee, 0);
    ledger.add(m.baseFees, baseFee, 0);
    events.trade(
        m,
        taker,
        maker,
        ticks,
        lots,
        side == Codes.BUY ? baseFee : quoteFee,
        side == Codes.BUY ? quoteFee : baseFee);
    execute(taker, lots, quote);
    execute(maker, lots, quote);
    venue.positions.addOpenBuy(orders.position(buyer), -lots);
    venue.books.reduce(m, opposite, maker, lots);
    long previous = m.lastTicks;
    m.lastTicks = ticks;
    m.average.trade(venue.time, ticks, lots);
    life.expireSibling(m, orders.list(maker), orders.leg(maker));
    m.stops.onTrade(previous, ticks);
    if (orders.left(maker) == 0) {
      life.end(m, maker, true);
    }
  }

  private long rate(Market m, int o, boolean taker) {
    int tier = accounts.tier(orders.accountSlot(o));
    return taker ? m.takerRate[tier] : m.makerRate[tier];
  }

  /** What a fill of some lots takes from the order's own hold. */
  private long release(Market m, int o, long lots) {
    long held = orders.held(o);
    if (held == 0) {
      return 0;
    }
    long part = lots * m.holdPerLot(orders.side(o), orders.type(o), orders.price(o));
    orders.held(o, held - part);
    return part;
  }

  private void execute(int o, long lots, long quote) {
    orders.left(o, orders.left(o) - lots);
    orders.executed(o, orders.executed(o) + lots);
    orders.addCold(o, Orders.EXECUTED_QUOTE, quote);
    orders.cold(o, Orders.UPDATE_TIME, venue.time);
  }

  /** Prevents one self-trade and says whether the taker ends by it. */
  private boolean prevent(Market m, Ladder opposite, int taker, int maker, long ticks, long group) {
    int mode = orders.mode(taker);
    Prevention p = prevention;
    long lots = Math.min(orders.left(taker), orders.shown(maker));
    boolean both = mode == Codes.EXPIRE_BOTH;
    boolean decrement = mode == Codes.DECREMENT;
    p.id = m.nextPreventedMatchId++;
    p.tradeGroup = group;
    p.ticks = ticks;
    p.matchLots = lots;
    p.takerLots = decrement ? lots : both || mode == Codes.EXPIRE_TAKER ? orders.left(taker) : 0;
    p.makerLots = decrement ? lots : both || mode == Codes.EXPIRE_MAKER ? orders.left(maker) : 0;
    p.takerExecutionId = p.takerLots > 0 ? m.nextExecutionId++ : 0;
    p.makerExecutionId = p.makerLots > 0 ? m.nextExecutionId++ : 0;
    events.prevented(m, taker, maker, p);
    if (p.takerLots > 0) {
      remove(m, taker, p.takerLots, p.id);
    }
    boolean takerEnds = orders.left(taker) == 0;
    if (takerEnds) {
      endInMatch(m, taker, p.takerExecutionId);
    }
    if (p.makerLots > 0) {
      preventMaker(m, opposite, maker, p);
    }
    return takerEnds;
  }

  private void preventMaker(Market m, Ladder opposite, int maker, Prevention p) {
    life.claimListHold(m, maker);
    remove(m, maker, p.makerLots, p.id);
    int list = orders.list(maker);
    int leg = orders.leg(maker);
    boolean ends = orders.left(maker) == 0;
    if (ends) {
      endInMatch(m, maker, p.makerExecutionId);
    } else {
      venue.books.reduce(m, opposite, maker, p.makerLots);
    }
    life.expireSibling(m, list, leg);
    if (ends) {
      life.afterEnd(m, list, leg, false);
    }
  }

  private void remove(Market m, int o, long lots, long preventedMatch) {
    long part = release(m, o, lots);
    boolean buy = orders.side(o) == Codes.BUY;
    ledger.add(buy ? orders.quoteBalance(o) : orders.baseBalance(o), 0, -part);
    orders.left(o, orders.left(o) - lots);
    orders.addCold(o, Orders.PREVENTED, lots);
    orders.cold(o, Orders.PREVENTED_MATCH, preventedMatch);
    orders.cold(o, Orders.UPDATE_TIME, venue.time);
    if (buy) {
      venue.positions.addOpenBuy(orders.position(o), -lots);
    }
  }

  /** Says that a side ended by prevention and closes it; its list is seen to later. */
  private void endInMatch(Market m, int o, long executionId) {
    ExpiryReason reason = ExpiryReason.SELF_TRADE_PREVENTION;
    events.expired(m, o, reason, OrderStatus.EXPIRED_IN_MATCH, executionId);
    life.close(m, o);
  }
}
