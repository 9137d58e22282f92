package org.fondaco.engine.readmodel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.Side;
import org.jspecify.annotations.Nullable;

/**
 * The orders that one command placed, folded from the events of its group alone: what the answer to
 * the caller is made of. Needs no read model, and folds exactly as {@link LiveReadModel} does.
 */
public final class OrderFold {

  /**
   * An order placed by the command.
   *
   * @param accepted as it was accepted, before anything matched
   * @param order as of the end of the group
   * @param fills its fills in the group, in order
   */
  public record Placed(OrderView accepted, OrderView order, List<ReadModel.FillView> fills) {}

  private static final class Folding {
    final FoldedOrder order;
    final OrderView accepted;
    final List<ReadModel.FillView> fills = new ArrayList<>();

    Folding(FoldedOrder order) {
      this.order = order;
      this.accepted = order.view();
    }
  }

  private final EngineEvent.SymbolChanged symbol;
  private final long time;
  private final Map<Long, Folding> placed = new LinkedHashMap<>();
  private EngineEvent.@Nullable ListStatusChanged firstListStatus;
  private EngineEvent.@Nullable ListStatusChanged lastListStatus;

  private OrderFold(EngineEvent.SymbolChanged symbol, long time) {
    this.symbol = symbol;
    this.time = time;
  }

  /**
   * Folds a group.
   *
   * @param symbol the command's symbol, for the fee assets
   * @param time engine time of the group, microseconds
   * @param events the whole group
   */
  public static OrderFold of(
      EngineEvent.SymbolChanged symbol, long time, List<EngineEvent> events) {
    OrderFold fold = new OrderFold(symbol, time);
    events.forEach(fold::event);
    return fold;
  }

  /** Orders placed by the command, in the order of acceptance; empty when it placed none. */
  public List<Placed> placed() {
    return placed.values().stream()
        .map(folding ->
            new Placed(folding.accepted, folding.order.view(), List.copyOf(folding.fills)))
        .toList();
  }

  /** The list placed by the command, as of the end of the group. */
  public Optional<ListView> list() {
    EngineEvent.ListStatusChanged first = firstListStatus;
    EngineEvent.ListStatusChanged last = lastListStatus;
    if (first == null || last == null) {
      return Optional.empty();
    }
    return Optional.of(
        new ListView(
            first.account(),
            first.symbol(),
            first.orderListId(),
            first.contingencyType(),
            last.listStatusType(),
            last.listOrderStatus(),
            first.listClientOrderId(),
            time,
            LiveList.legs(first.order1(), first.order2(), first.order3())));
  }

  private void event(EngineEvent event) {
    switch (event) {
      case EngineEvent.OrderAccepted e ->
          placed.put(e.orderId(), new Folding(FoldedOrder.of(e, time)));
      case EngineEvent.Triggered e -> with(e.orderId(), f -> f.order.apply(e, time));
      case EngineEvent.Activated e -> with(e.orderId(), f -> f.order.apply(e, time));
      case EngineEvent.TrailingStarted e -> with(e.orderId(), f -> f.order.apply(e, time));
      case EngineEvent.Trade e -> traded(e);
      case EngineEvent.PreventedMatch e -> {
        with(e.takerOrderId(), f -> f.order.apply(e, time));
        with(e.makerOrderId(), f -> f.order.apply(e, time));
      }
      case EngineEvent.Amended e -> with(e.orderId(), f -> f.order.apply(e, time));
      case EngineEvent.Moved e -> with(e.orderId(), f -> f.order.apply(e, time));
      case EngineEvent.Canceled e -> with(e.orderId(), f -> f.order.apply(e, time));
      case EngineEvent.Expired e -> with(e.orderId(), f -> f.order.apply(e, time));
      case EngineEvent.ListStatusChanged e -> listStatusChanged(e);
      case EngineEvent.Rejected e -> {}
      case EngineEvent.HoldOpened e -> {}
      case EngineEvent.HoldClosed e -> {}
      case EngineEvent.TransferPosted e -> {}
      case EngineEvent.BatchRejected e -> {}
      case EngineEvent.LevelChanged e -> {}
      case EngineEvent.BalanceChanged e -> {}
      case EngineEvent.AssetChanged e -> {}
      case EngineEvent.SymbolChanged e -> {}
      case EngineEvent.FeesChanged e -> {}
      case EngineEvent.AccountChanged e -> {}
      case EngineEvent.VenueChanged e -> {}
      case EngineEvent.FreezeChanged e -> {}
      case EngineEvent.SourceState e -> {}
      case EngineEvent.MarkTotals e -> {}
      case EngineEvent.Marked e -> {}
      case EngineEvent.SourceOutcome e -> {}
      case EngineEvent.OrderState e -> {}
      case EngineEvent.ListState e -> {}
      case EngineEvent.SymbolState e -> {}
      case EngineEvent.CommandDone e -> {}
    }
  }

  private void with(long orderId, Consumer<Folding> change) {
    Folding folding = placed.get(orderId);
    if (folding != null) {
      change.accept(folding);
    }
  }

  private void traded(EngineEvent.Trade trade) {
    boolean takerBuys = trade.takerSide() == Side.BUY;
    with(trade.takerOrderId(), f -> fill(f, trade, trade.takerFee(), takerBuys, false));
    with(trade.makerOrderId(), f -> fill(f, trade, trade.makerFee(), !takerBuys, true));
  }

  private void fill(
      Folding folding, EngineEvent.Trade trade, long fee, boolean buyer, boolean maker) {
    folding.order.apply(trade, time);
    folding.fills.add(
        new ReadModel.FillView(
            trade.symbol(),
            trade.tradeId(),
            folding.order.orderId,
            folding.order.orderListId,
            trade.price(),
            trade.quantity(),
            trade.quoteQuantity(),
            fee,
            buyer ? symbol.baseAsset() : symbol.quoteAsset(),
            time,
            buyer,
            maker));
  }

  /** Deferred work may end other lists in the same group; EXEC_STARTED says which is ours. */
  private void listStatusChanged(EngineEvent.ListStatusChanged event) {
    switch (event.listStatusType()) {
      case EXEC_STARTED -> {
        firstListStatus = event;
        lastListStatus = event;
      }
      case ALL_DONE, UPDATED, RESPONSE -> {
        if (firstListStatus != null && firstListStatus.orderListId() == event.orderListId()) {
          lastListStatus = event;
        }
      }
    }
  }
}
