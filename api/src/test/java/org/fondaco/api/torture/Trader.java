package org.fondaco.api.torture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;

/**
 * One connection's worth of mixed orders: places, cancels, amends, replaces, lists. Touches only
 * orders of its own, so that what it was told last about one is what must hold. Ends at the first
 * request without an answer.
 */
final class Trader implements Runnable {
  private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT");

  private final String user;
  private final TradingClient client;
  private final Diary diary;
  private final String prefix;
  private final Random random;
  private final AtomicBoolean stopping;
  private final List<Mine> open = new ArrayList<>();
  private final List<Integer> refusalsByVenue = new ArrayList<>();
  private int number;
  private volatile long answers;

  /**
   * @param lots executed and asked for in lots of 0.005
   */
  private record Mine(
      String symbol, long orderId, String clientOrderId, int lots, boolean inList) {}

  Trader(
      String user,
      TradingClient client,
      Diary diary,
      String prefix,
      long seed,
      AtomicBoolean stopping) {
    this.user = user;
    this.client = client;
    this.diary = diary;
    this.prefix = prefix;
    this.random = new Random(seed);
    this.stopping = stopping;
  }

  List<Integer> refusalsByVenue() {
    return refusalsByVenue;
  }

  long answers() {
    return answers;
  }

  @Override
  public void run() {
    boolean connected = true;
    while (connected && !stopping.get()) {
      int what = open.size() < 4 ? random.nextInt(60) : random.nextInt(100);
      String symbol = SYMBOLS.get(random.nextInt(SYMBOLS.size()));
      if (what < 52) {
        connected = place(symbol);
      } else if (what < 56) {
        connected = oco(symbol);
      } else if (what < 60) {
        connected = oto(symbol);
      } else if (what < 80) {
        connected = cancel(takeOne());
      } else if (what < 88) {
        connected = amend();
      } else {
        connected = cancelReplace(takeOne());
      }
    }
  }

  private boolean place(String symbol) {
    String id = nextId();
    int lots = 1 + random.nextInt(8);
    boolean buy = random.nextBoolean();
    String common = "symbol=%s&side=%s&newClientOrderId=%s".formatted(symbol, side(buy), id);
    int kind = random.nextInt(10);
    String rest =
        switch (kind) {
          case 0 -> "&type=MARKET&quantity=" + quantity(lots);
          case 1 -> limit("IOC", symbol, buy, lots);
          case 2 -> limit("FOK", symbol, buy, lots);
          default -> limit("GTC", symbol, buy, lots);
        };
    String query = common + rest + (random.nextBoolean() ? "&newOrderRespType=RESULT" : "");
    Reply reply = send("POST", "/api/v3/order", query);
    return settle(reply, symbol, List.of(id), () -> told(reply.body(), lots));
  }

  private static String limit(String timeInForce, String symbol, boolean buy, int lots, int ticks) {
    int middle = symbol.equals("BTCUSDT") ? 6_400_000 : 320_000;
    int price = middle + (buy ? -ticks : ticks);
    return "&type=LIMIT&timeInForce=%s&quantity=%s&price=%d.%02d"
        .formatted(timeInForce, quantity(lots), price / 100, price % 100);
  }

  /** Prices cross now and then. */
  private String limit(String timeInForce, String symbol, boolean buy, int lots) {
    return limit(timeInForce, symbol, buy, lots, random.nextInt(60) - 15);
  }

  private boolean oco(String symbol) {
    String list = nextId();
    String above = nextId();
    String below = nextId();
    int lots = 1 + random.nextInt(4);
    int middle = symbol.equals("BTCUSDT") ? 64_000 : 3_200;
    String query =
        ("symbol=%s&side=SELL&quantity=%s&listClientOrderId=%s&aboveType=LIMIT_MAKER"
                + "&abovePrice=%d&aboveClientOrderId=%s&belowType=STOP_LOSS_LIMIT"
                + "&belowStopPrice=%d&belowPrice=%d&belowTimeInForce=GTC&belowClientOrderId=%s")
            .formatted(
                symbol,
                quantity(lots),
                list,
                middle + 20 + random.nextInt(20),
                above,
                middle - 20 - random.nextInt(20),
                middle - 60,
                below);
    Reply reply = send("POST", "/api/v3/orderList/oco", query);
    return settle(reply, symbol, List.of(above, below), () -> toldList(reply.body(), lots));
  }

  private boolean oto(String symbol) {
    String working = nextId();
    String pending = nextId();
    int lots = 1 + random.nextInt(4);
    int middle = symbol.equals("BTCUSDT") ? 64_000 : 3_200;
    String query =
        ("symbol=%s&listClientOrderId=%s&workingType=LIMIT&workingTimeInForce=GTC&workingSide=BUY"
                + "&workingQuantity=%s&workingPrice=%d&workingClientOrderId=%s&pendingType=LIMIT"
                + "&pendingTimeInForce=GTC&pendingSide=SELL&pendingQuantity=%s&pendingPrice=%d"
                + "&pendingClientOrderId=%s")
            .formatted(
                symbol,
                nextId(),
                quantity(lots),
                middle,
                working,
                quantity(lots),
                middle + 1,
                pending);
    Reply reply = send("POST", "/api/v3/orderList/oto", query);
    return settle(reply, symbol, List.of(working, pending), () -> toldList(reply.body(), lots));
  }

  private boolean cancel(Mine mine) {
    Reply reply =
        send(
            "DELETE",
            "/api/v3/order",
            "symbol=%s&orderId=%d".formatted(mine.symbol(), mine.orderId()));
    return settle(
        reply,
        mine.symbol(),
        List.of(),
        () -> {
          JsonNode reports = reply.body().get("orderReports");
          if (reports == null) {
            diary.told(user, reply.body());
          } else {
            reports.forEach(report -> diary.told(user, report));
          }
        });
  }

  private boolean amend() {
    Mine mine = takeOne();
    if (mine.lots() < 2 || mine.inList()) {
      return cancel(mine);
    }
    Reply reply =
        send(
            "PUT",
            "/api/v3/order/amend/keepPriority",
            "symbol=%s&orderId=%d&newClientOrderId=%s&newQty=%s"
                .formatted(
                    mine.symbol(),
                    mine.orderId(),
                    mine.clientOrderId(),
                    quantity(mine.lots() - 1)));
    if (reply.status() == 0 || reply.unknown()) {
      diary.amendmentUnanswered(mine.orderId());
    }
    return settle(
        reply,
        mine.symbol(),
        List.of(),
        () -> {
          diary.told(user, reply.body().get("amendedOrder"));
          open.add(
              new Mine(
                  mine.symbol(), mine.orderId(), mine.clientOrderId(), mine.lots() - 1, false));
        });
  }

  private boolean cancelReplace(Mine mine) {
    String id = nextId();
    int lots = 1 + random.nextInt(8);
    boolean buy = random.nextBoolean();
    String query =
        ("symbol=%s&side=%s&cancelReplaceMode=ALLOW_FAILURE&cancelOrderId=%d&newClientOrderId=%s"
                + "&newOrderRespType=RESULT%s")
            .formatted(
                mine.symbol(),
                side(buy),
                mine.orderId(),
                id,
                limit("GTC", mine.symbol(), buy, lots));
    Reply reply = send("POST", "/api/v3/order/cancelReplace", query);
    JsonNode both = reply.body().has("data") ? reply.body().get("data") : reply.body();
    if (!both.has("newOrderResult")) {
      return settle(reply, mine.symbol(), List.of(id), () -> {});
    }
    answers++;
    if (both.get("cancelResult").asString().equals("SUCCESS")) {
      JsonNode canceled = both.get("cancelResponse");
      if (canceled.has("orderReports")) {
        canceled.get("orderReports").forEach(report -> diary.told(user, report));
      } else {
        diary.told(user, canceled);
      }
    }
    if (both.get("newOrderResult").asString().equals("SUCCESS")) {
      told(both.get("newOrderResponse"), lots);
    } else {
      diary.refused(user, mine.symbol(), id);
    }
    return true;
  }

  /** Notes what became of a request; returns whether the connection is still worth using. */
  private boolean settle(Reply reply, String symbol, List<String> clientOrderIds, Runnable done) {
    if (reply.status() == 0 || reply.unknown()) {
      clientOrderIds.forEach(id -> diary.unanswered(user, symbol, id));
      return false;
    }
    answers++;
    if (reply.ok()) {
      done.run();
      return true;
    }
    clientOrderIds.forEach(id -> diary.refused(user, symbol, id));
    if (reply.status() >= 500) {
      refusalsByVenue.add(reply.code());
      return reply.code() != -1016;
    }
    if (reply.code() > -1_000 || reply.code() == -1_000 || reply.status() == 404) {
      throw new AssertionError("answered " + reply);
    }
    return true;
  }

  private void told(JsonNode report, int lots) {
    diary.told(user, report);
    if (!OrderStates.ended(report.get("status").asString())) {
      open.add(
          new Mine(
              report.get("symbol").asString(),
              report.get("orderId").asLong(),
              report.get("clientOrderId").asString(),
              lots,
              report.get("orderListId").asLong() >= 0));
    }
  }

  private void toldList(JsonNode list, int lots) {
    list.get("orderReports").forEach(report -> told(report, lots));
  }

  private Mine takeOne() {
    return open.remove(random.nextInt(open.size()));
  }

  /** Status 0 stands for no answer. */
  private Reply send(String method, String path, String query) {
    try {
      return client.signed(method, path, query);
    } catch (IOException e) {
      return Reply.NONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.NONE;
    }
  }

  private String nextId() {
    return prefix + "-" + number++;
  }

  private static String side(boolean buy) {
    return buy ? "BUY" : "SELL";
  }

  private static String quantity(int lots) {
    return "0.%03d".formatted(lots * 5);
  }
}
