package org.fondaco.api.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fondaco.api.tape.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Killed at any instant, the venue shows the same klines, tickers and aggregate ids again. */
class MarketDataKillTest {
  private static final int ROUNDS = 1;
  private static final int TRADES_A_ROUND = 120;

  @Test
  void marketDataIsAsIfTheVenueHadNeverStopped(@TempDir Path temporary) throws Exception {
    Path folder = DemoFolder.at(temporary.resolve("data"));
    List<JsonNode> before = List.of();
    String until = "";
    long traded = 0;
    for (int round = 0; round <= ROUNDS; round++) {
      try (VenueProcess venue = VenueProcess.start(folder, Map.of()).awaitReady()) {
        TradingClient alice = venue.users().client("alice");
        if (round > 0) {
          assertThat(answers(alice, until)).isEqualTo(before);
        }
        if (round < ROUNDS) {
          for (int i = 0; i < TRADES_A_ROUND; i++) {
            trade(alice, venue.users().client("bob"), 64_000 + (i * 37) % 300);
            traded++;
          }
          // The last answers came a moment ago: the projector has not written all of it.
          until = alice.get("/api/v3/time", "").body().get("serverTime").asString();
          before = answers(alice, until);
          venue.kill9();
        }
      }
    }
    JsonNode aggregates = before.getLast();
    assertThat(aggregates.size()).isEqualTo((int) traded);
    assertThat(aggregates.get((int) traded - 1).get("a").asLong()).isEqualTo(traded - 1);
  }

  private static void trade(TradingClient maker, TradingClient taker, int price) throws Exception {
    String order = "symbol=BTCUSDT&type=LIMIT&timeInForce=GTC&quantity=0.001&price=" + price;
    maker.signed("POST", "/api/v3/order", order + "&side=BUY").expectOk();
    taker.signed("POST", "/api/v3/order", order + "&side=SELL").expectOk();
  }

  /** Everything that does not depend on when it is asked. */
  private static List<JsonNode> answers(TradingClient client, String until) throws Exception {
    List<JsonNode> answers = new ArrayList<>();
    for (Interval interval : Interval.values()) {
      String query = "symbol=BTCUSDT&limit=1000&interval=" + interval.text() + "&endTime=" + until;
      answers.add(client.get("/api/v3/klines", query).expectOk().body());
    }
    JsonNode ticker = client.get("/api/v3/ticker/24hr", "symbol=BTCUSDT").expectOk().body();
    for (String name : List.of("openPrice", "highPrice", "lowPrice", "lastPrice", "lastQty")) {
      answers.add(ticker.get(name));
    }
    for (String name : List.of("volume", "quoteVolume", "firstId", "lastId", "count")) {
      answers.add(ticker.get(name));
    }
    answers.add(
        client.get("/api/v3/aggTrades", "symbol=BTCUSDT&fromId=0&limit=1000").expectOk().body());
    return answers;
  }
}
