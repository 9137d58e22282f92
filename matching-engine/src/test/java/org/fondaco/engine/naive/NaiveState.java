package org.fondaco.engine.naive;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.Filters;
import org.fondaco.engine.protocol.ListType;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.SymbolStatus;
import org.fondaco.engine.protocol.TimeInForce;
import org.jspecify.annotations.Nullable;

/** Everything the naive engine remembers, in plain collections, and what it says. */
final class NaiveState {

  static final BigInteger LIMIT = BigInteger.TWO.pow(62);

  long sequence;
  long time;
  boolean venueKilled;
  long nextOrderId = 1;
  long nextOrderListId = 1;
  long nextHoldId = 1;
  final TreeMap<Integer, Asset> assets = new TreeMap<>();
  final TreeMap<Integer, Symbol> symbols = new TreeMap<>();
  final TreeMap<Long, Account> accounts = new TreeMap<>();
  final TreeMap<BalanceKey, Balance> balances = new TreeMap<>();
  final TreeMap<Long, Reservation> reservations = new TreeMap<>();
  final TreeMap<Long, Long> tokenOwners = new TreeMap<>();
  final TreeMap<Long, Order> openOrders = new TreeMap<>();
  final TreeMap<Long, OrderList> openLists = new TreeMap<>();
  final Map<Integer, Source> sources = new HashMap<>();
  final Deque<RecordedDigest> digests = new ArrayDeque<>();
  final Set<Digest> digestSet = new HashSet<>();

  // What belongs to the command in progress.
  List<EngineEvent> events = new ArrayList<>();
  final LinkedHashSet<LevelKey> touchedLevels = new LinkedHashSet<>();
  final LinkedHashSet<BalanceKey> touchedBalances = new LinkedHashSet<>();
  int killBudget;
  int queueBudget;
  RejectReason reason = RejectReason.NONE;
  long firstHoldId;

  void emit(EngineEvent event) {
    events.add(event);
  }

  /** The first refusal of a command is its reason. */
  void refuse(EngineEvent event, RejectReason why) {
    emit(event);
    if (reason == RejectReason.NONE) {
      reason = why;
    }
  }

  boolean accountExists(long account) {
    return SystemAccounts.isSystem(account) || accounts.containsKey(account);
  }

  Balance balance(long account, int asset) {
    return balances.computeIfAbsent(new BalanceKey(account, asset), _ -> new Balance());
  }

  List<Order> openOrders(long account, int symbol) {
    return openOrders.values().stream()
        .filter(order -> order.account == account && order.symbol.id == symbol)
        .toList();
  }

  List<OrderList> openLists(long account, int symbol) {
    return openLists.values().stream()
        .filter(list -> list.account == account && list.symbol.id == symbol)
        .toList();
  }

  record Asset(String code, int scale) {}

  record BalanceKey(long account, int asset) implements Comparable<BalanceKey> {
    private static final Comparator<BalanceKey> ORDER =
        Comparator.comparingLong(BalanceKey::account).thenComparingInt(BalanceKey::asset);

    @Override
    public int compareTo(BalanceKey other) {
      return ORDER.compare(this, other);
    }
  }

  record LevelKey(int symbol, Side side, long price) {}

  record Digest(long high, long low) {}

  record RecordedDigest(Digest digest, long time) {}

  record ClosedId(long account, String clientOrderId) {}

  record Fees(long maker, long taker) {}

  /** Trades of one engine minute. */
  static final class Bucket {
    BigInteger quote = BigInteger.ZERO;
    BigInteger base = BigInteger.ZERO;
  }

  static final class Balance {
    long total;
    long held;
  }

  record Reservation(
      long holdId, long account, int asset, long amount, long deadline, long token) {}

  static final class Account {
    final long id;
    boolean tradingEnabled;
    boolean killed;
    boolean frozen;
    int feeTier;
    long tradeGroupId;
    int clientIdWindow;

    Account(long id) {
      this.id = id;
    }
  }

  /** Outcomes of a numbered source. */
  static final class Source {
    long last;
    boolean frozen;
    final TreeMap<Long, StoredOutcome> outcomes = new TreeMap<>();
  }

  record StoredOutcome(Digest payload, EngineEvent.SourceOutcome outcome) {}

  static final class Symbol {
    final int id;
    final String name;
    final int base;
    final int quote;
    final int baseScale;
    final BigInteger baseUnits;
    final long tickUnit;
    final long lotUnit;
    final SelfTradePreventionMode defaultMode;
    Filters filters;
    SymbolStatus status = SymbolStatus.BREAK;
    long referencePrice;
    long lastPrice;
    final Fees[] fees = new Fees[16];
    long nextExecutionId = 1;
    long nextTradeId;
    long nextPreventedMatchId;
    long nextUpdateId = 1;
    final TreeMap<Long, List<Order>> bids = new TreeMap<>(Comparator.reverseOrder());
    final TreeMap<Long, List<Order>> asks = new TreeMap<>();
    final TreeMap<Long, Bucket> buckets = new TreeMap<>();

    /** Triggered orders and lists to activate, first in first out. */
    final Deque<Work> queue = new ArrayDeque<>();

    /** Client ids of ended orders, latest last, per account. */
    final Map<Long, ArrayList<String>> closedIds = new HashMap<>();

    Symbol(
        int id,
        String name,
        int base,
        int quote,
        int baseScale,
        long tickUnit,
        long lotUnit,
        SelfTradePreventionMode defaultMode,
        Filters filters) {
      this.id = id;
      this.name = name;
      this.base = base;
      this.quote = quote;
      this.baseScale = baseScale;
      this.baseUnits = BigInteger.TEN.pow(baseScale);
      this.tickUnit = tickUnit;
      this.lotUnit = lotUnit;
      this.defaultMode = defaultMode;
      this.filters = filters;
      Arrays.fill(fees, new Fees(0, 0));
    }

    TreeMap<Long, List<Order>> side(Side side) {
      return side == Side.BUY ? bids : asks;
    }

    TreeMap<Long, List<Order>> opposite(Side side) {
      return side == Side.BUY ? asks : bids;
    }

    boolean crosses(Side takerSide, long limit, long makerPrice) {
      return takerSide == Side.BUY ? makerPrice <= limit : makerPrice >= limit;
    }

    /** price × quantity in quote units; exact because both are whole ticks and lots. */
    BigInteger notional(long price, long quantity) {
      BigInteger[] parts =
          BigInteger.valueOf(price)
              .multiply(BigInteger.valueOf(quantity))
              .divideAndRemainder(baseUnits);
      if (parts[1].signum() != 0) {
        throw new IllegalStateException("notional of " + price + " x " + quantity + " not whole");
      }
      return parts[0];
    }
  }

  /** What can wait in a symbol's queue: a triggered order or a list to activate. */
  sealed interface Work permits Order, OrderList {

    /** Ended meanwhile, so there is nothing to do. */
    boolean over();
  }

  /** Where an open order is. */
  enum Place {
    PENDING,
    WAITING,
    WORKING
  }

  static final class Order implements Work {
    final long orderId;
    final long account;
    final Symbol symbol;
    final OrderSpec spec;
    final @Nullable OrderList list;
    String clientOrderId;
    long quantity;
    long price;
    long executed;
    long prevented;
    long displayed;
    Place place;
    boolean ended;
    boolean filled;
    boolean queued;
    boolean tracking;
    long extreme;
    int amends;

    /** The hold record of this order; legs of an OCO share the list's instead. */
    long held;

    /** quoteOrderQty only: the book ended before the amount was spent. */
    boolean bookEnded;

    Order(
        long orderId,
        long account,
        Symbol symbol,
        OrderSpec spec,
        @Nullable OrderList list,
        Place place) {
      this.orderId = orderId;
      this.account = account;
      this.symbol = symbol;
      this.spec = spec;
      this.list = list;
      this.place = place;
      this.clientOrderId = spec.clientOrderId();
      this.quantity = spec.quantity();
      this.price = spec.price();
    }

    @Override
    public boolean over() {
      return ended;
    }

    Side side() {
      return spec.side();
    }

    long remaining() {
      return quantity - executed - prevented;
    }

    boolean resting() {
      List<Order> level = symbol.side(side()).get(price);
      return level != null && level.contains(this);
    }

    /** The other leg of its OCO pair while that is open. */
    @Nullable Order openSibling() {
      if (list == null) {
        return null;
      }
      for (Order leg : list.pair()) {
        if (leg != this && !leg.ended && list.pair().contains(this)) {
          return leg;
        }
      }
      return null;
    }
  }

  static final class OrderList implements Work {
    final long orderListId;
    final long account;
    final Symbol symbol;
    final ListType type;
    final String clientId;
    final List<Order> legs = new ArrayList<>();

    /** The hold record that the legs of the OCO pair share. */
    long held;

    OrderList(long orderListId, long account, Symbol symbol, ListType type, String clientId) {
      this.orderListId = orderListId;
      this.account = account;
      this.symbol = symbol;
      this.type = type;
      this.clientId = clientId;
    }

    @Override
    public boolean over() {
      return done();
    }

    /** The two legs of which one cancels the other; none in an OTO. */
    List<Order> pair() {
      return switch (type) {
        case OCO -> legs;
        case OTO -> List.of();
        case OTOCO -> legs.isEmpty() ? legs : legs.subList(1, legs.size());
      };
    }

    List<Order> pendingLegs() {
      return type == ListType.OCO ? List.of() : legs.subList(1, legs.size());
    }

    boolean done() {
      return legs.stream().allMatch(leg -> leg.ended);
    }
  }

  static boolean conditional(OrderType type) {
    return switch (type) {
      case STOP_LOSS, STOP_LOSS_LIMIT, TAKE_PROFIT, TAKE_PROFIT_LIMIT -> true;
      case LIMIT, MARKET, LIMIT_MAKER -> false;
    };
  }

  /** Types that match at any price once they work. */
  static boolean marketLike(OrderType type) {
    return switch (type) {
      case MARKET, STOP_LOSS, TAKE_PROFIT -> true;
      case LIMIT, LIMIT_MAKER, STOP_LOSS_LIMIT, TAKE_PROFIT_LIMIT -> false;
    };
  }

  static boolean stopLoss(OrderType type) {
    return type == OrderType.STOP_LOSS || type == OrderType.STOP_LOSS_LIMIT;
  }

  /** True when the stop is met by a last price at or above it, false when at or below. */
  static boolean triggersAbove(OrderSpec spec) {
    return stopLoss(spec.type()) == (spec.side() == Side.BUY);
  }

  static boolean stopMet(OrderSpec spec, long last) {
    return triggersAbove(spec) ? last >= spec.stopPrice() : last <= spec.stopPrice();
  }

  static boolean goodTillCanceled(OrderSpec spec) {
    return spec.timeInForce() == TimeInForce.GTC;
  }
}
