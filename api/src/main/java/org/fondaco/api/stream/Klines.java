package org.fondaco.api.stream;

import java.util.List;
import org.fondaco.api.symbol.Market;
import org.fondaco.api.tape.Interval;
import org.fondaco.api.tape.Kline;
import org.fondaco.api.tape.Tape;
import org.fondaco.api.tape.ZonedInterval;

/**
 * A stream of klines: the present one again and again, and each one once more when it is closed. A
 * kline is closed a moment after its end, when what was traded in it has left the engine.
 */
final class Klines {
  private static final long SETTLED_MICROS = 250_000;
  private static final long EAST_MICROS = 8L * 3_600 * 1_000_000;
  private static final int DAYS_KEPT = 1_000;

  private final Channel channel;
  private final Market market;
  private final Tape tape;
  private final ZonedInterval interval;
  private long open;

  Klines(Channel channel, Market market, Tape tape, long nowMicros) {
    this.channel = channel;
    this.market = market;
    this.tape = tape;
    Interval known = Interval.of(channel.name().window()).orElseThrow();
    interval = new ZonedInterval(known, channel.name().east() ? EAST_MICROS : 0);
    open = interval.openTime(nowMicros);
  }

  Channel channel() {
    return channel;
  }

  /** Tells of klines that closed. */
  void close(long nowMicros) {
    int closed = 0;
    while (nowMicros > interval.closeTime(open) + SETTLED_MICROS && closed < DAYS_KEPT) {
      tell(true, nowMicros);
      open = interval.nextOpenTime(open);
      closed++;
    }
    if (closed == DAYS_KEPT) {
      open = interval.openTime(nowMicros);
    }
  }

  /** Tells the present one. */
  void speak(long nowMicros) {
    tell(false, nowMicros);
  }

  private void tell(boolean closed, long nowMicros) {
    List<Kline> found =
        interval.offsetMicros() == 0
            ? tape.klines(market.id(), interval.interval(), open)
            : interval.filled(interval.fold(tape.traded(market.id(), interval.base())), open, open);
    for (Kline kline : found) {
      if (kline.openTime() == open) {
        channel.publish((json, times) -> {
          json.beginObject().field("e", "kline").field("E", times.of(nowMicros));
          json.field("s", market.name()).name("k");
          write(json, times, kline, closed);
          json.endObject();
        });
        return;
      }
    }
  }

  private void write(
      org.fondaco.api.json.JsonWriter json, Times times, Kline kline, boolean closed) {
    int base = market.baseScale();
    int quote = market.quoteScale();
    json.beginObject();
    json.field("t", times.of(kline.openTime())).field("T", times.of(kline.closeTime()));
    json.field("s", market.name()).field("i", interval.interval().text());
    json.field("f", kline.firstTradeId()).field("L", kline.lastTradeId());
    json.field("o", kline.open(), quote).field("c", kline.close(), quote);
    json.field("h", kline.high(), quote).field("l", kline.low(), quote);
    json.field("v", kline.volume(), base).field("n", kline.trades()).field("x", closed);
    json.field("q", kline.quoteVolume(), quote);
    json.field("V", kline.takerBuyVolume(), base);
    json.field("Q", kline.takerBuyQuoteVolume(), quote).field("B", "0");
    json.endObject();
  }
}
