package org.fondaco.engine.exchangecore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.fondaco.engine.core.Engine;
import org.fondaco.engine.core.EngineSizing;
import org.fondaco.engine.core.EventSink;
import org.fondaco.engine.core.StateMachine;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.protocol.CancelRestriction;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.CommandCodec;
import org.fondaco.engine.protocol.CommandHeader;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.EventCodec;
import org.fondaco.engine.protocol.Filters;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.SymbolStatus;
import org.fondaco.engine.protocol.TimeInForce;
import org.fondaco.engine.protocol.TransferLeg;

/**
 * Our whole engine with one symbol at zero fees and without self-trade prevention, which
 * exchange-core does not have. A tick is 100 quote units, a lot 10^6 base units.
 */
final class OurBook {

  private static final long TICK = 100;
  private static final long LOT = 1_000_000;
  private static final long FUNDS = 1L << 50;
  private static final int BASE = 1;
  private static final int QUOTE = 2;
  private static final int SYMBOL = 1;

  private final StateMachine engine = new Engine(EngineSizing.small());
  private final CommandCodec commands = new CommandCodec();
  private final EventCodec events = new EventCodec();
  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(16 * 1024);
  private final ListSink sink = new ListSink();
  private long time = 1;

  OurBook(int accounts, long maxPrice, long maxSize) {
    apply(new Command.AddAsset(BASE, "BASE", 8));
    apply(new Command.AddAsset(QUOTE, "QUOTE", 8));
    apply(
        new Command.AddSymbol(
            SYMBOL,
            "BASEQUOTE",
            BASE,
            QUOTE,
            TICK,
            LOT,
            SelfTradePreventionMode.NONE,
            filters(maxPrice * TICK, maxSize * LOT)));
    apply(new Command.SetStatus(SYMBOL, SymbolStatus.TRADING));
    for (int i = 0; i < accounts; i++) {
      long account = SystemAccounts.FIRST_CUSTOMER + i;
      apply(new Command.SetAccount(account, true, 0, -1, 0));
      apply(new Command.TransferBatch(List.of(fund(account, BASE), fund(account, QUOTE))));
    }
  }

  private static TransferLeg fund(long account, int asset) {
    return new TransferLeg(
        LegKind.TRANSFER, SystemAccounts.TEST_FUNDS, account, asset, FUNDS, 0, 0, 0);
  }

  private static Filters filters(long maxPrice, long maxQuantity) {
    return new Filters(
        TICK,
        maxPrice,
        TICK,
        LOT,
        maxQuantity,
        LOT,
        0,
        0,
        0,
        0,
        0,
        0,
        5,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        10,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        false,
        false,
        0x1f);
  }

  Answer apply(Action action) {
    List<EngineEvent> group = apply(command(action));
    List<Answer.Fill> fills = new ArrayList<>();
    for (EngineEvent event : group) {
      if (event instanceof EngineEvent.Trade trade) {
        if (trade.takerOrderId() != action.order()) {
          throw new AssertionError("taker is " + trade.takerOrderId() + " in " + action);
        }
        fills.add(
            new Answer.Fill(
                trade.makerOrderId(), exact(trade.price(), TICK), exact(trade.quantity(), LOT)));
      }
    }
    RejectReason reason = ((EngineEvent.CommandDone) group.getLast()).reason();
    if (reason != RejectReason.NONE && reason != RejectReason.UNKNOWN_ORDER) {
      throw new AssertionError(reason + " for " + action);
    }
    return new Answer(reason == RejectReason.NONE, fills);
  }

  private static Command command(Action action) {
    long account = SystemAccounts.FIRST_CUSTOMER + action.account();
    return switch (action) {
      case Action.Place place ->
          new Command.PlaceOrder(
              account,
              SYMBOL,
              false,
              new OrderSpec(
                  place.buy() ? Side.BUY : Side.SELL,
                  OrderType.LIMIT,
                  switch (place.kind()) {
                    case GOOD_TILL_CANCELED -> TimeInForce.GTC;
                    case IMMEDIATE_OR_CANCEL -> TimeInForce.IOC;
                    case FILL_OR_KILL -> TimeInForce.FOK;
                  },
                  SelfTradePreventionMode.NONE,
                  0,
                  place.size() * LOT,
                  0,
                  place.price() * TICK,
                  0,
                  0,
                  Long.MIN_VALUE,
                  0,
                  "o" + place.order()));
      case Action.Cancel cancel -> cancel(account, cancel.order());
      case Action.Reduce reduce ->
          reduce.quantity() == 0
              ? cancel(account, reduce.order())
              : new Command.AmendOrder(
                  account, SYMBOL, reduce.order(), "", "", reduce.quantity() * LOT);
      case Action.Move move ->
          new Command.MoveOrder(account, SYMBOL, move.order(), move.price() * TICK);
    };
  }

  private static Command cancel(long account, long order) {
    return new Command.CancelOrder(account, SYMBOL, order, "", "", CancelRestriction.NONE);
  }

  private List<EngineEvent> apply(Command command) {
    time++;
    int length = commands.encode(new CommandHeader(time, 0, 0, 0, 0), command, buffer, 0);
    sink.group.clear();
    engine.apply(engine.sequence() + 1, buffer, 0, length, sink);
    return List.copyOf(sink.group);
  }

  /** Resting orders, bids first, best price first; within a price ascending by number. */
  List<Answer.Resting> resting() {
    sink.group.clear();
    engine.describe(sink);
    List<Answer.Resting> resting = new ArrayList<>();
    for (EngineEvent event : sink.group) {
      if (event instanceof EngineEvent.OrderState state) {
        long remaining =
            state.spec().quantity() - state.executedQuantity() - state.preventedQuantity();
        resting.add(
            new Answer.Resting(
                state.orderId(),
                state.spec().side() == Side.BUY,
                exact(state.spec().price(), TICK),
                exact(remaining, LOT)));
      }
    }
    resting.sort(BOOK_ORDER);
    return resting;
  }

  static final Comparator<Answer.Resting> BOOK_ORDER =
      Comparator.comparing(Answer.Resting::buy)
          .reversed()
          .thenComparingLong(order -> order.buy() ? -order.price() : order.price())
          .thenComparingLong(Answer.Resting::order);

  /** Also proves that every asset sums to zero and every hold is accounted for. */
  void verify() {
    engine.stateHash();
  }

  private static long exact(long units, long unit) {
    if (units % unit != 0) {
      throw new AssertionError(units + " is no multiple of " + unit);
    }
    return units / unit;
  }

  private final class ListSink implements EventSink {
    private final List<EngineEvent> group = new ArrayList<>();
    private final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer(1024);

    @Override
    public int claim(int length) {
      bytes.checkLimit(length);
      return 0;
    }

    @Override
    public MutableDirectBuffer buffer() {
      return bytes;
    }

    @Override
    public void commit() {
      group.add(events.decode(bytes, 0));
    }
  }
}
