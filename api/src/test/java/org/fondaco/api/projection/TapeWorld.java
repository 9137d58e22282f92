package org.fondaco.api.projection;

import java.nio.ByteOrder;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.fondaco.api.feed.Group;
import org.fondaco.api.tape.AggregateTrade;
import org.fondaco.api.tape.Tape;
import org.fondaco.db.Database;
import org.fondaco.engine.host.Projection.ProjectionUnavailable;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.EventCodec;
import org.fondaco.engine.protocol.Filters;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderStatus;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.SymbolStatus;
import org.fondaco.engine.protocol.TimeInForce;
import org.fondaco.engine.readmodel.LiveReadModel;
import org.fondaco.engine.readmodel.ReadModel;

/**
 * Random trades from a seed on two symbols, with jumps of time over every border, told to a real
 * projector, read model and tape as an engine would, and to a {@link NaiveTape}. The projector lags
 * as it likes, the feed may lose groups, and everything in memory may be forgotten at any time.
 */
public final class TapeWorld {
  public static final int[] SYMBOLS = {7, 8};
  private static final long BORN = NaiveTape.micros(LocalDateTime.of(2024, 2, 28, 23, 58, 59));
  private static final long[] JUMPS_SECONDS = {1, 59, 600, 3_600, 7 * 3_600, 86_400, 3 * 86_400};
  private static final long UNIT = 100_000_000;
  private static final long TAKER = 1_000;
  private static final long MAKER = 1_001;

  private final Random random;
  private final Database database;
  private final NaiveTape naive = new NaiveTape();
  private final List<AggregateTrade> told = new ArrayList<>();
  private final List<Encoded> groups = new ArrayList<>();
  private final List<EngineEvent> events = new ArrayList<>();
  private final long[] nextTradeId = {0, 0};
  private final EventCodec codec = new EventCodec();
  private Projector projector;
  private LiveReadModel model;
  private Tape tape;
  private long nextOrderId = 1;
  private long now = BORN;

  private record Encoded(Group group, ExpandableArrayBuffer bytes, int length) {}

  /** Starts with an empty database; two symbols, and quantities that overflow a long in sum. */
  public TapeWorld(long seed, Database database) {
    this.random = new Random(seed);
    this.database = database;
    this.projector = new Projector(database);
    this.model = new LiveReadModel(10, 10, 20);
    this.tape = new Tape(model, new TapeHistory(database.jooq()), () -> now);
    tape.listen(told::add);
    events.add(new EngineEvent.AssetChanged(1, "BTC", 8));
    events.add(new EngineEvent.AssetChanged(2, "USDT", 8));
    for (int symbol : SYMBOLS) {
      events.add(
          new EngineEvent.SymbolChanged(
              symbol,
              symbol == SYMBOLS[0] ? "BTCUSDT" : "ETHUSDT",
              1,
              2,
              UNIT,
              1,
              SymbolStatus.TRADING,
              SelfTradePreventionMode.NONE,
              0,
              filters()));
    }
    end(true);
  }

  public NaiveTape naive() {
    return naive;
  }

  public Tape tape() {
    return tape;
  }

  public ReadModel readModel() {
    return model;
  }

  /** Every aggregate that the listener heard of, in order. */
  public List<AggregateTrade> told() {
    return told;
  }

  public long now() {
    return now;
  }

  /** Time goes on without anything happening. */
  public void pass(long micros) {
    now += micros;
  }

  public Random random() {
    return random;
  }

  /** One command with up to five fills, preceded by those that laid the other side. */
  public void step(boolean feedHears) {
    jump();
    int index = random.nextInt(8) == 0 ? 1 : 0;
    int fills = 1 + random.nextInt(5);
    long firstMaker = nextOrderId;
    for (int i = 0; i < fills; i++) {
      accept(index, nextOrderId++, MAKER, Side.SELL);
      end(feedHears);
    }
    Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
    long taker = nextOrderId++;
    accept(index, taker, TAKER, side);
    long price = price();
    for (int i = 0; i < fills; i++) {
      if (random.nextInt(3) == 0) {
        price = price();
      }
      if (i > 0 && random.nextInt(6) == 0) {
        // As when the first taker triggered another order; or moved, and took again.
        if (random.nextBoolean()) {
          taker = nextOrderId++;
          accept(index, taker, TAKER, side);
        } else {
          end(feedHears);
        }
      }
      trade(index, price, side, taker, firstMaker + i);
    }
    end(feedHears);
  }

  private void jump() {
    int kind = random.nextInt(100);
    if (kind < 70) {
      now += random.nextInt(900_000);
    } else {
      now += JUMPS_SECONDS[random.nextInt(kind < 95 ? 3 : JUMPS_SECONDS.length)] * 1_000_000;
      now += random.nextInt(2_000_000) - 1_000_000;
    }
  }

  private long price() {
    return UNIT * (1 + random.nextInt(9));
  }

  private void accept(int index, long orderId, long account, Side side) {
    events.add(
        new EngineEvent.OrderAccepted(
            SYMBOLS[index], orderId, account, -1, orderId, OrderStatus.NEW, true, spec(side)));
  }

  private void trade(int index, long price, Side side, long taker, long maker) {
    boolean huge = random.nextInt(50) == 0;
    long quantity = huge ? Long.MAX_VALUE / 6 - random.nextInt(9) : 1 + random.nextInt(1_000);
    long quote = huge ? Long.MAX_VALUE / 7 : quantity * (price / UNIT);
    long id = nextTradeId[index]++;
    events.add(
        new EngineEvent.Trade(
            SYMBOLS[index],
            id,
            price,
            quantity,
            quote,
            side,
            taker,
            maker,
            TAKER,
            MAKER,
            0,
            0,
            id,
            id));
    naive.add(
        new NaiveTape.Trade(
            SYMBOLS[index],
            id,
            price,
            quantity,
            quote,
            now,
            side == Side.BUY,
            taker,
            groups.size() + 1L));
  }

  private void end(boolean feedHears) {
    long sequence = groups.size() + 1L;
    events.add(new EngineEvent.CommandDone(sequence, now, 1, RejectReason.NONE));
    ExpandableArrayBuffer bytes = new ExpandableArrayBuffer();
    int position = 0;
    for (EngineEvent event : events) {
      int size = codec.encode(event, bytes, position + Integer.BYTES);
      bytes.putInt(position, size, ByteOrder.LITTLE_ENDIAN);
      position += Integer.BYTES + size;
    }
    Encoded encoded = new Encoded(new Group(sequence, now, List.copyOf(events)), bytes, position);
    groups.add(encoded);
    events.clear();
    model.apply(sequence, now, bytes, 0, position);
    projector.group(sequence, now, bytes, 0, position);
    if (feedHears) {
      tape.group(encoded.group());
    }
  }

  /** The projector catches up. */
  public void commit() throws ProjectionUnavailable {
    projector.commit();
    model.watermark(projector.watermark());
  }

  /** The feed tells that it left out groups. */
  public void lost() {
    tape.lost();
  }

  /**
   * As after kill -9: what the projector had not committed is delivered again, the read model
   * starts from what a snapshot at the watermark would give, the tape from both. What the listener
   * would have heard meanwhile is told by the feed before, so that only later aggregates are new to
   * it.
   */
  public void restart() {
    tape.lost();
    projector = new Projector(database);
    model = new LiveReadModel(10, 10, 0);
    model.watermark(projector.watermark());
    for (Encoded each : groups) {
      Group group = each.group();
      model.apply(group.sequence(), group.time(), each.bytes(), 0, each.length());
      if (group.sequence() > projector.watermark()) {
        projector.group(group.sequence(), group.time(), each.bytes(), 0, each.length());
      }
    }
    tape = new Tape(model, new TapeHistory(database.jooq()), () -> now);
    tape.listen(told::add);
  }

  private OrderSpec spec(Side side) {
    return new OrderSpec(
        side,
        OrderType.LIMIT,
        TimeInForce.GTC,
        SelfTradePreventionMode.NONE,
        0,
        Long.MAX_VALUE,
        0,
        UNIT,
        0,
        0,
        Long.MIN_VALUE,
        0,
        "c");
  }

  private static Filters filters() {
    return new Filters(
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        false, false, 0);
  }
}
