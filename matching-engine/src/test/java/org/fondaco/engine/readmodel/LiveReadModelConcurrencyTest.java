package org.fondaco.engine.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderStatus;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.TimeInForce;
import org.junit.jupiter.api.Test;

/**
 * Readers beside the writer. Every group keeps a sum that half a group would break: balances of an
 * account, quantities of two orders, quantities of the two sides of a book.
 */
class LiveReadModelConcurrencyTest {

  private static final int GROUPS = 60_000;
  private static final long TOTAL = 1_000_000;
  private static final long ACCOUNT = EventScript.ACCOUNTS[0];
  private static final long OTHER = EventScript.ACCOUNTS[1];

  @Test
  void aReaderSeesWholeGroups() throws Exception {
    LiveReadModel model = new LiveReadModel(100, 100, 100);
    new EventScript(1).first().applyTo(model);
    group(2).applyTo(model);
    AtomicBoolean stop = new AtomicBoolean();
    try (ExecutorService readers = Executors.newFixedThreadPool(3)) {
      List<Future<Long>> reads = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        reads.add(readers.submit(() -> readUntil(model, stop)));
      }
      for (long sequence = 3; sequence < GROUPS; sequence++) {
        group(sequence).applyTo(model);
        model.watermark(sequence - 50);
        // The writer reads its own writes at once.
        assertThat(model.sequence()).isEqualTo(sequence);
        assertThat(model.order(ACCOUNT, 1, 2 * sequence)).isPresent();
      }
      stop.set(true);
      for (Future<Long> read : reads) {
        assertThat(read.get()).isPositive();
      }
    }
  }

  private static long readUntil(LiveReadModel model, AtomicBoolean stop) {
    long reads = 0;
    long last = 0;
    while (!stop.get()) {
      long atLeast = model.sequence();
      assertThat(atLeast).isGreaterThanOrEqualTo(last);
      last = atLeast;
      List<EngineEvent.BalanceChanged> balances = model.balances(ACCOUNT);
      assertThat(balances.stream().mapToLong(EngineEvent.BalanceChanged::total).sum())
          .isEqualTo(TOTAL);

      List<OrderView> open = model.openOrders(ACCOUNT, 1);
      assertThat(open).hasSize(2);
      assertThat(open.get(1).orderId()).isEqualTo(open.get(0).orderId() + 1);
      assertThat(open.get(0).orderId()).isGreaterThanOrEqualTo(2 * atLeast);
      assertThat(open.get(0).executedQuantity()).isEqualTo(open.get(1).executedQuantity());

      ReadModel.Depth depth = model.depth(1, 10);
      assertThat(depth.bids().getFirst().quantity()).isEqualTo(depth.asks().getFirst().quantity());
      assertThat(depth.updateId() % 2).isEqualTo(0);

      List<ReadModel.FillView> fills = model.fills(ACCOUNT, 1);
      assertThat(fills.size() % 2).isEqualTo(0);
      reads++;
    }
    return reads;
  }

  /** Ends the two orders of the group before, opens two, trades one unit of each with the other. */
  private static Group group(long sequence) {
    List<EngineEvent> events = new ArrayList<>();
    long time = sequence;
    if (sequence > 2) {
      events.add(new EngineEvent.Canceled(1, 2 * sequence - 2, ACCOUNT, 0, ""));
      events.add(new EngineEvent.Canceled(1, 2 * sequence - 1, ACCOUNT, 0, ""));
    }
    long maker = 10_000_000 + sequence;
    events.add(accepted(maker, OTHER, Side.SELL, 2));
    for (long order = 2 * sequence; order < 2 * sequence + 2; order++) {
      events.add(accepted(order, ACCOUNT, Side.BUY, 10));
      events.add(
          new EngineEvent.Trade(
              1, order, 5, 1, 5, Side.BUY, order, maker, ACCOUNT, OTHER, 0, 0, 0, 0));
    }
    events.add(new EngineEvent.LevelChanged(1, 2 * sequence - 1, Side.BUY, 4, sequence));
    events.add(new EngineEvent.LevelChanged(1, 2 * sequence, Side.SELL, 6, sequence));
    events.add(new EngineEvent.BalanceChanged(ACCOUNT, 1, sequence, 0));
    events.add(new EngineEvent.BalanceChanged(ACCOUNT, 3, TOTAL - sequence, 0));
    events.add(new EngineEvent.CommandDone(sequence, time, 1, RejectReason.NONE));
    return new Group(sequence, time, events);
  }

  private static EngineEvent.OrderAccepted accepted(
      long orderId, long account, Side side, long quantity) {
    return new EngineEvent.OrderAccepted(
        1,
        orderId,
        account,
        -1,
        0,
        OrderStatus.NEW,
        true,
        new OrderSpec(
            side,
            OrderType.LIMIT,
            TimeInForce.GTC,
            SelfTradePreventionMode.NONE,
            0,
            quantity,
            0,
            5,
            0,
            0,
            Long.MIN_VALUE,
            0,
            "c" + orderId));
  }
}
