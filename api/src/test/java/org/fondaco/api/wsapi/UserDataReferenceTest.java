package org.fondaco.api.wsapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.api.wsapi.Signer.map;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.fondaco.api.ApiClient;
import org.fondaco.api.TestVenue;
import org.fondaco.api.WsClient;
import org.fondaco.engine.host.CommandResult;
import org.fondaco.engine.host.EngineGateway;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.RejectReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Seeded random trading: what a client adds up from user data events is, to the unit, what REST
 * answers; no event is missing, doubled or out of order, whenever the client subscribed.
 */
class UserDataReferenceTest {
  private static final long CAROL = 1_002;
  private static final long[] ACCOUNTS = {TestVenue.ALICE, TestVenue.BOB, CAROL};
  private static final long SEED = 20_261_128;
  private static final int COMMANDS = 6_000;

  @TempDir Path data;

  @Test
  void whatEventsAddUpToIsWhatRestAnswers() throws Exception {
    try (TestVenue venue = TestVenue.start(data).seed()) {
      fund(venue);
      List<WsClient> sockets = new ArrayList<>();
      List<AccountFold> folds = new ArrayList<>();
      try {
        for (long account : ACCOUNTS) {
          sockets.add(subscribe(venue, account));
          folds.add(new AccountFold());
        }
        RandomTrading trading =
            new RandomTrading(SEED, venue.venue().host().readModel(), TestVenue.BTCUSDT, ACCOUNTS);
        TreeSet<Long> executions = trade(venue, trading);
        // A second client comes in the middle and hears exactly what follows.
        try (WsClient late = subscribe(venue, TestVenue.ALICE)) {
          executions.addAll(trade(venue, trading));
          endMark(venue);
          List<JsonNode> all = untilMark(sockets.getFirst());
          List<JsonNode> suffix = untilMark(late);
          assertThat(all.subList(all.size() - suffix.size(), all.size())).isEqualTo(suffix);
          assertThat(suffix).hasSizeGreaterThan(500);
          all.forEach(folds.get(0)::event);
        }
        untilMark(sockets.get(1)).forEach(folds.get(1)::event);
        untilMark(sockets.get(2)).forEach(folds.get(2)::event);
        TreeSet<Long> told = new TreeSet<>();
        folds.forEach(fold -> told.addAll(fold.executions));
        assertThat(told).isEqualTo(executions);
        for (int i = 0; i < ACCOUNTS.length; i++) {
          compare(folds.get(i), venue.client(ACCOUNTS[i]));
        }
        assertThat(kinds(folds))
            .contains(
                "NEW NEW",
                "NEW PENDING_NEW",
                "TRADE PARTIALLY_FILLED",
                "TRADE FILLED",
                "CANCELED CANCELED",
                "REPLACED NEW",
                "REPLACED PARTIALLY_FILLED",
                "EXPIRED EXPIRED",
                "TRADE_PREVENTION EXPIRED_IN_MATCH",
                "TRADE_PREVENTION NEW",
                "TRADE_PREVENTION PARTIALLY_FILLED");
      } finally {
        for (WsClient socket : sockets) {
          socket.close();
        }
      }
    }
  }

  private static TreeSet<String> kinds(List<AccountFold> folds) {
    TreeSet<String> kinds = new TreeSet<>();
    folds.forEach(fold -> kinds.addAll(fold.kinds.keySet()));
    return kinds;
  }

  private static void fund(TestVenue venue) {
    venue.account(CAROL, "carol");
    for (long account : ACCOUNTS) {
      venue.apply(new Command.SetAccount(account, true, 0, account == CAROL ? -1 : 7, 0));
      venue.credit(account, TestVenue.BTC, 10_000);
      venue.credit(account, TestVenue.USDT, 1_000_000);
    }
  }

  private static WsClient subscribe(TestVenue venue, long account) throws Exception {
    WsClient client = WsClient.open(venue.venue().address(), "/ws-api/v3?returnRateLimits=false");
    JsonNode answer =
        client.call("userDataStream.subscribe.signature", Signer.hmac(venue, account).sign());
    assertThat(answer.path("status").asInt()).isEqualTo(200);
    return client;
  }

  /** Sends half of the commands; gives the execution ids that the engine took for them. */
  private static TreeSet<Long> trade(TestVenue venue, RandomTrading trading) {
    EngineGateway gateway = venue.venue().host().gateway();
    TreeSet<Long> executions = new TreeSet<>();
    int accepted = 0;
    for (int i = 0; i < COMMANDS / 2; i++) {
      CommandResult result = gateway.submit(trading.next()).join();
      accepted += result.reason() == RejectReason.NONE ? 1 : 0;
      result.events().forEach(event -> executions(event, executions));
    }
    assertThat(accepted).as("seed %d", SEED).isGreaterThan(COMMANDS / 8);
    return executions;
  }

  private static void executions(EngineEvent event, TreeSet<Long> executions) {
    switch (event) {
      case EngineEvent.OrderAccepted e -> executions.add(e.executionId());
      case EngineEvent.Triggered e -> executions.add(e.executionId());
      case EngineEvent.Activated e -> executions.add(e.executionId());
      case EngineEvent.Trade e -> {
        executions.add(e.takerExecutionId());
        executions.add(e.makerExecutionId());
      }
      case EngineEvent.PreventedMatch e -> {
        executions.add(e.takerExecutionId());
        executions.add(e.makerExecutionId());
        executions.remove(0L);
      }
      case EngineEvent.Amended e -> executions.add(e.executionId());
      case EngineEvent.Moved e -> executions.add(e.executionId());
      case EngineEvent.Canceled e -> executions.add(e.executionId());
      case EngineEvent.Expired e -> executions.add(e.executionId());
      default -> {}
    }
  }

  /** Nobody trades ether here. */
  private static void endMark(TestVenue venue) {
    for (long account : ACCOUNTS) {
      venue.credit(account, TestVenue.ETH, 3);
    }
  }

  private static List<JsonNode> untilMark(WsClient client) {
    List<JsonNode> events = new ArrayList<>();
    while (true) {
      JsonNode event = client.event().path("event");
      events.add(event);
      if (event.path("e").asString().equals("balanceUpdate")) {
        assertThat(event.path("a").asString()).isEqualTo("ETH");
        assertThat(event.path("d").asString()).isEqualTo("3.00000000");
        events.add(client.event().path("event"));
        return events;
      }
    }
  }

  private static void compare(AccountFold fold, ApiClient client) {
    List<String> orders = new ArrayList<>();
    List<String> expectedOrders = new ArrayList<>();
    long from = 1;
    while (true) {
      JsonNode page =
          client
              .signed("GET", "/api/v3/allOrders", "symbol=BTCUSDT&limit=1000&orderId=" + from)
              .json();
      for (JsonNode order : page.values()) {
        orders.add(AccountFold.order(order));
        from = order.path("orderId").asLong() + 1;
      }
      if (page.size() < 1_000) {
        break;
      }
    }
    fold.lastReports.keySet().forEach(id -> expectedOrders.add(fold.order(id)));
    assertThat(orders).isEqualTo(expectedOrders).hasSizeGreaterThan(500);
    // REST gives the two sides of a trade with oneself in an order of its own.
    assertThat(fold.trades)
        .containsExactlyInAnyOrderElementsOf(trades(client))
        .hasSizeGreaterThan(300);
    JsonNode account = client.signed("GET", "/api/v3/account").json();
    for (JsonNode balance : account.path("balances").values()) {
      String last = fold.balances.get(balance.path("asset").asString());
      assertThat(balance.path("free").asString() + " " + balance.path("locked").asString())
          .isEqualTo(last);
    }
    assertThat(fold.transfers).isEqualTo(map("ETH", new BigDecimal("3.00000000")));
    long openLists = fold.listStatuses.values().stream().filter(list -> list.size() == 1).count();
    assertThat(client.signed("GET", "/api/v3/openOrderList").json().size())
        .isEqualTo((int) openLists);
    assertThat(fold.listStatuses.values())
        .allMatch(list -> list.equals(List.of("EXECUTING", "ALL_DONE")) || list.size() == 1);
  }

  private static List<String> trades(ApiClient client) {
    List<String> trades = new ArrayList<>();
    long from = 0;
    while (true) {
      JsonNode page =
          client
              .signed("GET", "/api/v3/myTrades", "symbol=BTCUSDT&limit=1000&fromId=" + from)
              .json();
      for (JsonNode trade : page.values()) {
        from = trade.path("id").asLong() + 1;
        trades.add(
            "%s %s %s %s %s %s %s %s %s %s"
                .formatted(
                    trade.path("id").asLong(),
                    trade.path("orderId").asLong(),
                    trade.path("price").asString(),
                    trade.path("qty").asString(),
                    trade.path("quoteQty").asString(),
                    trade.path("commission").asString(),
                    trade.path("commissionAsset").asString(),
                    trade.path("time").asLong(),
                    trade.path("isBuyer").asBoolean(),
                    trade.path("isMaker").asBoolean()));
      }
      if (page.size() < 1_000) {
        return trades;
      }
    }
  }
}
