package org.fondaco.api.past;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.error.VenueErrors;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Parameters;
import org.fondaco.api.projection.History;
import org.fondaco.api.projection.HistoryUnavailable;
import org.fondaco.api.projection.Page;
import org.fondaco.api.projection.RemarkHistory;
import org.fondaco.engine.readmodel.ListView;
import org.fondaco.engine.readmodel.OrderView;
import org.fondaco.engine.readmodel.ReadModel;
import org.fondaco.engine.readmodel.ReadModel.AmendmentView;
import org.fondaco.engine.readmodel.ReadModel.FillView;
import org.fondaco.engine.readmodel.ReadModel.PreventedMatchView;
import org.fondaco.engine.readmodel.ReadModel.TradeView;
import org.jooq.DSLContext;

/**
 * Reads that may need the database. They run on threads that may wait; while the database is down
 * they are answered from memory whenever memory alone has the whole answer.
 */
public final class Past {
  private static final int LIMIT = 500;
  private static final int LIMIT_MAX = 1_000;
  private static final int HOURS_MAX = 24;
  private static final long HOUR_MICROS = 3_600_000_000L;

  private final History history;
  private final RemarkHistory remarks;
  private final ReadModel readModel;
  private final Executor waiting;

  /**
   * @param waiting its threads may block
   */
  public Past(DSLContext jooq, ReadModel readModel, Executor waiting) {
    this.history = new History(jooq, readModel);
    this.remarks = new RemarkHistory(jooq, readModel);
    this.readModel = readModel;
    this.waiting = waiting;
  }

  /** Runs a question where it may wait. */
  public <T> CompletableFuture<T> ask(Supplier<T> question) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return question.get();
          } catch (HistoryUnavailable e) {
            throw VenueErrors.historyUnavailable();
          }
        },
        waiting);
  }

  public Optional<OrderView> order(long account, int symbol, long orderId) {
    return history.order(account, symbol, orderId);
  }

  public Optional<OrderView> orderByClientId(long account, int symbol, String clientOrderId) {
    return history.orderByClientId(account, symbol, clientOrderId);
  }

  public Optional<ListView> orderList(long account, long orderListId) {
    return history.orderList(account, orderListId);
  }

  public Optional<ListView> orderListByClientId(long account, String listClientOrderId) {
    return history.orderListByClientId(account, listClientOrderId);
  }

  public List<OrderView> orders(long account, int symbol, Page page) {
    try {
      return history.orders(account, symbol, page);
    } catch (HistoryUnavailable e) {
      // Memory keeps the latest orders without a gap, so it has the answer if that starts in it.
      List<OrderView> present = readModel.latestOrders(account, symbol, Integer.MAX_VALUE);
      boolean whole =
          present.size() >= page.limit() && isLast(page)
              || page.fromId().isPresent()
                  && !present.isEmpty()
                  && present.getFirst().orderId() <= page.fromId().getAsLong();
      if (!whole) {
        throw e;
      }
      return isLast(page)
          ? present.subList(present.size() - page.limit(), present.size())
          : present.stream()
              .filter(order -> order.orderId() >= page.fromId().orElse(0))
              .limit(page.limit())
              .toList();
    }
  }

  public List<FillView> fills(long account, int symbol, OptionalLong orderId, Page page) {
    try {
      return history.fills(account, symbol, orderId, page);
    } catch (HistoryUnavailable e) {
      List<FillView> present = readModel.latestFills(account, symbol, page.limit());
      if (!isLast(page) || orderId.isPresent() || present.size() < page.limit()) {
        throw e;
      }
      return present;
    }
  }

  /** Order lists of an account, open and ended, by list id and time of acceptance. */
  public List<ListView> orderLists(long account, Page page) {
    return history.orderLists(account, page);
  }

  /** Client ids of orders of an account by order id, wherever they are. */
  public Map<Long, String> clientOrderIds(long account, int symbol, List<Long> orderIds) {
    Map<Long, String> ids = new HashMap<>();
    List<Long> older = new ArrayList<>();
    for (Long orderId : orderIds) {
      readModel
          .order(account, symbol, orderId)
          .ifPresentOrElse(
              order -> ids.put(orderId, order.spec().clientOrderId()), () -> older.add(orderId));
    }
    if (!older.isEmpty()) {
      ids.putAll(history.clientOrderIds(account, older));
    }
    return ids;
  }

  /** A prevented match of which this account is a side. */
  public Optional<PreventedMatchView> preventedMatch(
      long account, int symbol, long preventedMatchId) {
    return remarks.preventedMatch(account, symbol, preventedMatchId);
  }

  /**
   * Prevented matches of an order of this account, ascending by id.
   *
   * @param fromPreventedMatchId least id wanted; 0 = from the first
   */
  public List<PreventedMatchView> preventedMatches(
      long account, int symbol, long orderId, long fromPreventedMatchId, int limit) {
    return remarks.preventedMatches(account, symbol, orderId, fromPreventedMatchId, limit);
  }

  /**
   * Amendments of an order of this account, ascending by execution id.
   *
   * @param fromExecutionId least id wanted; 0 = from the first
   */
  public List<AmendmentView> amendments(
      long account, int symbol, long orderId, long fromExecutionId, int limit) {
    return remarks.amendments(account, symbol, orderId, fromExecutionId, limit);
  }

  /** The last public trades of a symbol, oldest first. */
  public List<TradeView> trades(int symbol, int limit) {
    return history.trades(symbol, limit);
  }

  /**
   * The part of a history that a request asks for.
   *
   * @param fromName parameter of the first id wanted
   * @throws org.fondaco.api.error.ApiException -1127 beyond 24 hours, -1130
   */
  public static Page page(Parameters parameters, String fromName) {
    int limit = parameters.wholeInt("limit", LIMIT);
    if (limit == 0) {
      throw RequestErrors.invalidData("limit");
    }
    OptionalLong from = optional(parameters, fromName);
    OptionalLong start = time(parameters, "startTime");
    OptionalLong end = time(parameters, "endTime");
    if (start.isPresent() && end.isPresent()) {
      long span = end.getAsLong() - start.getAsLong();
      if (span < 0) {
        throw RequestErrors.badCombination();
      }
      if (span > HOURS_MAX * HOUR_MICROS) {
        throw RequestErrors.lookupIntervalTooBig(HOURS_MAX);
      }
    }
    return new Page(from, start, end, Math.min(limit, LIMIT_MAX));
  }

  /** A whole number that may be absent. */
  public static OptionalLong optional(Parameters parameters, String name) {
    return parameters.has(name) ? OptionalLong.of(parameters.whole(name, 0)) : OptionalLong.empty();
  }

  /** A point in time in microseconds that may be absent; sent in milliseconds or microseconds. */
  public static OptionalLong time(Parameters parameters, String name) {
    OptionalLong sent = optional(parameters, name);
    if (sent.isEmpty()) {
      return sent;
    }
    if (sent.getAsLong() > Long.MAX_VALUE / 1_000) {
      throw RequestErrors.overflow(name);
    }
    return OptionalLong.of(Call.micros(sent.getAsLong()));
  }

  private static boolean isLast(Page page) {
    return page.fromId().isEmpty() && page.startTime().isEmpty() && page.endTime().isEmpty();
  }
}
