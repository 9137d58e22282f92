package org.fondaco.api.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameters;
import org.fondaco.api.http.Reception;
import org.fondaco.api.http.Routes;
import org.fondaco.api.limit.Limits;
import org.fondaco.api.limit.RequestWeights;
import org.fondaco.api.past.Past;
import org.fondaco.api.projection.NaiveTape;
import org.fondaco.api.projection.TapeHistory;
import org.fondaco.api.projection.TapeWorld;
import org.fondaco.api.symbol.Markets;
import org.fondaco.api.tape.AggregateTrade;
import org.fondaco.api.tape.Interval;
import org.fondaco.api.tape.Kline;
import org.fondaco.db.Database;

/** Asks the endpoints of market data as a client would, and compares with a naive fold. */
final class Asking {
  private static final Map<String, Duration> ZONES =
      Map.of(
          "0", Duration.ZERO,
          "8", Duration.ofHours(8),
          "%2B05:45", Duration.ofMinutes(345),
          "-3:30", Duration.ofMinutes(-210),
          "-12:00", Duration.ofHours(-12),
          "14:00", Duration.ofHours(14),
          "00:01", Duration.ofMinutes(1));

  private final TapeWorld world;
  private final NaiveTape naive;
  private final Routes routes;
  private final Reception reception;

  Asking(TapeWorld world, Database database) {
    this.world = world;
    this.naive = world.naive();
    Past past = new Past(database.jooq(), world.readModel(), Runnable::run);
    routes =
        new Routes(
            new MarketController(
                    new Markets(world.readModel()),
                    world.readModel(),
                    past,
                    world.tape(),
                    new TapeHistory(database.jooq()),
                    Limits.DEFAULT)
                .endpoints());
    reception =
        new Reception(
            new RequestWeights(new Limits(Integer.MAX_VALUE, 1, 1)),
            _ -> {
              throw new IllegalStateException("market data needs no role");
            });
  }

  private String ask(String path, String query) {
    Endpoint endpoint = routes.endpoint(Method.GET, "/api/v3/" + path);
    return reception
        .serve(
            endpoint,
            "127.0.0.1",
            () -> Parameters.parse(query, ""),
            (_, _, _) -> new Reception.Sender(null, 0, 0, true))
        .join()
        .answer()
        .body()
        .toString();
  }

  void neverTraded() {
    assertThat(ask("klines", "symbol=BTCUSDT&interval=1m&startTime=0")).isEqualTo("[]");
    assertThat(ask("aggTrades", "symbol=BTCUSDT")).isEqualTo("[]");
    assertThat(ask("historicalTrades", "symbol=BTCUSDT&fromId=0")).isEqualTo("[]");
    dayAndAverage("never traded");
  }

  void klines(Random random, String what) {
    String interval = pick(random, Interval.values()).text();
    String zone = pick(random, ZONES.keySet().toArray(String[]::new));
    List<Kline> all =
        interval.equals("1s") ? List.of() : naive.filled(7, interval, zone(zone), world.now());
    if (all.isEmpty() || all.size() > 100_000) {
      return;
    }
    int limit = 1 + random.nextInt(random.nextBoolean() ? 10 : 1_000);
    long start = all.getFirst().openTime() - 10 + random.nextLong(span(all));
    long end = start + random.nextLong(span(all));
    String query = "symbol=BTCUSDT&interval=" + interval + "&timeZone=" + zone;
    query += "&limit=" + limit;
    List<Kline> expected;
    switch (random.nextInt(4)) {
      case 0 -> {
        query += "&startTime=" + start;
        expected = all.stream().filter(k -> k.openTime() >= start).limit(limit).toList();
      }
      case 1 -> {
        query += "&endTime=" + end;
        expected = last(all.stream().filter(k -> k.openTime() <= end).toList(), limit);
      }
      case 2 -> {
        query += "&startTime=" + start + "&endTime=" + end;
        expected =
            all.stream()
                .filter(k -> k.openTime() >= start && k.openTime() <= end)
                .limit(limit)
                .toList();
      }
      default -> expected = last(all, limit);
    }
    assertThat(ask("klines", query)).as(what + " " + query).isEqualTo(NaiveJson.json(expected));
    assertThat(ask("uiKlines", query)).as(what + " " + query).isEqualTo(NaiveJson.json(expected));
  }

  /** A page of seconds from one in which somebody traded. */
  void seconds(Random random, String what) {
    List<Kline> all = naive.klines(7, "1s", Duration.ZERO);
    int first = random.nextInt(all.size());
    int limit = 1 + random.nextInt(60);
    List<Kline> expected = new ArrayList<>();
    long open = all.get(first).openTime();
    for (int next = first; expected.size() < limit && open <= world.now(); open += 1_000_000) {
      boolean traded = next < all.size() && all.get(next).openTime() == open;
      expected.add(
          traded ? all.get(next++) : Kline.idle(open, open + 999_999, expected.getLast().close()));
    }
    String query = "symbol=BTCUSDT&interval=1s&limit=" + limit + "&startTime=";
    query += all.get(first).openTime();
    assertThat(ask("klines", query)).as(what + " " + query).isEqualTo(NaiveJson.json(expected));
  }

  /** What memory has while the database is down. */
  void latest(String what) {
    for (String interval : List.of("5m", "1h", "1d", "1w", "1M")) {
      List<Kline> all = naive.filled(7, interval, Duration.ZERO, world.now());
      assertThat(ask("klines", "symbol=BTCUSDT&limit=5&interval=" + interval))
          .as(what + interval)
          .isEqualTo(NaiveJson.json(last(all, 5)));
    }
    assertThat(ask("aggTrades", "symbol=BTCUSDT&limit=1"))
        .as(what)
        .contains("\"a\":" + (naive.aggregates(7).size() - 1) + ",");
    dayAndAverage(what);
  }

  private static long span(List<Kline> all) {
    return all.getLast().closeTime() - all.getFirst().openTime() + 20;
  }

  void aggregates(Random random, String what) {
    List<AggregateTrade> all = naive.aggregates(7);
    int limit = 1 + random.nextInt(random.nextBoolean() ? 10 : 1_000);
    String query = "symbol=BTCUSDT&limit=" + limit;
    long from = random.nextInt(all.size() + 5);
    long start = pick(random, all.toArray(AggregateTrade[]::new)).time() - random.nextInt(2);
    long end = Math.max(start, pick(random, all.toArray(AggregateTrade[]::new)).time());
    List<AggregateTrade> expected;
    switch (random.nextInt(5)) {
      case 0 -> {
        query += "&fromId=" + from;
        expected = all.stream().filter(a -> a.id() >= from).limit(limit).toList();
      }
      case 1 -> {
        query += "&startTime=" + start;
        expected = all.stream().filter(a -> a.time() >= start).limit(limit).toList();
      }
      case 2 -> {
        query += "&endTime=" + end;
        expected = last(all.stream().filter(a -> a.time() <= end).toList(), limit);
      }
      case 3 -> {
        query += "&startTime=" + start + "&endTime=" + end;
        expected =
            all.stream().filter(a -> a.time() >= start && a.time() <= end).limit(limit).toList();
      }
      default -> expected = last(all, limit);
    }
    List<String> rows = new ArrayList<>();
    for (AggregateTrade a : expected) {
      rows.add(
          "{\"a\":%d,\"p\":%s,\"q\":%s,\"f\":%d,\"l\":%d,\"T\":%d,\"m\":%b,\"M\":true}"
              .formatted(
                  a.id(),
                  NaiveJson.decimal(a.price()),
                  NaiveJson.decimal(a.quantity()),
                  a.firstTradeId(),
                  a.lastTradeId(),
                  a.time(),
                  a.buyerIsMaker()));
    }
    assertThat(ask("aggTrades", query))
        .as(what + " " + query)
        .isEqualTo("[" + String.join(",", rows) + "]");
  }

  void historical(Random random, String what) {
    List<NaiveTape.Trade> all = naive.trades(7);
    int limit = 1 + random.nextInt(1_000);
    long from = random.nextInt(all.size() + 5);
    String query = "symbol=BTCUSDT&limit=" + limit;
    boolean latest = random.nextInt(4) == 0;
    List<NaiveTape.Trade> expected =
        latest ? last(all, limit) : all.stream().filter(t -> t.id() >= from).limit(limit).toList();
    query += latest ? "" : "&fromId=" + from;
    List<String> rows = new ArrayList<>();
    for (NaiveTape.Trade t : expected) {
      rows.add(
          ("{\"id\":%d,\"price\":%s,\"qty\":%s,\"quoteQty\":%s,\"time\":%d,\"isBuyerMaker\":%b,"
                  + "\"isBestMatch\":true}")
              .formatted(
                  t.id(),
                  NaiveJson.decimal(t.price()),
                  NaiveJson.decimal(t.quantity()),
                  NaiveJson.decimal(t.quoteQuantity()),
                  t.time(),
                  !t.takerBuys()));
    }
    assertThat(ask("historicalTrades", query))
        .as(what + " " + query)
        .isEqualTo("[" + String.join(",", rows) + "]");
  }

  void window(Random random, String what) {
    String[] sizes = {"1m", "7m", "59m", "1h", "5h", "23h", "1d", "3d", "7d"};
    Duration[] lengths = {
      Duration.ofMinutes(1),
      Duration.ofMinutes(7),
      Duration.ofMinutes(59),
      Duration.ofHours(1),
      Duration.ofHours(5),
      Duration.ofHours(23),
      Duration.ofDays(1),
      Duration.ofDays(3),
      Duration.ofDays(7)
    };
    int i = random.nextInt(sizes.length);
    long open = world.now() - lengths[i].toNanos() / 1_000;
    open -= Math.floorMod(open, 60_000_000L);
    statistics("ticker", "&windowSize=" + sizes[i], open, world.now(), what);
  }

  void tradingDay(Random random, String what) {
    String zone = pick(random, ZONES.keySet().toArray(String[]::new));
    long offset = zone(zone).toNanos() / 1_000;
    long day = Duration.ofDays(1).toNanos() / 1_000;
    long open = world.now() - Math.floorMod(world.now() + offset, day);
    statistics("ticker/tradingDay", "&timeZone=" + zone, open, open + day - 1, what);
  }

  private void statistics(String path, String query, long open, long close, String what) {
    Kline window = naive.window(7, open, close);
    String common =
        ("\"openPrice\":%s,\"highPrice\":%s,\"lowPrice\":%s,\"lastPrice\":%s,\"volume\":%s,"
                + "\"quoteVolume\":%s,\"openTime\":%d,\"closeTime\":%d,\"firstId\":%d,"
                + "\"lastId\":%d,\"count\":%d}")
            .formatted(
                NaiveJson.decimal(window.open()),
                NaiveJson.decimal(window.high()),
                NaiveJson.decimal(window.low()),
                NaiveJson.decimal(window.close()),
                NaiveJson.decimal(window.volume()),
                NaiveJson.decimal(window.quoteVolume()),
                open,
                close,
                window.firstTradeId(),
                window.lastTradeId(),
                window.trades());
    assertThat(ask(path, "symbol=BTCUSDT&type=MINI" + query))
        .as(what + " " + query)
        .isEqualTo("{\"symbol\":\"BTCUSDT\"," + common);
    assertThat(ask(path, "symbols=%5B%22BTCUSDT%22%5D" + query))
        .as(what + " " + query)
        .isEqualTo("[{\"symbol\":\"BTCUSDT\"," + NaiveJson.change(window) + common + "]");
  }

  void dayAndAverage(String what) {
    var day = naive.ticker(7, world.now());
    Kline window =
        day.trades() == 0
            ? Kline.idle(0, 0, 0)
            : naive.window(7, day.openTime() - 1_000_000, day.closeTime());
    String expected =
        ("{\"symbol\":\"BTCUSDT\",%s\"prevClosePrice\":%s,\"lastPrice\":%s,\"lastQty\":%s,"
                + "\"bidPrice\":\"0.00000000\",\"bidQty\":\"0.00000000\","
                + "\"askPrice\":\"0.00000000\",\"askQty\":\"0.00000000\",\"openPrice\":%s,"
                + "\"highPrice\":%s,\"lowPrice\":%s,\"volume\":%s,\"quoteVolume\":%s,"
                + "\"openTime\":%d,\"closeTime\":%d,\"firstId\":%d,\"lastId\":%d,\"count\":%d}")
            .formatted(
                NaiveJson.change(
                    new Kline(
                        0,
                        0,
                        day.open(),
                        day.high(),
                        day.low(),
                        day.last(),
                        day.volume(),
                        day.quoteVolume(),
                        day.trades(),
                        window.takerBuyVolume(),
                        window.takerBuyQuoteVolume(),
                        day.firstTradeId(),
                        day.lastTradeId())),
                NaiveJson.decimal(day.previousClose()),
                NaiveJson.decimal(day.last()),
                NaiveJson.decimal(day.lastQuantity()),
                NaiveJson.decimal(day.open()),
                NaiveJson.decimal(day.high()),
                NaiveJson.decimal(day.low()),
                NaiveJson.decimal(day.volume()),
                NaiveJson.decimal(day.quoteVolume()),
                day.openTime(),
                day.closeTime(),
                day.firstTradeId(),
                day.lastTradeId(),
                day.trades());
    assertThat(ask("ticker/24hr", "symbol=BTCUSDT")).as(what).isEqualTo(expected);
    average(what);
  }

  private void average(String what) {
    List<NaiveTape.Trade> all = naive.trades(7);
    long from = world.now() - Math.floorMod(world.now(), 60_000_000L) - 4 * 60_000_000L;
    Kline window = naive.window(7, from, world.now());
    BigDecimal price = BigDecimal.ZERO.setScale(8);
    if (!all.isEmpty()) {
      price =
          window.trades() == 0
              ? BigDecimal.valueOf(all.getLast().price(), 8)
              : new BigDecimal(window.quoteVolume())
                  .divide(new BigDecimal(window.volume()), 8, RoundingMode.HALF_UP);
    }
    assertThat(ask("avgPrice", "symbol=BTCUSDT"))
        .as(what)
        .isEqualTo(
            "{\"mins\":5,\"price\":\"%s\",\"closeTime\":%d}"
                .formatted(price.toPlainString(), all.isEmpty() ? 0 : all.getLast().time()));
  }

  private static Duration zone(String text) {
    return ZONES.getOrDefault(text, Duration.ZERO);
  }

  private static <T> List<T> last(List<T> all, int count) {
    return all.subList(Math.max(0, all.size() - count), all.size());
  }

  private static <T> T pick(Random random, T[] of) {
    return of[random.nextInt(of.length)];
  }
}
