package org.fondaco.api.projection;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.agrona.ExpandableArrayBuffer;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.EventCodec;
import org.fondaco.engine.protocol.ExpiryReason;
import org.fondaco.engine.protocol.Filters;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderStatus;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.SymbolStatus;
import org.fondaco.engine.protocol.TimeInForce;

/**
 * Event groups as an engine would write them, from a seed: two accounts that place, trade, amend,
 * cancel and prevent each other on one symbol whose price is always 2 quote units per base unit,
 * with balances that add up.
 */
final class Groups {
  static final int BASE = 1;
  static final int QUOTE = 2;
  static final int SYMBOL = 7;
  static final long ALICE = 1_000;
  static final long BOB = 1_001;
  static final long FIRST_TIME = 1_700_000_000_000_000L;
  private static final long UNIT = 100_000_000;

  /** One encoded group. */
  record Group(long sequence, long time, ExpandableArrayBuffer bytes, int length) {
    void deliverTo(Projector projector) {
      projector.group(sequence, time, bytes, 0, length);
    }
  }

  private record Resting(
      long orderId, long account, Side side, long quantity, long origQuantity, String clientId) {}

  private final Random random;
  private final EventCodec codec = new EventCodec();
  private final TreeMap<Long, Resting> book = new TreeMap<>();
  private final TreeMap<String, Long> totals = new TreeMap<>();
  private final List<Group> groups = new ArrayList<>();
  private final List<EngineEvent> events = new ArrayList<>();
  private long nextOrderId = 1;
  private long nextTradeId;
  private long nextMatchId;
  private long executionId;

  private Groups(long seed) {
    this.random = new Random(seed);
  }

  /** Two groups of set-up, then {@code commands} groups of trading. */
  static List<Group> of(long seed, int commands) {
    Groups generator = new Groups(seed);
    generator.setUp();
    for (int i = 0; i < commands; i++) {
      generator.command();
    }
    return generator.groups;
  }

  static List<EngineEvent> decode(Group group) {
    EventCodec codec = new EventCodec();
    List<EngineEvent> decoded = new ArrayList<>();
    int position = 0;
    while (position < group.length()) {
      int size = group.bytes().getInt(position, ByteOrder.LITTLE_ENDIAN);
      decoded.add(codec.decode(group.bytes(), position + Integer.BYTES));
      position += Integer.BYTES + size;
    }
    return decoded;
  }

  private void setUp() {
    events.add(new EngineEvent.AssetChanged(BASE, "BTC", 8));
    events.add(new EngineEvent.AssetChanged(QUOTE, "USDT", 8));
    events.add(
        new EngineEvent.SymbolChanged(
            SYMBOL,
            "BTCUSDT",
            BASE,
            QUOTE,
            UNIT,
            1,
            SymbolStatus.TRADING,
            SelfTradePreventionMode.NONE,
            0,
            noFilters()));
    end();
    int leg = 0;
    for (long account : new long[] {ALICE, BOB}) {
      for (int asset : new int[] {BASE, QUOTE}) {
        long amount = 1_000_000_000L * UNIT;
        events.add(
            new EngineEvent.TransferPosted(
                leg++, LegKind.TRANSFER, SystemAccounts.TEST_FUNDS, account, asset, amount, 0, 0));
        move(SystemAccounts.TEST_FUNDS, account, asset, amount);
      }
    }
    end();
  }

  private void command() {
    if (!book.isEmpty() && random.nextInt(4) == 0) {
      Resting resting = book.firstEntry().getValue();
      events.add(
          random.nextBoolean()
              ? new EngineEvent.Canceled(
                  SYMBOL, resting.orderId(), resting.account(), ++executionId, "cancel")
              : new EngineEvent.Expired(
                  SYMBOL,
                  resting.orderId(),
                  resting.account(),
                  ++executionId,
                  ExpiryReason.EXCHANGE_CANCELED,
                  OrderStatus.EXPIRED));
      book.remove(resting.orderId());
    } else if (!book.isEmpty() && random.nextInt(6) == 0) {
      amend(book.lastEntry().getValue());
    } else {
      place();
    }
    end();
  }

  private void amend(Resting resting) {
    if (resting.quantity() > 1) {
      long left = 1 + random.nextLong(resting.quantity() - 1);
      long traded = resting.origQuantity() - resting.quantity();
      String clientId = "a" + executionId;
      events.add(
          new EngineEvent.Amended(
              SYMBOL,
              resting.orderId(),
              resting.account(),
              ++executionId,
              traded + left,
              clientId,
              resting.clientId()));
      book.put(
          resting.orderId(),
          new Resting(
              resting.orderId(), resting.account(), resting.side(), left, traded + left, clientId));
    }
  }

  private void prevent(long takerOrderId, long account, Resting maker) {
    events.add(
        new EngineEvent.PreventedMatch(
            SYMBOL,
            nextMatchId++,
            takerOrderId,
            maker.orderId(),
            account,
            maker.account(),
            account == maker.account() ? -1 : 5,
            SelfTradePreventionMode.EXPIRE_MAKER,
            2 * UNIT,
            maker.quantity(),
            0,
            maker.quantity(),
            0,
            ++executionId));
    events.add(
        new EngineEvent.Expired(
            SYMBOL,
            maker.orderId(),
            maker.account(),
            ++executionId,
            ExpiryReason.SELF_TRADE_PREVENTION,
            OrderStatus.EXPIRED_IN_MATCH));
    book.remove(maker.orderId());
  }

  private void place() {
    long account = random.nextBoolean() ? ALICE : BOB;
    Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
    long quantity = 1L + random.nextInt(1_000);
    long orderId = nextOrderId++;
    events.add(
        new EngineEvent.OrderAccepted(
            SYMBOL,
            orderId,
            account,
            -1,
            ++executionId,
            OrderStatus.NEW,
            true,
            limit(side, quantity, "c" + orderId)));
    long left = quantity;
    for (Resting maker : List.copyOf(book.values())) {
      if (left > 0 && maker.side() != side && random.nextInt(8) == 0) {
        prevent(orderId, account, maker);
      } else if (left > 0 && maker.side() != side) {
        long traded = Math.min(left, maker.quantity());
        trade(orderId, account, side, maker, traded);
        left -= traded;
        book.remove(maker.orderId());
        if (maker.quantity() > traded) {
          book.put(
              maker.orderId(),
              new Resting(
                  maker.orderId(),
                  maker.account(),
                  maker.side(),
                  maker.quantity() - traded,
                  maker.origQuantity(),
                  maker.clientId()));
        }
      }
    }
    if (left > 0) {
      book.put(orderId, new Resting(orderId, account, side, left, quantity, "c" + orderId));
    }
  }

  private void trade(long takerOrderId, long taker, Side side, Resting maker, long quantity) {
    long quote = 2 * quantity;
    executionId += 2;
    events.add(
        new EngineEvent.Trade(
            SYMBOL,
            nextTradeId++,
            2 * UNIT,
            quantity,
            quote,
            side,
            takerOrderId,
            maker.orderId(),
            taker,
            maker.account(),
            1,
            0,
            executionId - 1,
            executionId));
    long buyer = side == Side.BUY ? taker : maker.account();
    long seller = side == Side.BUY ? maker.account() : taker;
    move(seller, buyer, BASE, quantity);
    move(buyer, seller, QUOTE, quote);
    move(taker, SystemAccounts.FEES, side == Side.BUY ? BASE : QUOTE, 1);
  }

  private void move(long from, long to, int asset, long amount) {
    totals.merge(from + ":" + asset, -amount, Math::addExact);
    totals.merge(to + ":" + asset, amount, Math::addExact);
  }

  private void end() {
    totals.forEach((key, total) -> {
      String[] parts = key.split(":", 2);
      events.add(
          new EngineEvent.BalanceChanged(
              Long.parseLong(parts[0]), Integer.parseInt(parts[1]), total, 0));
    });
    long sequence = groups.size() + 1L;
    long time = FIRST_TIME + sequence;
    events.add(new EngineEvent.CommandDone(sequence, time, 1, RejectReason.NONE));
    ExpandableArrayBuffer bytes = new ExpandableArrayBuffer();
    int position = 0;
    for (EngineEvent event : events) {
      int size = codec.encode(event, bytes, position + Integer.BYTES);
      bytes.putInt(position, size, ByteOrder.LITTLE_ENDIAN);
      position += Integer.BYTES + size;
    }
    groups.add(new Group(sequence, time, bytes, position));
    events.clear();
  }

  private static OrderSpec limit(Side side, long quantity, String clientOrderId) {
    return new OrderSpec(
        side,
        OrderType.LIMIT,
        TimeInForce.GTC,
        SelfTradePreventionMode.NONE,
        0,
        quantity,
        0,
        2 * UNIT,
        0,
        0,
        Long.MIN_VALUE,
        0,
        clientOrderId);
  }

  private static Filters noFilters() {
    return new Filters(
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        false, false, 0);
  }
}
