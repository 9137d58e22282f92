package org.fondaco.engine.readmodel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.ExpiryReason;
import org.fondaco.engine.protocol.ListOrderStatus;
import org.fondaco.engine.protocol.ListStatusType;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderStatus;
import org.fondaco.engine.protocol.Side;

/**
 * The naive reference: answers every question by going through the whole history. An order is
 * recomputed field by field, each from the events that say something about that field, rather than
 * folded.
 */
public final class RecomputedReadModel {

  private record At(long time, EngineEvent event) {}

  private final List<At> history = new ArrayList<>();

  public void add(Group group) {
    group.events().forEach(event -> history.add(new At(group.time(), event)));
  }

  private <T extends EngineEvent> List<T> all(Class<T> type) {
    return history.stream()
        .filter(at -> type.isInstance(at.event))
        .map(at -> type.cast(at.event))
        .toList();
  }

  public List<OrderView> orders(long account, int symbol) {
    return history.stream()
        .filter(at ->
            at.event instanceof EngineEvent.OrderAccepted a
                && a.account() == account
                && (symbol == 0 || a.symbol() == symbol))
        .map(at -> order(at.time, (EngineEvent.OrderAccepted) at.event))
        .toList();
  }

  private OrderView order(long acceptedTime, EngineEvent.OrderAccepted accepted) {
    long id = accepted.orderId();
    List<At> own = history.stream().filter(at -> concerns(at.event, id)).toList();
    long executed = 0;
    long quote = 0;
    long prevented = 0;
    long match = -1;
    OrderSpec spec = accepted.spec();
    long quantity = spec.quantity();
    long price = spec.price();
    String clientId = spec.clientOrderId();
    OrderStatus status = accepted.status();
    ExpiryReason reason = ExpiryReason.NONE;
    boolean working = accepted.working();
    long workingTime = working ? acceptedTime : -1;
    boolean tracksAtOnce = spec.trailingDelta() > 0 && spec.stopPrice() == 0;
    long trailingTime = tracksAtOnce && status == OrderStatus.NEW ? acceptedTime : -1;
    long updateTime = acceptedTime;
    for (At at : own) {
      if (!(at.event instanceof EngineEvent.TrailingStarted)) {
        updateTime = at.time;
      }
      if (at.event instanceof EngineEvent.Trade t) {
        executed += t.quantity();
        quote += t.quoteQuantity();
        status =
            executed + prevented == quantity ? OrderStatus.FILLED : OrderStatus.PARTIALLY_FILLED;
      } else if (at.event instanceof EngineEvent.PreventedMatch p) {
        match = p.preventedMatchId();
        prevented +=
            p.takerOrderId() == id ? p.takerPreventedQuantity() : p.makerPreventedQuantity();
      } else if (at.event instanceof EngineEvent.Amended a) {
        quantity = a.newQuantity();
        clientId = a.clientOrderId();
      } else if (at.event instanceof EngineEvent.Moved m) {
        price = m.newPrice();
      } else if (at.event instanceof EngineEvent.Canceled) {
        status = OrderStatus.CANCELED;
      } else if (at.event instanceof EngineEvent.Expired e) {
        status = e.status();
        reason = e.reason();
      } else if (at.event instanceof EngineEvent.Triggered) {
        working = true;
        workingTime = at.time;
      } else if (at.event instanceof EngineEvent.Activated a) {
        status = OrderStatus.NEW;
        working = a.working();
        workingTime = a.working() ? at.time : -1;
        trailingTime = tracksAtOnce ? at.time : trailingTime;
      } else if (at.event instanceof EngineEvent.TrailingStarted) {
        trailingTime = at.time;
      }
    }
    return new OrderView(
        accepted.account(),
        accepted.symbol(),
        id,
        accepted.orderListId(),
        new OrderSpec(
            spec.side(),
            spec.type(),
            spec.timeInForce(),
            spec.selfTradePreventionMode(),
            spec.trailingDelta(),
            quantity,
            spec.quoteOrderQuantity(),
            price,
            spec.stopPrice(),
            spec.icebergQuantity(),
            spec.strategyId(),
            spec.strategyType(),
            clientId),
        status,
        working,
        executed,
        quote,
        prevented,
        match,
        reason,
        acceptedTime,
        updateTime,
        workingTime,
        trailingTime);
  }

  private static boolean concerns(EngineEvent event, long id) {
    return (event instanceof EngineEvent.Trade t
            && (t.takerOrderId() == id || t.makerOrderId() == id))
        || (event instanceof EngineEvent.PreventedMatch p
            && ((p.takerOrderId() == id && p.takerExecutionId() != 0)
                || (p.makerOrderId() == id && p.makerExecutionId() != 0)))
        || (event instanceof EngineEvent.Amended a && a.orderId() == id)
        || (event instanceof EngineEvent.Moved m && m.orderId() == id)
        || (event instanceof EngineEvent.Canceled c && c.orderId() == id)
        || (event instanceof EngineEvent.Expired e && e.orderId() == id)
        || (event instanceof EngineEvent.Triggered g && g.orderId() == id)
        || (event instanceof EngineEvent.Activated v && v.orderId() == id)
        || (event instanceof EngineEvent.TrailingStarted s && s.orderId() == id);
  }

  static boolean open(OrderView order) {
    return order.status() == OrderStatus.NEW
        || order.status() == OrderStatus.PENDING_NEW
        || order.status() == OrderStatus.PARTIALLY_FILLED;
  }

  public List<OrderView> openOrders(long account, int symbol) {
    return orders(account, symbol).stream().filter(RecomputedReadModel::open).toList();
  }

  /** The open one; else the closed one whose end is the latest event. */
  public Optional<OrderView> orderByClientId(long account, int symbol, String clientId) {
    return orders(account, symbol).stream()
        .filter(o -> o.spec().clientOrderId().equals(clientId))
        .max(Comparator.comparing((OrderView o) -> open(o) ? Integer.MAX_VALUE : lastEvent(o)));
  }

  private int lastEvent(OrderView order) {
    int last = -1;
    for (int i = 0; i < history.size(); i++) {
      if (concerns(history.get(i).event, order.orderId())) {
        last = i;
      }
    }
    return last;
  }

  public List<ReadModel.FillView> fills(long account, int symbol) {
    Map<Integer, EngineEvent.SymbolChanged> symbols = new TreeMap<>();
    all(EngineEvent.SymbolChanged.class).forEach(s -> symbols.put(s.symbol(), s));
    List<ReadModel.FillView> fills = new ArrayList<>();
    for (At at : history) {
      if (at.event instanceof EngineEvent.Trade t && (symbol == 0 || t.symbol() == symbol)) {
        EngineEvent.SymbolChanged config = Objects.requireNonNull(symbols.get(t.symbol()));
        boolean takerBuys = t.takerSide() == Side.BUY;
        int takerAsset = takerBuys ? config.baseAsset() : config.quoteAsset();
        int makerAsset = takerBuys ? config.quoteAsset() : config.baseAsset();
        if (t.takerAccount() == account) {
          fills.add(fill(t, t.takerOrderId(), t.takerFee(), takerAsset, at.time, takerBuys, false));
        }
        if (t.makerAccount() == account) {
          fills.add(fill(t, t.makerOrderId(), t.makerFee(), makerAsset, at.time, !takerBuys, true));
        }
      }
    }
    return fills;
  }

  private ReadModel.FillView fill(
      EngineEvent.Trade t,
      long orderId,
      long fee,
      int asset,
      long time,
      boolean buyer,
      boolean maker) {
    long list =
        all(EngineEvent.OrderAccepted.class).stream()
            .filter(a -> a.orderId() == orderId)
            .findFirst()
            .orElseThrow()
            .orderListId();
    return new ReadModel.FillView(
        t.symbol(),
        t.tradeId(),
        orderId,
        list,
        t.price(),
        t.quantity(),
        t.quoteQuantity(),
        fee,
        asset,
        time,
        buyer,
        maker);
  }

  public List<ReadModel.PreventedMatchView> preventedMatches(long account, int symbol) {
    return history.stream()
        .filter(at ->
            at.event instanceof EngineEvent.PreventedMatch p
                && p.symbol() == symbol
                && (p.takerAccount() == account || p.makerAccount() == account))
        .map(at -> {
          EngineEvent.PreventedMatch p = (EngineEvent.PreventedMatch) at.event;
          return new ReadModel.PreventedMatchView(
              symbol,
              p.preventedMatchId(),
              p.takerOrderId(),
              p.makerOrderId(),
              p.tradeGroupId(),
              p.mode(),
              p.price(),
              p.takerPreventedQuantity(),
              p.makerPreventedQuantity(),
              at.time);
        })
        .toList();
  }

  public List<ReadModel.AmendmentView> amendments(long account, int symbol) {
    Map<Long, Long> quantities = new TreeMap<>();
    List<ReadModel.AmendmentView> amendments = new ArrayList<>();
    for (At at : history) {
      if (at.event instanceof EngineEvent.OrderAccepted o) {
        quantities.put(o.orderId(), o.spec().quantity());
      } else if (at.event instanceof EngineEvent.Amended a) {
        long before = Objects.requireNonNull(quantities.put(a.orderId(), a.newQuantity()));
        if (a.account() == account && a.symbol() == symbol) {
          amendments.add(
              new ReadModel.AmendmentView(
                  symbol,
                  a.orderId(),
                  a.executionId(),
                  a.origClientOrderId(),
                  a.clientOrderId(),
                  before,
                  a.newQuantity(),
                  at.time));
        }
      }
    }
    return amendments;
  }

  public List<ReadModel.TradeView> trades(int symbol) {
    return history.stream()
        .filter(at -> at.event instanceof EngineEvent.Trade t && t.symbol() == symbol)
        .map(at -> {
          EngineEvent.Trade t = (EngineEvent.Trade) at.event;
          return new ReadModel.TradeView(
              t.tradeId(),
              t.price(),
              t.quantity(),
              t.quoteQuantity(),
              at.time,
              t.takerSide() == Side.SELL);
        })
        .toList();
  }

  public List<EngineEvent.BalanceChanged> balances(long account) {
    Map<Integer, EngineEvent.BalanceChanged> last = new TreeMap<>();
    all(EngineEvent.BalanceChanged.class).stream()
        .filter(b -> b.account() == account)
        .forEach(b -> last.put(b.asset(), b));
    return List.copyOf(last.values());
  }

  public ReadModel.Depth depth(int symbol, int limit) {
    TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    TreeMap<Long, Long> asks = new TreeMap<>();
    long updateId = 0;
    for (EngineEvent.LevelChanged level : all(EngineEvent.LevelChanged.class)) {
      if (level.symbol() == symbol) {
        updateId = level.updateId();
        (level.side() == Side.BUY ? bids : asks).put(level.price(), level.quantity());
      }
    }
    return new ReadModel.Depth(updateId, levels(bids, limit), levels(asks, limit));
  }

  private static List<ReadModel.Level> levels(TreeMap<Long, Long> side, int limit) {
    return side.entrySet().stream()
        .filter(level -> level.getValue() > 0)
        .limit(limit)
        .map(level -> new ReadModel.Level(level.getKey(), level.getValue()))
        .toList();
  }

  public List<ListView> lists(long account) {
    List<ListView> lists = new ArrayList<>();
    for (At at : history) {
      if (at.event instanceof EngineEvent.ListStatusChanged started
          && started.account() == account
          && started.listStatusType() == ListStatusType.EXEC_STARTED) {
        boolean done =
            all(EngineEvent.ListStatusChanged.class).stream()
                .anyMatch(l ->
                    l.orderListId() == started.orderListId()
                        && l.listStatusType() == ListStatusType.ALL_DONE);
        lists.add(
            new ListView(
                account,
                started.symbol(),
                started.orderListId(),
                started.contingencyType(),
                done ? ListStatusType.ALL_DONE : ListStatusType.EXEC_STARTED,
                done ? ListOrderStatus.ALL_DONE : ListOrderStatus.EXECUTING,
                started.listClientOrderId(),
                at.time,
                started.order3() == 0
                    ? List.of(started.order1(), started.order2())
                    : List.of(started.order1(), started.order2(), started.order3())));
      }
    }
    return lists;
  }
}
