package org.fondaco.engine.naive;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.fondaco.engine.naive.NaiveState.Bucket;
import org.fondaco.engine.naive.NaiveState.Order;
import org.fondaco.engine.naive.NaiveState.Symbol;
import org.fondaco.engine.protocol.Filters;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.jspecify.annotations.Nullable;

/** What can be read off a market without changing it: averages, price ranges and walks. */
final class NaiveMarket {

  static final long MINUTE = 60_000_000;
  private static final BigInteger TEN_THOUSAND = BigInteger.valueOf(10_000);

  private final NaiveState state;

  NaiveMarket(NaiveState state) {
    this.state = state;
  }

  /** A price as an exact fraction, quote units per whole base unit. */
  record Average(BigInteger numerator, BigInteger denominator) {

    /** price ≤ this × multiplier / 10^4. */
    boolean atLeast(long price, int multiplier) {
      return scaled(price).compareTo(bound(multiplier)) <= 0;
    }

    /** price ≥ this × multiplier / 10^4. */
    boolean atMost(long price, int multiplier) {
      return scaled(price).compareTo(bound(multiplier)) >= 0;
    }

    private BigInteger scaled(long price) {
      return BigInteger.valueOf(price).multiply(TEN_THOUSAND).multiply(denominator);
    }

    private BigInteger bound(int multiplier) {
      return numerator.multiply(BigInteger.valueOf(multiplier));
    }
  }

  /** Reference price, else the average of the window, else the last price, else none. */
  @Nullable Average average(Symbol symbol) {
    if (symbol.referencePrice != 0) {
      return new Average(BigInteger.valueOf(symbol.referencePrice), BigInteger.ONE);
    }
    long minute = state.time / MINUTE;
    BigInteger quote = BigInteger.ZERO;
    BigInteger base = BigInteger.ZERO;
    long first = minute - symbol.filters.averagePriceMinutes() + 1;
    for (Bucket bucket : symbol.buckets.tailMap(first).values()) {
      quote = quote.add(bucket.quote);
      base = base.add(bucket.base);
    }
    if (symbol.filters.averagePriceMinutes() > 0 && base.signum() > 0) {
      return new Average(quote.multiply(symbol.baseUnits), base);
    }
    return symbol.lastPrice == 0
        ? null
        : new Average(BigInteger.valueOf(symbol.lastPrice), BigInteger.ONE);
  }

  void recordTrade(Symbol symbol, long quantity, long quoteQuantity) {
    long minute = state.time / MINUTE;
    symbol.buckets.headMap(minute - 60, true).clear();
    Bucket bucket = symbol.buckets.computeIfAbsent(minute, _ -> new Bucket());
    bucket.quote = bucket.quote.add(BigInteger.valueOf(quoteQuantity));
    bucket.base = bucket.base.add(BigInteger.valueOf(quantity));
  }

  /** PRICE_RANGE as it stands at the start of a taker phase. */
  record PriceRange(@Nullable Average reference, int up, int down) {

    boolean contains(long price) {
      return reference == null
          || ((up == 0 || reference.atLeast(price, up))
              && (down == 0 || reference.atMost(price, down)));
    }
  }

  PriceRange priceRange(Symbol symbol, Side taker) {
    Filters filters = symbol.filters;
    return taker == Side.BUY
        ? new PriceRange(average(symbol), filters.priceRangeBidUp(), filters.priceRangeBidDown())
        : new PriceRange(average(symbol), filters.priceRangeAskUp(), filters.priceRangeAskDown());
  }

  boolean selfTrade(long taker, long maker) {
    if (taker == maker) {
      return true;
    }
    NaiveState.Account first = state.accounts.get(taker);
    NaiveState.Account second = state.accounts.get(maker);
    return first != null
        && second != null
        && first.tradeGroupId != -1
        && first.tradeGroupId == second.tradeGroupId;
  }

  /** A LIMIT_MAKER at this price would meet anything, own orders included. */
  boolean wouldTake(Symbol symbol, Side side, long price) {
    var opposite = symbol.opposite(side);
    return !opposite.isEmpty() && symbol.crosses(side, price, opposite.firstKey());
  }

  /** Why a walk ended. */
  enum End {
    DONE,
    UNAFFORDABLE,
    BOOK_ENDED
  }

  /**
   * What matching would do.
   *
   * @param traded base units that would trade
   * @param lots base units that would trade or be decremented
   * @param cost quote units of the trades
   */
  record Walk(long traded, long lots, BigInteger cost, End end) {}

  /** A visible slice in a copy of a level. */
  private record Slice(Order order, long displayed, long hidden) {}

  /**
   * Matches on a copy of the book.
   *
   * @param limit worst price, 0 = any
   * @param quantity base units wanted, Long.MAX_VALUE with a budget
   * @param budget quote units to spend or receive, null = by quantity
   */
  Walk walk(
      Symbol symbol,
      long account,
      Side side,
      SelfTradePreventionMode mode,
      long limit,
      long quantity,
      @Nullable BigInteger budget) {
    Walker walker = new Walker(symbol, account, side, mode, quantity, budget);
    for (Map.Entry<Long, List<Order>> level : symbol.opposite(side).entrySet()) {
      if (limit != 0 && !symbol.crosses(side, limit, level.getKey())) {
        return walker.result(End.BOOK_ENDED);
      }
      End end = walker.level(level.getKey(), level.getValue());
      if (end != null) {
        return walker.result(end);
      }
    }
    return walker.result(walker.satisfied() ? End.DONE : End.BOOK_ENDED);
  }

  /** A taker that only looks. */
  private final class Walker {
    private final Symbol symbol;
    private final long account;
    private final SelfTradePreventionMode mode;
    private final long quantity;
    private final PriceRange range;
    private @Nullable BigInteger left;
    private long traded;
    private long lots;
    private BigInteger cost = BigInteger.ZERO;

    Walker(
        Symbol symbol,
        long account,
        Side side,
        SelfTradePreventionMode mode,
        long quantity,
        @Nullable BigInteger budget) {
      this.symbol = symbol;
      this.account = account;
      this.mode = mode;
      this.quantity = quantity;
      this.range = priceRange(symbol, side);
      this.left = budget;
    }

    boolean satisfied() {
      return lots == quantity || (left != null && left.signum() == 0);
    }

    Walk result(End end) {
      return new Walk(traded, lots, cost, end);
    }

    /** Walks one level slice by slice; null when there is nothing left of it. */
    @Nullable End level(long price, List<Order> orders) {
      Deque<Slice> slices = new ArrayDeque<>();
      for (Order order : orders) {
        slices.add(new Slice(order, order.displayed, order.remaining() - order.displayed));
      }
      while (!slices.isEmpty()) {
        if (satisfied()) {
          return End.DONE;
        }
        Slice slice = slices.remove();
        boolean self =
            mode != SelfTradePreventionMode.NONE && selfTrade(account, slice.order.account);
        if (self && mode == SelfTradePreventionMode.EXPIRE_MAKER) {
          continue;
        }
        boolean stopped = self ? mode != SelfTradePreventionMode.DECREMENT : !range.contains(price);
        if (stopped) {
          return End.BOOK_ENDED;
        }
        long wanted = left == null ? quantity - lots : affordable(symbol, left, price);
        long taken = Math.min(wanted, slice.displayed);
        take(price, taken, self);
        if (left != null && taken < slice.displayed) {
          return End.UNAFFORDABLE;
        }
        refresh(slices, slice, taken);
      }
      return null;
    }

    private void take(long price, long taken, boolean self) {
      BigInteger notional = symbol.notional(price, taken);
      lots += taken;
      if (!self) {
        traded += taken;
        cost = cost.add(notional);
      }
      if (left != null) {
        left = left.subtract(notional);
      }
    }
  }

  private static void refresh(Deque<Slice> slices, Slice slice, long taken) {
    long displayed = slice.displayed - taken;
    if (displayed > 0) {
      slices.addFirst(new Slice(slice.order, displayed, slice.hidden));
    } else if (slice.hidden > 0) {
      long shown = Math.min(slice.order.spec.icebergQuantity(), slice.hidden);
      slices.addLast(new Slice(slice.order, shown, slice.hidden - shown));
    }
  }

  /** Whole lots that the amount buys at this price, in base units. */
  private static long affordable(Symbol symbol, BigInteger amount, long price) {
    BigInteger lotPrice = symbol.notional(price, symbol.lotUnit);
    return amount
        .divide(lotPrice)
        .multiply(BigInteger.valueOf(symbol.lotUnit))
        .min(BigInteger.valueOf(Long.MAX_VALUE / 2))
        .longValueExact();
  }
}
