package org.fondaco.engine.readmodel;

import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.ExpiryReason;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderStatus;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.TimeInForce;
import org.fondaco.engine.sbe.OrderSpecDecoder;
import org.fondaco.engine.sbe.OrderStateDecoder;
import org.jspecify.annotations.Nullable;

/**
 * What the events of one order add up to. The only place that knows how: the live model and {@link
 * OrderFold} both fold through it. Quantities and times as in {@link OrderView}.
 *
 * <p>Not thread-safe: the live model guards it by its account's shard lock.
 */
public class FoldedOrder {

  private static final long NONE = -1;

  final long account;
  final int symbol;
  final long orderId;
  final long orderListId;
  final Side side;
  private final OrderType type;
  private final TimeInForce timeInForce;
  private final SelfTradePreventionMode selfTradePreventionMode;
  private final int trailingDelta;
  private final long quoteOrderQuantity;
  private final long stopPrice;
  private final long icebergQuantity;
  private final long strategyId;
  private final int strategyType;
  private final long acceptedTime;
  private long quantity;
  private long price;
  private String clientOrderId;

  private OrderStatus status;
  private boolean working;
  private long executedQuantity;
  private long executedQuote;
  private long preventedQuantity;
  private long preventedMatchId = NONE;
  private ExpiryReason expiryReason = ExpiryReason.NONE;
  private long updateTime;
  private long workingTime = NONE;
  private long trailingTime = NONE;

  /** Built when first asked for after a change, so that the writer never pays for it. */
  private @Nullable OrderView view;

  /** An order as OrderAccepted tells it. */
  FoldedOrder(
      long account,
      int symbol,
      long orderId,
      long orderListId,
      OrderStatus status,
      boolean working,
      OrderSpec spec,
      long time) {
    this.account = account;
    this.symbol = symbol;
    this.orderId = orderId;
    this.orderListId = orderListId;
    this.side = spec.side();
    this.type = spec.type();
    this.timeInForce = spec.timeInForce();
    this.selfTradePreventionMode = spec.selfTradePreventionMode();
    this.trailingDelta = spec.trailingDelta();
    this.quantity = spec.quantity();
    this.quoteOrderQuantity = spec.quoteOrderQuantity();
    this.price = spec.price();
    this.stopPrice = spec.stopPrice();
    this.icebergQuantity = spec.icebergQuantity();
    this.strategyId = spec.strategyId();
    this.strategyType = spec.strategyType();
    this.clientOrderId = spec.clientOrderId();
    this.acceptedTime = time;
    accepted(status, working, time);
  }

  /** As the other one, straight from the wire: no intermediate {@link OrderSpec}. */
  FoldedOrder(
      long account,
      int symbol,
      long orderId,
      long orderListId,
      OrderStatus status,
      boolean working,
      OrderSpecDecoder spec,
      String clientOrderId,
      long time) {
    this.account = account;
    this.symbol = symbol;
    this.orderId = orderId;
    this.orderListId = orderListId;
    this.side = Side.of(spec.side());
    this.type = OrderType.of(spec.type());
    this.timeInForce = TimeInForce.of(spec.timeInForce());
    this.selfTradePreventionMode = SelfTradePreventionMode.of(spec.selfTradePreventionMode());
    this.trailingDelta = spec.trailingDelta();
    this.quantity = spec.quantity();
    this.quoteOrderQuantity = spec.quoteOrderQuantity();
    this.price = spec.price();
    this.stopPrice = spec.stopPrice();
    this.icebergQuantity = spec.icebergQuantity();
    this.strategyId = spec.strategyId();
    this.strategyType = spec.strategyType();
    this.clientOrderId = clientOrderId;
    this.acceptedTime = time;
    accepted(status, working, time);
  }

  /** A newborn order; {@code time} is the engine time of the group, microseconds. */
  public static FoldedOrder of(EngineEvent.OrderAccepted event, long time) {
    return new FoldedOrder(
        event.account(),
        event.symbol(),
        event.orderId(),
        event.orderListId(),
        event.status(),
        event.working(),
        event.spec(),
        time);
  }

  /** An order as it was stored, to be folded on. */
  public static FoldedOrder of(OrderView stored) {
    FoldedOrder order =
        new FoldedOrder(
            stored.account(),
            stored.symbol(),
            stored.orderId(),
            stored.orderListId(),
            stored.status(),
            stored.working(),
            stored.spec(),
            stored.acceptedTime());
    order.executedQuantity = stored.executedQuantity();
    order.executedQuote = stored.executedQuote();
    order.preventedQuantity = stored.preventedQuantity();
    order.preventedMatchId = stored.preventedMatchId();
    order.expiryReason = stored.expiryReason();
    order.updateTime = stored.updateTime();
    order.workingTime = stored.workingTime();
    order.trailingTime = stored.trailingTime();
    order.view = stored;
    return order;
  }

  /**
   * Folds one more event of the order's group.
   *
   * @param event about this order, or a trade or prevented match of which it is one side
   * @param time engine time of the group, microseconds
   * @throws IllegalArgumentException when the event is not about an order's life
   */
  public final void apply(EngineEvent event, long time) {
    switch (event) {
      case EngineEvent.Triggered e -> triggered(time);
      case EngineEvent.Activated e -> activated(e.working(), time);
      case EngineEvent.TrailingStarted e -> trailingStarted(time);
      case EngineEvent.Trade e -> traded(e.quantity(), e.quoteQuantity(), time);
      case EngineEvent.PreventedMatch e -> prevented(e, time);
      case EngineEvent.Amended e -> amended(e.newQuantity(), e.clientOrderId(), time);
      case EngineEvent.Moved e -> moved(e.newPrice(), time);
      case EngineEvent.Canceled e -> canceled(time);
      case EngineEvent.Expired e -> expired(e.reason(), e.status(), time);
      case EngineEvent.OrderAccepted _,
          EngineEvent.Rejected _,
          EngineEvent.ListStatusChanged _,
          EngineEvent.HoldOpened _,
          EngineEvent.HoldClosed _,
          EngineEvent.TransferPosted _,
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
          EngineEvent.CommandDone _ ->
          throw new IllegalArgumentException("not about the life of an order: " + event);
    }
  }

  /** A side without an execution id was not touched by the mode. */
  private void prevented(EngineEvent.PreventedMatch match, long time) {
    if (match.takerOrderId() == orderId && match.takerExecutionId() != 0) {
      prevented(match.preventedMatchId(), match.takerPreventedQuantity(), time);
    }
    if (match.makerOrderId() == orderId && match.makerExecutionId() != 0) {
      prevented(match.preventedMatchId(), match.makerPreventedQuantity(), time);
    }
  }

  private void accepted(OrderStatus acceptedStatus, boolean acceptedWorking, long time) {
    status = acceptedStatus;
    working = acceptedWorking;
    updateTime = time;
    if (acceptedWorking) {
      workingTime = time;
    }
    if (acceptedStatus == OrderStatus.NEW) {
      trackFromNow(time);
    }
  }

  /** Replaces everything that events would have added up to by what the engine says it is. */
  final void prime(OrderStateDecoder state) {
    status = OrderStatus.of(state.status());
    working = state.working() != 0;
    executedQuantity = state.executedQuantity();
    executedQuote = state.executedQuote();
    preventedQuantity = state.preventedQuantity();
    preventedMatchId = state.preventedMatchId();
    updateTime = state.updateTime();
    workingTime = state.workingTime();
    trailingTime = state.trailingTime();
    view = null;
  }

  /** A trailing order without a stopPrice follows the price as soon as it is NEW. */
  private void trackFromNow(long time) {
    if (trailingDelta > 0 && stopPrice == 0) {
      trailingTime = time;
    }
  }

  final void triggered(long time) {
    working = true;
    workingTime = time;
    changed(time);
  }

  final void activated(boolean nowWorking, long time) {
    status = OrderStatus.NEW;
    working = nowWorking;
    if (nowWorking) {
      workingTime = time;
    }
    trackFromNow(time);
    changed(time);
  }

  final void trailingStarted(long time) {
    trailingTime = time;
    view = null;
  }

  final void traded(long tradedQuantity, long tradedQuote, long time) {
    executedQuantity += tradedQuantity;
    executedQuote += tradedQuote;
    status = remaining() == 0 ? OrderStatus.FILLED : OrderStatus.PARTIALLY_FILLED;
    changed(time);
  }

  /** A prevented match that touched this side; how an order ends by it, Expired tells. */
  final void prevented(long matchId, long quantityRemoved, long time) {
    preventedMatchId = matchId;
    preventedQuantity += quantityRemoved;
    changed(time);
  }

  final void amended(long newQuantity, String newClientOrderId, long time) {
    quantity = newQuantity;
    clientOrderId = newClientOrderId;
    changed(time);
  }

  final void moved(long newPrice, long time) {
    price = newPrice;
    changed(time);
  }

  /** The order keeps its client id; the cancelling request's id belongs to the answer only. */
  final void canceled(long time) {
    status = OrderStatus.CANCELED;
    changed(time);
  }

  /** May follow the trade that filled it: a quoteOrderQty order tells by this how it ended. */
  final void expired(ExpiryReason reason, OrderStatus endStatus, long time) {
    status = endStatus;
    expiryReason = reason;
    changed(time);
  }

  private void changed(long time) {
    updateTime = time;
    view = null;
  }

  private long remaining() {
    return quantity - executedQuantity - preventedQuantity;
  }

  /** origQty as amended, base units. */
  public final long quantity() {
    return quantity;
  }

  final String clientOrderId() {
    return clientOrderId;
  }

  /** NEW, PENDING_NEW or PARTIALLY_FILLED. */
  public final boolean open() {
    return switch (status) {
      case NEW, PENDING_NEW, PARTIALLY_FILLED -> true;
      case FILLED, CANCELED, REJECTED, EXPIRED, EXPIRED_IN_MATCH -> false;
    };
  }

  /** The order as of the last event. */
  public final OrderView view() {
    OrderView present = view;
    if (present == null) {
      present = build();
      view = present;
    }
    return present;
  }

  private OrderView build() {
    OrderSpec spec =
        new OrderSpec(
            side,
            type,
            timeInForce,
            selfTradePreventionMode,
            trailingDelta,
            quantity,
            quoteOrderQuantity,
            price,
            stopPrice,
            icebergQuantity,
            strategyId,
            strategyType,
            clientOrderId);
    return new OrderView(
        account,
        symbol,
        orderId,
        orderListId,
        spec,
        status,
        working,
        executedQuantity,
        executedQuote,
        preventedQuantity,
        preventedMatchId,
        expiryReason,
        acceptedTime,
        updateTime,
        workingTime,
        trailingTime);
  }
}
