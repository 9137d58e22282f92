package org.fondaco.api.userdata;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fondaco.api.feed.Group;
import org.fondaco.api.symbol.Market;
import org.fondaco.api.symbol.Markets;
import org.fondaco.api.userdata.ExecutionReport.Fill;
import org.fondaco.api.userdata.ExecutionReport.Prevention;
import org.fondaco.api.userdata.ExecutionReport.Type;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.EngineEvent.AssetChanged;
import org.fondaco.engine.protocol.ExpiryReason;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.ListStatusType;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderStatus;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.RejectStage;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.readmodel.OrderView;

/**
 * Turns one group into the events of one account, in the order of the engine: a report for each
 * execution id, and the balances that the command left at the end.
 */
final class Narration {
  private final long account;
  private final Group group;
  private final OpenOrders open;
  private final Markets markets;
  private final Map<String, OrderSpec> replacements;
  private final Map<Long, EngineEvent.Expired> ends = new HashMap<>();
  private final List<UserEvent> told = new ArrayList<>();
  private final List<Long> touched = new ArrayList<>();
  private final List<AccountPosition.Balance> balances = new ArrayList<>();

  /**
   * @param replacements orders announced by the client id of the cancellation that they follow; the
   *     one that this group rejects is taken out
   */
  Narration(
      long account,
      Group group,
      OpenOrders open,
      Markets markets,
      Map<String, OrderSpec> replacements) {
    this.account = account;
    this.group = group;
    this.open = open;
    this.markets = markets;
    this.replacements = replacements;
    for (EngineEvent event : group.events()) {
      if (event instanceof EngineEvent.Expired expired) {
        ends.put(expired.orderId(), expired);
      }
    }
  }

  List<UserEvent> events() {
    group.events().forEach(this::event);
    open.forgetClosed(touched);
    if (!balances.isEmpty()) {
      told.add(new AccountPosition(List.copyOf(balances), group.time()));
    }
    return told;
  }

  private void event(EngineEvent event) {
    switch (event) {
      case EngineEvent.OrderAccepted e when e.account() == account -> accepted(e);
      case EngineEvent.Rejected e when e.account() == account -> rejected(e);
      case EngineEvent.Triggered e when e.account() == account ->
          report(e.symbol(), fold(e.orderId(), e), Type.NEW, e.executionId());
      case EngineEvent.Activated e when e.account() == account ->
          report(e.symbol(), fold(e.orderId(), e), Type.NEW, e.executionId());
      case EngineEvent.TrailingStarted e when e.account() == account -> fold(e.orderId(), e);
      case EngineEvent.Trade e -> traded(e);
      case EngineEvent.PreventedMatch e -> prevented(e);
      case EngineEvent.Amended e when e.account() == account -> amended(e);
      case EngineEvent.Moved e when e.account() == account ->
          report(e.symbol(), fold(e.orderId(), e), Type.REPLACED, e.executionId());
      case EngineEvent.Canceled e when e.account() == account -> canceled(e);
      case EngineEvent.Expired e when e.account() == account -> expired(e);
      case EngineEvent.ListStatusChanged e when e.account() == account -> listed(e);
      case EngineEvent.HoldOpened e when e.account() == account ->
          moved(BalanceChange.Kind.LOCK, e.asset(), e.amount());
      case EngineEvent.HoldClosed e when e.account() == account ->
          moved(BalanceChange.Kind.LOCK, e.asset(), -Math.addExact(e.posted(), e.released()));
      case EngineEvent.TransferPosted e -> transferred(e);
      case EngineEvent.BalanceChanged e when e.account() == account -> balance(e);
      case EngineEvent.OrderAccepted _,
          EngineEvent.Rejected _,
          EngineEvent.Triggered _,
          EngineEvent.Activated _,
          EngineEvent.TrailingStarted _,
          EngineEvent.Amended _,
          EngineEvent.Moved _,
          EngineEvent.Canceled _,
          EngineEvent.Expired _,
          EngineEvent.ListStatusChanged _,
          EngineEvent.HoldOpened _,
          EngineEvent.HoldClosed _,
          EngineEvent.BatchRejected _,
          EngineEvent.LevelChanged _,
          EngineEvent.BalanceChanged _,
          EngineEvent.AssetChanged _,
          EngineEvent.SymbolChanged _,
          EngineEvent.FeesChanged _,
          EngineEvent.AccountChanged _,
          EngineEvent.VenueChanged _,
          EngineEvent.FreezeChanged _,
          EngineEvent.SourceState _,
          EngineEvent.MarkTotals _,
          EngineEvent.Marked _,
          EngineEvent.SourceOutcome _,
          EngineEvent.OrderState _,
          EngineEvent.ListState _,
          EngineEvent.SymbolState _,
          EngineEvent.CommandDone _ -> {}
    }
  }

  private OrderView fold(long orderId, EngineEvent event) {
    touched.add(orderId);
    return open.apply(orderId, event, group.time());
  }

  private void report(int symbol, OrderView order, Type type, long executionId) {
    told.add(ExecutionReport.of(markets.of(symbol), order, type, executionId, group.time()));
  }

  private void accepted(EngineEvent.OrderAccepted event) {
    touched.add(event.orderId());
    report(event.symbol(), open.accepted(event, group.time()), Type.NEW, event.executionId());
  }

  private void traded(EngineEvent.Trade trade) {
    boolean takerBuys = trade.takerSide() == Side.BUY;
    if (trade.takerAccount() == account) {
      filled(trade, trade.takerOrderId(), trade.takerFee(), takerBuys, false);
    }
    if (trade.makerAccount() == account) {
      filled(trade, trade.makerOrderId(), trade.makerFee(), !takerBuys, true);
    }
  }

  private void filled(
      EngineEvent.Trade trade, long orderId, long fee, boolean buyer, boolean maker) {
    Market market = markets.of(trade.symbol());
    OrderView order = fold(orderId, trade);
    Fill fill =
        new Fill(
            trade.tradeId(),
            trade.price(),
            trade.quantity(),
            trade.quoteQuantity(),
            fee,
            buyer ? market.base() : market.quote(),
            maker);
    // A quoteOrderQty order that the book could not serve expires although no lot is left of it: it
    // must not be told as filled before.
    OrderStatus status =
        order.status() == OrderStatus.FILLED && ends.containsKey(orderId)
            ? OrderStatus.PARTIALLY_FILLED
            : order.status();
    long executionId = maker ? trade.makerExecutionId() : trade.takerExecutionId();
    told.add(ExecutionReport.trade(market, order, status, fill, executionId, group.time()));
  }

  /** A side without an execution id was not touched by the mode. */
  private void prevented(EngineEvent.PreventedMatch match) {
    if (match.takerAccount() == account && match.takerExecutionId() != 0) {
      prevented(
          match,
          match.takerOrderId(),
          match.makerOrderId(),
          match.takerPreventedQuantity(),
          match.takerExecutionId());
    }
    if (match.makerAccount() == account && match.makerExecutionId() != 0) {
      prevented(
          match,
          match.makerOrderId(),
          match.takerOrderId(),
          match.makerPreventedQuantity(),
          match.makerExecutionId());
    }
  }

  private void prevented(
      EngineEvent.PreventedMatch match,
      long orderId,
      long counterOrderId,
      long lastQuantity,
      long executionId) {
    OrderView order = fold(orderId, match);
    // The end of an order by its prevention is an event of its own, but no report of its own.
    EngineEvent.Expired end = ends.get(orderId);
    if (end != null && end.executionId() == executionId) {
      order = fold(orderId, end);
    }
    Prevention prevention =
        new Prevention(
            match.preventedMatchId(),
            match.tradeGroupId(),
            counterOrderId,
            lastQuantity,
            match.price(),
            match.matchQuantity());
    told.add(
        ExecutionReport.prevention(
            markets.of(match.symbol()), order, prevention, executionId, group.time()));
  }

  private void expired(EngineEvent.Expired event) {
    if (event.reason() != ExpiryReason.SELF_TRADE_PREVENTION) {
      report(event.symbol(), fold(event.orderId(), event), Type.EXPIRED, event.executionId());
    }
  }

  private void amended(EngineEvent.Amended event) {
    OrderView order = fold(event.orderId(), event);
    told.add(
        ExecutionReport.named(
            markets.of(event.symbol()),
            order,
            Type.REPLACED,
            event.clientOrderId(),
            event.origClientOrderId(),
            event.executionId(),
            group.time()));
  }

  private void canceled(EngineEvent.Canceled event) {
    OrderView order = fold(event.orderId(), event);
    String name = order.spec().clientOrderId();
    told.add(
        ExecutionReport.named(
            markets.of(event.symbol()),
            order,
            Type.CANCELED,
            event.clientOrderId().isEmpty() ? name : event.clientOrderId(),
            name,
            event.executionId(),
            group.time()));
  }

  /**
   * Only the order that should replace a cancelled one is told of; others were no orders
   * [user-data-stream.md §Execution types].
   */
  private void rejected(EngineEvent.Rejected event) {
    if (event.stage() != RejectStage.PLACE) {
      return;
    }
    for (EngineEvent each : group.events()) {
      if (each instanceof EngineEvent.Canceled canceled && canceled.account() == account) {
        OrderSpec spec = replacements.remove(canceled.clientOrderId());
        if (spec != null) {
          told.add(
              ExecutionReport.rejected(
                  markets.of(event.symbol()),
                  unborn(event.symbol(), spec),
                  reason(event.reason()),
                  group.time()));
        }
      }
    }
  }

  private OrderView unborn(int symbol, OrderSpec spec) {
    return new OrderView(
        account,
        symbol,
        -1,
        -1,
        spec,
        OrderStatus.REJECTED,
        false,
        0,
        0,
        0,
        -1,
        ExpiryReason.NONE,
        group.time(),
        group.time(),
        -1,
        -1);
  }

  /** Binance's words where it has them [user-data-stream.md §Order Reject Reason]. */
  private static String reason(RejectReason reason) {
    return switch (reason) {
      case INSUFFICIENT_BALANCE -> "INSUFFICIENT_BALANCES";
      case WOULD_TRIGGER_IMMEDIATELY -> "STOP_PRICE_WOULD_TRIGGER_IMMEDIATELY";
      case WOULD_TAKE_IMMEDIATELY -> "WOULD_MATCH_IMMEDIATELY";
      case PRICE_RELATION -> "OCO_BAD_PRICES";
      default -> reason.name();
    };
  }

  private void listed(EngineEvent.ListStatusChanged event) {
    List<Long> ids =
        event.order3() == 0
            ? List.of(event.order1(), event.order2())
            : List.of(event.order1(), event.order2(), event.order3());
    String known = open.listName(event.orderListId());
    String name = event.listClientOrderId();
    if (name.isEmpty() && known != null) {
      name = known;
    }
    List<ListStatus.Leg> legs =
        ids.stream().map(id -> new ListStatus.Leg(id, open.legName(id))).toList();
    told.add(new ListStatus(markets.of(event.symbol()).name(), event, name, legs, group.time()));
    if (event.listStatusType() == ListStatusType.ALL_DONE) {
      open.forgetList(event.orderListId(), ids);
    } else {
      open.listed(event.orderListId(), event.listClientOrderId());
    }
  }

  private void transferred(EngineEvent.TransferPosted event) {
    if (event.kind() != LegKind.TRANSFER && event.kind() != LegKind.POST) {
      return;
    }
    if (event.from() == account) {
      moved(BalanceChange.Kind.BALANCE, event.asset(), -event.amount());
    }
    if (event.to() == account) {
      moved(BalanceChange.Kind.BALANCE, event.asset(), event.amount());
    }
  }

  /** Tokens have no asset; they are no balances. */
  private void moved(BalanceChange.Kind kind, int asset, long delta) {
    if (asset != 0 && delta != 0) {
      told.add(new BalanceChange(kind, markets.asset(asset), delta, group.time()));
    }
  }

  private void balance(EngineEvent.BalanceChanged event) {
    AssetChanged asset = markets.asset(event.asset());
    balances.add(
        new AccountPosition.Balance(
            asset, Math.subtractExact(event.total(), event.held()), event.held()));
  }
}
