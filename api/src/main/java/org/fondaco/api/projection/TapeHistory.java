package org.fondaco.api.projection;

import static org.fondaco.db.schema.Tables.AGGREGATE_TRADES;
import static org.fondaco.db.schema.Tables.KLINES;
import static org.fondaco.db.schema.Tables.TRADES;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fondaco.api.tape.AggregateTrade;
import org.fondaco.api.tape.Interval;
import org.fondaco.api.tape.Kline;
import org.fondaco.api.tape.TapeStore;
import org.fondaco.db.schema.tables.records.AggregateTradesRecord;
import org.fondaco.db.schema.tables.records.KlinesRecord;
import org.fondaco.engine.readmodel.ReadModel.TradeView;
import org.jooq.Condition;
import org.jooq.DSLContext;

/**
 * What the database has of public trades, klines and aggregates: behind the venue by what the
 * projector still has to write. Every question is answered through an index, whatever the size of
 * the tables.
 */
public final class TapeHistory implements TapeStore {
  private final DSLContext jooq;

  /** Any thread may use it. */
  public TapeHistory(DSLContext jooq) {
    this.jooq = jooq;
  }

  /**
   * {@inheritDoc}
   *
   * @throws HistoryUnavailable when the database cannot be reached
   */
  @Override
  public Start start(int symbol, long sinceMicros, int limit) {
    return History.ask(() ->
        jooq.transactionResult(transaction -> {
          DSLContext sql = transaction.dsl();
          // One state for all questions, while the projector goes on.
          sql.execute("set transaction isolation level repeatable read, read only");
          return start(new Source(sql), symbol, sinceMicros, limit);
        }));
  }

  private static Start start(Source source, int symbol, long sinceMicros, int limit) {
    Optional<Last> last = source.last(symbol);
    if (last.isEmpty()) {
      return new Start(0, 0, 0, List.of(), Map.of(), List.of(), 0);
    }
    List<AggregateTrade> aggregates = source.aggregatesBefore(symbol, Long.MAX_VALUE, limit);
    Map<Interval, List<Kline>> klines = new EnumMap<>(Interval.class);
    for (Interval interval : Interval.values()) {
      klines.put(interval, source.latest(symbol, interval, Long.MAX_VALUE, limit));
    }
    List<Kline> before = source.latest(symbol, Interval.SECOND, sinceMicros, 1);
    return new Start(
        last.get().tradeId() + 1,
        last.get().quantity(),
        aggregates.isEmpty() ? 0 : aggregates.getLast().id() + 1,
        aggregates,
        klines,
        source.klines(symbol, Interval.SECOND, sinceMicros, Long.MAX_VALUE, Integer.MAX_VALUE),
        before.isEmpty() ? 0 : before.getFirst().close());
  }

  /**
   * Klines with trades, ascending.
   *
   * @param from least open time, microseconds
   * @param before open times must be less
   * @throws HistoryUnavailable when the database cannot be reached
   */
  public List<Kline> klines(int symbol, Interval interval, long from, long before, int limit) {
    return History.ask(() -> new Source(jooq).klines(symbol, interval, from, before, limit));
  }

  /**
   * The last kline with trades that opened before a time.
   *
   * @throws HistoryUnavailable when the database cannot be reached
   */
  public Optional<Kline> klineBefore(int symbol, Interval interval, long before) {
    return History.ask(
        () -> new Source(jooq).latest(symbol, interval, before, 1).stream().findFirst());
  }

  /**
   * Aggregates from an id on, ascending.
   *
   * @throws HistoryUnavailable when the database cannot be reached
   */
  public List<AggregateTrade> aggregates(int symbol, long fromId, int limit) {
    return History.ask(() -> new Source(jooq).aggregates(symbol, fromId, limit));
  }

  /**
   * Aggregates of a span of time, both ends included, microseconds, ascending.
   *
   * @throws HistoryUnavailable when the database cannot be reached
   */
  public List<AggregateTrade> aggregates(int symbol, long fromTime, long toTime, int limit) {
    return History.ask(() -> new Source(jooq).aggregates(symbol, fromTime, toTime, limit));
  }

  /**
   * The last aggregates before an id, ascending.
   *
   * @throws HistoryUnavailable when the database cannot be reached
   */
  public List<AggregateTrade> aggregatesBefore(int symbol, long id, int limit) {
    return History.ask(() -> new Source(jooq).aggregatesBefore(symbol, id, limit));
  }

  /**
   * The last aggregates until a time, included, ascending.
   *
   * @throws HistoryUnavailable when the database cannot be reached
   */
  public List<AggregateTrade> aggregatesUntil(int symbol, long toTime, int limit) {
    return History.ask(() -> new Source(jooq).aggregatesUntil(symbol, toTime, limit));
  }

  /**
   * Public trades from an id on, ascending.
   *
   * @throws HistoryUnavailable when the database cannot be reached
   */
  public List<TradeView> trades(int symbol, long fromId, int limit) {
    return History.ask(() ->
        jooq.selectFrom(TRADES)
            .where(TRADES.SYMBOL_ID.eq(symbol))
            .andNot(TRADES.MAKER)
            .and(TRADES.TRADE_ID.ge(fromId))
            .orderBy(TRADES.TRADE_ID)
            .limit(limit)
            .fetch(Rows::trade));
  }

  private record Last(long tradeId, long quantity) {}

  private record Source(DSLContext sql) {

    Optional<Last> last(int symbol) {
      return sql.select(TRADES.TRADE_ID, TRADES.QUANTITY)
          .from(TRADES)
          .where(TRADES.SYMBOL_ID.eq(symbol))
          .andNot(TRADES.MAKER)
          .orderBy(TRADES.TRADE_ID.desc())
          .limit(1)
          .fetchOptional(row -> new Last(row.value1(), row.value2()));
    }

    List<Kline> klines(int symbol, Interval interval, long from, long before, int limit) {
      return sql.selectFrom(KLINES)
          .where(of(symbol, interval))
          .and(KLINES.OPEN_TIME.ge(from))
          .and(KLINES.OPEN_TIME.lt(before))
          .orderBy(KLINES.OPEN_TIME)
          .limit(limit)
          .fetch(TapeHistory::kline);
    }

    List<Kline> latest(int symbol, Interval interval, long before, int limit) {
      List<Kline> newestFirst =
          sql.selectFrom(KLINES)
              .where(of(symbol, interval))
              .and(KLINES.OPEN_TIME.lt(before))
              .orderBy(KLINES.OPEN_TIME.desc())
              .limit(limit)
              .fetch(TapeHistory::kline);
      return newestFirst.reversed();
    }

    private static Condition of(int symbol, Interval interval) {
      return KLINES.SYMBOL_ID.eq(symbol).and(KLINES.INTERVAL.eq(interval.text()));
    }

    List<AggregateTrade> aggregates(int symbol, long fromId, int limit) {
      return sql.selectFrom(AGGREGATE_TRADES)
          .where(AGGREGATE_TRADES.SYMBOL_ID.eq(symbol))
          .and(AGGREGATE_TRADES.AGGREGATE_ID.ge(fromId))
          .orderBy(AGGREGATE_TRADES.AGGREGATE_ID)
          .limit(limit)
          .fetch(TapeHistory::aggregate);
    }

    List<AggregateTrade> aggregates(int symbol, long fromTime, long toTime, int limit) {
      return sql.selectFrom(AGGREGATE_TRADES)
          .where(AGGREGATE_TRADES.SYMBOL_ID.eq(symbol))
          .and(AGGREGATE_TRADES.TIME.between(fromTime, toTime))
          .orderBy(AGGREGATE_TRADES.TIME, AGGREGATE_TRADES.AGGREGATE_ID)
          .limit(limit)
          .fetch(TapeHistory::aggregate);
    }

    List<AggregateTrade> aggregatesBefore(int symbol, long id, int limit) {
      return sql.selectFrom(AGGREGATE_TRADES)
          .where(AGGREGATE_TRADES.SYMBOL_ID.eq(symbol))
          .and(AGGREGATE_TRADES.AGGREGATE_ID.lt(id))
          .orderBy(AGGREGATE_TRADES.AGGREGATE_ID.desc())
          .limit(limit)
          .fetch(TapeHistory::aggregate)
          .reversed();
    }

    List<AggregateTrade> aggregatesUntil(int symbol, long toTime, int limit) {
      return sql.selectFrom(AGGREGATE_TRADES)
          .where(AGGREGATE_TRADES.SYMBOL_ID.eq(symbol))
          .and(AGGREGATE_TRADES.TIME.le(toTime))
          .orderBy(AGGREGATE_TRADES.TIME.desc(), AGGREGATE_TRADES.AGGREGATE_ID.desc())
          .limit(limit)
          .fetch(TapeHistory::aggregate)
          .reversed();
    }
  }

  private static Kline kline(KlinesRecord row) {
    return new Kline(
        row.getOpenTime(),
        row.getCloseTime(),
        row.getOpen(),
        row.getHigh(),
        row.getLow(),
        row.getClose(),
        row.getVolume().toBigIntegerExact(),
        row.getQuoteVolume().toBigIntegerExact(),
        row.getTrades(),
        row.getTakerBuyVolume().toBigIntegerExact(),
        row.getTakerBuyQuoteVolume().toBigIntegerExact(),
        row.getFirstTradeId(),
        row.getLastTradeId());
  }

  private static AggregateTrade aggregate(AggregateTradesRecord row) {
    return new AggregateTrade(
        row.getSymbolId(),
        row.getAggregateId(),
        row.getPrice(),
        row.getQuantity(),
        row.getFirstTradeId(),
        row.getLastTradeId(),
        row.getTime(),
        row.getBuyerIsMaker());
  }
}
