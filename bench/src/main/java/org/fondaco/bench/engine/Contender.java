package org.fondaco.bench.engine;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.fondaco.bench.workload.Mix;
import org.fondaco.bench.workload.Workload;
import org.fondaco.engine.core.Engine;
import org.fondaco.engine.core.EngineSizing;
import org.fondaco.engine.core.EventSink;
import org.fondaco.engine.core.StateMachine;
import org.fondaco.engine.sbe.CommandDoneDecoder;
import org.fondaco.engine.sbe.MessageHeaderDecoder;
import org.fondaco.engine.sbe.OrderStateDecoder;
import org.fondaco.engine.sbe.TradeDecoder;

/**
 * One engine on its way through a workload. Events are written to memory that is used over and
 * over, as a ring would be, and read once: trades are counted and hashed, refusals are counted.
 */
public final class Contender {

  private final Workload workload;
  private final StateMachine engine;
  private final Reader reader = new Reader();

  public Contender(Workload workload) {
    this(workload, new Engine(sizing(workload)));
  }

  Contender(Workload workload, StateMachine engine) {
    this.workload = workload;
    this.engine = engine;
  }

  /** Room for everything, so that nothing grows while it is measured. */
  public static EngineSizing sizing(Workload workload) {
    int accounts = workload.accounts() + 64;
    int orders = Math.max(16_384, workload.fillCount() * 2);
    int assets = workload.symbols() + 64;
    return new EngineSizing(
        accounts,
        accounts * 4,
        orders,
        orders,
        workload.symbols() + 16,
        assets,
        16,
        16,
        16,
        16,
        1 << 20,
        256);
  }

  /** Applies all commands of the sequence on the calling thread. */
  public void apply(EncodedCommands commands) {
    int count = commands.count();
    for (int i = 0; i < count; i++) {
      apply(commands, i);
    }
  }

  void apply(EncodedCommands commands, int index) {
    engine.apply(
        engine.sequence() + 1,
        commands.buffer(index),
        commands.offset(index),
        commands.length(index),
        reader);
  }

  void apply(MutableDirectBuffer buffer, int offset, int length) {
    engine.apply(engine.sequence() + 1, buffer, offset, length, reader);
  }

  /** Commands done so far. */
  long done() {
    return engine.sequence();
  }

  /** Commands refused so far. */
  public long refused() {
    return reader.refused;
  }

  /** Bytes of events so far. */
  public long eventBytes() {
    return reader.eventBytes;
  }

  /** Trades so far. */
  public long trades() {
    return reader.trades;
  }

  /**
   * What is on the books now; trades since birth. Also verifies that every asset sums to zero and
   * that every hold is accounted for.
   */
  public Workload.Digest digest() {
    engine.stateHash();
    BookReader books = new BookReader();
    engine.describe(books);
    return new Workload.Digest(
        reader.trades, reader.tradeHash, books.ordersHash, books.levelsHash(workload));
  }

  /** The sink of the measured part. */
  private static final class Reader implements EventSink {
    private static final int SIZE = 1 << 20;

    private final UnsafeBuffer buffer = new UnsafeBuffer(java.nio.ByteBuffer.allocateDirect(SIZE));
    private final TradeDecoder trade = new TradeDecoder();
    private int next;
    private int length;
    private long trades;
    private long tradeHash;
    private long refused;
    private long eventBytes;

    @Override
    public int claim(int bytes) {
      if (next + bytes > SIZE) {
        next = 0;
      }
      length = bytes;
      return next;
    }

    @Override
    public MutableDirectBuffer buffer() {
      return buffer;
    }

    @Override
    public void commit() {
      int template = buffer.getShort(next + MessageHeaderDecoder.templateIdEncodingOffset());
      if (template == TradeDecoder.TEMPLATE_ID) {
        trade.wrap(
            buffer,
            next + MessageHeaderDecoder.ENCODED_LENGTH,
            TradeDecoder.BLOCK_LENGTH,
            TradeDecoder.SCHEMA_VERSION);
        trades++;
        tradeHash =
            Mix.trade(
                tradeHash,
                trade.takerOrderId(),
                trade.makerOrderId(),
                trade.price() / Venue.TICK,
                trade.quantity() / Venue.LOT);
      } else if (template == CommandDoneDecoder.TEMPLATE_ID) {
        int at =
            next + MessageHeaderDecoder.ENCODED_LENGTH + CommandDoneDecoder.reasonEncodingOffset();
        if (buffer.getByte(at) != 0) {
          refused++;
        }
      }
      eventBytes += length;
      next += length + 7 & ~7;
    }
  }

  /** The sink for the description of the final state. */
  private static final class BookReader implements EventSink {
    private final org.agrona.ExpandableArrayBuffer buffer =
        new org.agrona.ExpandableArrayBuffer(1024);
    private final OrderStateDecoder order = new OrderStateDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final java.util.HashMap<Level, Long> levels = new java.util.HashMap<>();
    private long ordersHash;

    private record Level(int symbol, boolean buy, long price) {}

    @Override
    public int claim(int length) {
      buffer.checkLimit(length);
      return 0;
    }

    @Override
    public MutableDirectBuffer buffer() {
      return buffer;
    }

    @Override
    public void commit() {
      header.wrap(buffer, 0);
      if (header.templateId() != OrderStateDecoder.TEMPLATE_ID) {
        return;
      }
      order.wrapAndApplyHeader(buffer, 0, header);
      int symbol = order.symbol() - 1;
      boolean buy = order.spec().side() == 0;
      long price = order.spec().price() / Venue.TICK;
      long remaining =
          (order.spec().quantity() - order.executedQuantity() - order.preventedQuantity())
              / Venue.LOT;
      ordersHash += Mix.order(symbol, buy, order.orderId(), price, remaining);
      levels.merge(new Level(symbol, buy, price), remaining, Long::sum);
    }

    long levelsHash(Workload workload) {
      long sum = 0;
      for (var entry : levels.entrySet()) {
        Level level = entry.getKey();
        if (level.symbol() >= workload.symbols()) {
          throw new IllegalStateException("an order of symbol " + (level.symbol() + 1));
        }
        sum += Mix.level(level.symbol(), level.buy(), level.price(), entry.getValue());
      }
      return sum;
    }
  }
}
