package org.fondaco.api.projection;

import static org.fondaco.db.schema.Tables.AGGREGATE_TRADES;
import static org.fondaco.db.schema.Tables.SYMBOLS;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fondaco.api.tape.Interval;
import org.fondaco.api.tape.Kline;
import org.fondaco.api.tape.KlineFold;
import org.fondaco.engine.protocol.EngineEvent.Trade;
import org.fondaco.engine.protocol.Side;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Klines and aggregates of the trades since the last commit. A kline is written as what the batch
 * adds to it: the row in the table may have come from batches before, of this process or another.
 */
final class KlineRows {
  // The one column of the table that is called like a type.
  private static final String MERGE =
      """
      insert into klines select * from staged_klines
      on conflict (symbol_id, "interval", open_time) do update set
        high = greatest(klines.high, excluded.high),
        low = least(klines.low, excluded.low),
        close = excluded.close,
        volume = klines.volume + excluded.volume,
        quote_volume = klines.quote_volume + excluded.quote_volume,
        trades = klines.trades + excluded.trades,
        taker_buy_volume = klines.taker_buy_volume + excluded.taker_buy_volume,
        taker_buy_quote_volume = klines.taker_buy_quote_volume + excluded.taker_buy_quote_volume,
        last_trade_id = excluded.last_trade_id\
      """;

  private final Map<Integer, OfSymbol> symbols = new HashMap<>();
  private final CopyText klines = new CopyText();
  private final CopyText aggregates = new CopyText();

  /** Continues the ids of the aggregates that are there. */
  KlineRows(DSLContext jooq) {
    for (int symbol : jooq.select(SYMBOLS.SYMBOL_ID).from(SYMBOLS).fetch(SYMBOLS.SYMBOL_ID)) {
      jooq.select(AGGREGATE_TRADES.AGGREGATE_ID)
          .from(AGGREGATE_TRADES)
          .where(AGGREGATE_TRADES.SYMBOL_ID.eq(symbol))
          .orderBy(AGGREGATE_TRADES.AGGREGATE_ID.desc())
          .limit(1)
          .forEach(row -> symbols.put(symbol, new OfSymbol(symbol, row.value1() + 1)));
    }
  }

  void trade(Trade trade, long sequence, long time) {
    symbols
        .computeIfAbsent(trade.symbol(), symbol -> new OfSymbol(symbol, 0))
        .trade(trade, sequence, time);
  }

  /** Writes everything within the connection's transaction; may be called again for the batch. */
  void write(Connection connection) throws SQLException {
    symbols.values().forEach(OfSymbol::end);
    CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
    aggregates.send(copies, "aggregate_trades");
    if (klines.rows() > 0) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "create temporary table if not exists staged_klines (like klines) on commit delete rows");
        klines.send(copies, "staged_klines");
        statement.execute(MERGE);
      }
    }
  }

  void clear() {
    klines.clear();
    aggregates.clear();
  }

  /** What the batch has of a symbol and is not in the text yet. */
  private final class OfSymbol {
    private final int symbol;
    private final List<@Nullable KlineFold> folds = new ArrayList<>();
    private long nextAggregateId;
    private long quantity;
    private long aggregateSequence;
    private long firstTradeId;
    private long aggregateTime;
    private @Nullable Trade last;

    OfSymbol(int symbol, long nextAggregateId) {
      this.symbol = symbol;
      this.nextAggregateId = nextAggregateId;
      for (int i = 0; i < Interval.values().length; i++) {
        folds.add(null);
      }
    }

    void trade(Trade trade, long sequence, long time) {
      for (Interval interval : Interval.values()) {
        KlineFold fold = folds.get(interval.ordinal());
        if (fold == null || time > fold.closeTime()) {
          if (fold != null) {
            row(interval, fold.kline());
          }
          long open = interval.openTime(time);
          fold = new KlineFold(open, interval.closeTime(open));
          folds.set(interval.ordinal(), fold);
        }
        fold.add(
            trade.tradeId(),
            trade.price(),
            trade.quantity(),
            trade.quoteQuantity(),
            trade.takerSide() == Side.BUY);
      }
      Trade before = last;
      if (before == null
          || aggregateSequence != sequence
          || before.takerOrderId() != trade.takerOrderId()
          || before.price() != trade.price()) {
        endAggregate();
        firstTradeId = trade.tradeId();
        aggregateSequence = sequence;
        aggregateTime = time;
      }
      quantity = Math.addExact(quantity, trade.quantity());
      last = trade;
    }

    /** A batch ends with a group, so nothing continues beyond it but klines, which are merged. */
    void end() {
      endAggregate();
      for (Interval interval : Interval.values()) {
        KlineFold fold = folds.set(interval.ordinal(), null);
        if (fold != null) {
          row(interval, fold.kline());
        }
      }
    }

    private void endAggregate() {
      Trade trade = last;
      if (trade == null) {
        return;
      }
      aggregates
          .number(symbol)
          .number(nextAggregateId++)
          .number(trade.price())
          .number(quantity)
          .number(firstTradeId)
          .number(trade.tradeId())
          .number(aggregateTime)
          .flag(trade.takerSide() == Side.SELL)
          .end();
      last = null;
      quantity = 0;
    }

    private void row(Interval interval, Kline kline) {
      klines
          .number(symbol)
          .string(interval.text())
          .number(kline.openTime())
          .number(kline.closeTime())
          .number(kline.open())
          .number(kline.high())
          .number(kline.low())
          .number(kline.close())
          .string(kline.volume().toString())
          .string(kline.quoteVolume().toString())
          .number(kline.trades())
          .string(kline.takerBuyVolume().toString())
          .string(kline.takerBuyQuoteVolume().toString())
          .number(kline.firstTradeId())
          .number(kline.lastTradeId())
          .end();
    }
  }
}
