package org.fondaco.engine.core;

import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.fondaco.engine.protocol.CancelRestriction;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.CommandCodec;
import org.fondaco.engine.protocol.CommandHeader;
import org.fondaco.engine.protocol.Filters;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.SymbolStatus;
import org.fondaco.engine.protocol.TimeInForce;
import org.fondaco.engine.protocol.TransferLeg;
import org.fondaco.engine.sbe.CancelOrderDecoder;
import org.fondaco.engine.sbe.CancelOrderEncoder;
import org.fondaco.engine.sbe.CommandHeaderEncoder;
import org.fondaco.engine.sbe.MessageHeaderDecoder;
import org.fondaco.engine.sbe.MoveOrderDecoder;
import org.fondaco.engine.sbe.MoveOrderEncoder;
import org.fondaco.engine.sbe.OrderAcceptedDecoder;
import org.fondaco.engine.sbe.OrderSpecEncoder;
import org.fondaco.engine.sbe.PlaceOrderEncoder;

/**
 * Endless trading that itself allocates nothing: commands are encoded once and patched in place.
 * All filters, fees, digests and client ids are on; orders of every kind that needs no list.
 */
final class SteadyTrading implements EventSink {

  private static final int ACCOUNTS = 50;
  private static final int LIVE = 4_096;
  private static final long ONE = 100_000_000L;
  private static final long MIDDLE = 1_000;
  private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
  private static final OrderType[] TYPES = {
    OrderType.LIMIT, OrderType.LIMIT, OrderType.MARKET, OrderType.STOP_LOSS_LIMIT
  };

  private final Engine engine;
  private final CommandCodec codec = new CommandCodec();
  private final UnsafeBuffer events = new UnsafeBuffer(new byte[4_096]);
  private final UnsafeBuffer[] places = new UnsafeBuffer[8];
  private final UnsafeBuffer cancel = new UnsafeBuffer(new byte[512]);
  private final UnsafeBuffer move = new UnsafeBuffer(new byte[512]);
  private final PlaceOrderEncoder place = new PlaceOrderEncoder();
  private final CancelOrderEncoder cancelEncoder = new CancelOrderEncoder();
  private final MoveOrderEncoder moveEncoder = new MoveOrderEncoder();
  private final long[] liveOrder = new long[LIVE];
  private final long[] liveAccount = new long[LIVE];
  private long sequence;
  private long time = 1_700_000_000_000_000L;
  private long random = 42;
  private int eventCount;

  /** The place that the present command is about, so that at most LIVE orders are open. */
  private int live;

  private int trades;

  SteadyTrading(Engine engine) {
    this.engine = engine;
    open();
    List<UnsafeBuffer> encoded = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
      encode(new Command.PlaceOrder(1_000, 1, false, spec(i)), buffer);
      encoded.add(buffer);
    }
    encoded.toArray(places);
    encode(new Command.CancelOrder(1_000, 1, 1, "", "c", CancelRestriction.NONE), cancel);
    encode(new Command.MoveOrder(1_000, 1, 1, 1), move);
  }

  private static OrderSpec spec(int variant) {
    OrderType type = TYPES[variant / 2];
    boolean market = type == OrderType.MARKET;
    boolean stop = type == OrderType.STOP_LOSS_LIMIT;
    return new OrderSpec(
        variant % 2 == 0 ? Side.BUY : Side.SELL,
        type,
        TimeInForce.GTC,
        variant / 2 == 1 ? SelfTradePreventionMode.DECREMENT : SelfTradePreventionMode.EXPIRE_MAKER,
        stop && variant % 2 == 0 ? 100 : 0,
        ONE,
        0,
        market ? 0 : ONE,
        stop && variant % 2 == 1 ? ONE : 0,
        variant / 2 == 1 ? ONE / 10 : 0,
        Long.MIN_VALUE,
        0,
        "x");
  }

  private void open() {
    setUp(new Command.AddAsset(1, "BASE", 8));
    setUp(new Command.AddAsset(2, "QUOTE", 8));
    Filters filters =
        new Filters(
            1,
            10_000 * ONE,
            ONE / 100,
            1_000,
            100 * ONE,
            ONE / 100,
            0,
            0,
            0,
            1,
            0,
            0,
            5,
            50_000,
            1_000,
            50_000,
            1_000,
            50_000,
            1_000,
            50_000,
            1_000,
            100,
            10,
            2_000,
            10,
            2_000,
            0,
            0,
            0,
            0,
            true,
            true,
            31);
    setUp(
        new Command.AddSymbol(
            1, "BASEQUOTE", 1, 2, ONE / 100, ONE / 100, SelfTradePreventionMode.NONE, filters));
    setUp(new Command.SetStatus(1, SymbolStatus.TRADING));
    setUp(new Command.SetFees(1, 0, 100_000, 200_000));
    for (long account = 1_000; account < 1_000 + ACCOUNTS; account++) {
      setUp(new Command.SetAccount(account, true, 0, account % 10 == 0 ? 7 : -1, 0));
      for (int asset = 1; asset <= 2; asset++) {
        TransferLeg leg =
            new TransferLeg(
                LegKind.TRANSFER, SystemAccounts.TEST_FUNDS, account, asset, 1L << 55, 0, 0, 0);
        setUp(new Command.TransferBatch(List.of(leg)));
      }
    }
  }

  private void setUp(Command command) {
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_024]);
    apply(buffer, encode(command, buffer));
  }

  private int encode(Command command, UnsafeBuffer buffer) {
    return codec.encode(new CommandHeader(time, 0, 0, 0, 0), command, buffer, 0);
  }

  private void apply(UnsafeBuffer buffer, int length) {
    engine.apply(++sequence, buffer, 0, length, this);
  }

  private int random(int bound) {
    random = random * 6364136223846793005L + 1442695040888963407L;
    return (int) ((random >>> 33) % bound);
  }

  /** Runs one random command. */
  void step() {
    time += 50;
    int kind = random(10);
    live = random(LIVE);
    if (liveOrder[live] == 0) {
      placeOne();
    } else if (kind < 6) {
      moveEncoder.wrap(move, HEADER);
      moveEncoder.account(liveAccount[live]);
      moveEncoder.orderId(liveOrder[live]);
      moveEncoder.newPrice(price(random(2), false));
      stamp(move);
      apply(move, HEADER + MoveOrderDecoder.BLOCK_LENGTH);
    } else {
      cancelEncoder.wrap(cancel, HEADER);
      cancelEncoder.account(liveAccount[live]);
      cancelEncoder.orderId(liveOrder[live]);
      liveOrder[live] = 0;
      stamp(cancel);
      apply(cancel, HEADER + CancelOrderDecoder.BLOCK_LENGTH);
    }
  }

  private long price(int side, boolean crossing) {
    long away = 1L + random(200) - (crossing ? 150 : 0);
    return (MIDDLE * 100 + (side == 0 ? -away : away)) * (ONE / 100);
  }

  private void placeOne() {
    int variant = random(places.length);
    UnsafeBuffer buffer = places[variant];
    place.wrap(buffer, HEADER);
    place.account(1_000 + random(ACCOUNTS));
    OrderSpecEncoder spec = place.spec();
    spec.quantity((1 + random(300)) * (ONE / 10));
    int type = variant / 2;
    if (type != 2) {
      spec.price(price(variant % 2, random(4) == 0));
    }
    if (type == 3 && variant % 2 == 1) {
      spec.stopPrice((MIDDLE * 100 - 300 - random(100)) * (ONE / 100));
    }
    int at = spec.offset() + OrderSpecEncoder.clientOrderIdEncodingOffset();
    for (int i = 0; i < 16; i++) {
      buffer.putByte(at + i, (byte) ('a' + (sequence >>> 4 * i & 15)));
    }
    stamp(buffer);
    apply(buffer, HEADER + PlaceOrderEncoder.BLOCK_LENGTH);
  }

  private void stamp(UnsafeBuffer buffer) {
    buffer.putLong(HEADER + CommandHeaderEncoder.timeEncodingOffset(), time);
    buffer.putLong(HEADER + CommandHeaderEncoder.digestHighEncodingOffset(), sequence * 31);
    buffer.putLong(
        HEADER + CommandHeaderEncoder.digestLowEncodingOffset(),
        (sequence + 1) * 0x9E3779B97F4A7C15L);
  }

  int trades() {
    return trades;
  }

  int eventCount() {
    return eventCount;
  }

  @Override
  public int claim(int length) {
    return 0;
  }

  @Override
  public MutableDirectBuffer buffer() {
    return events;
  }

  @Override
  public void commit() {
    eventCount++;
    int template = events.getShort(MessageHeaderDecoder.templateIdEncodingOffset());
    if (template == OrderAcceptedDecoder.TEMPLATE_ID) {
      liveOrder[live] = events.getLong(HEADER + OrderAcceptedDecoder.orderIdEncodingOffset());
      liveAccount[live] = events.getLong(HEADER + OrderAcceptedDecoder.accountEncodingOffset());
    } else if (template == 106) {
      trades++;
    }
  }
}
