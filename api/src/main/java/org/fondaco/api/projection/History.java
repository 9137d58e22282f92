package org.fondaco.api.projection;

import static org.fondaco.db.schema.Tables.ORDERS;
import static org.fondaco.db.schema.Tables.ORDER_LISTS;
import static org.fondaco.db.schema.Tables.TRADES;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.fondaco.engine.readmodel.ListView;
import org.fondaco.engine.readmodel.OrderView;
import org.fondaco.engine.readmodel.ReadModel;
import org.fondaco.engine.readmodel.ReadModel.FillView;
import org.fondaco.engine.readmodel.ReadModel.TradeView;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.TableField;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.TableImpl;

/**
 * The past and the present as one: what PostgreSQL has, overlaid with what the read model has. The
 * read model is always asked first: what leaves it in between has been committed before, so that
 * nothing acknowledged is ever missing from an answer.
 */
public final class History {
  private static final Condition ALL = DSL.noCondition();

  private final DSLContext jooq;
  private final ReadModel readModel;

  /** Any thread may use it. */
  public History(DSLContext jooq, ReadModel readModel) {
    this.jooq = jooq;
    this.readModel = readModel;
  }

  /**
   * An order of this account and symbol.
   *
   * @throws HistoryUnavailable when it is not in the read model and the database cannot be reached
   */
  public Optional<OrderView> order(long account, int symbol, long orderId) {
    Optional<OrderView> present = readModel.order(account, symbol, orderId);
    if (present.isPresent()) {
      return present;
    }
    return ask(() ->
        jooq.selectFrom(ORDERS)
            .where(ORDERS.ORDER_ID.eq(orderId))
            .and(ORDERS.ACCOUNT_ID.eq(account))
            .and(ORDERS.SYMBOL_ID.eq(symbol))
            .fetchOptional(Rows::order));
  }

  /**
   * The open order with this client id, else the last one that had it.
   *
   * @throws HistoryUnavailable when it is not in the read model and the database cannot be reached
   */
  public Optional<OrderView> orderByClientId(long account, int symbol, String clientOrderId) {
    Optional<OrderView> present = readModel.orderByClientId(account, symbol, clientOrderId);
    if (present.isPresent()) {
      return present;
    }
    return ask(() ->
        jooq.selectFrom(ORDERS)
            .where(ORDERS.ACCOUNT_ID.eq(account))
            .and(ORDERS.SYMBOL_ID.eq(symbol))
            .and(ORDERS.CLIENT_ORDER_ID.eq(clientOrderId))
            .orderBy(ORDERS.ORDER_ID.desc())
            .limit(1)
            .fetchOptional(Rows::order));
  }

  /**
   * Orders of an account on a symbol, by order id and time of acceptance.
   *
   * @throws HistoryUnavailable when the database cannot be reached
   */
  public List<OrderView> orders(long account, int symbol, Page page) {
    // A reader that copies holds the writer up, so only what can be in the page is asked for.
    List<OrderView> present =
        page.isLast()
            ? readModel.latestOrders(account, symbol, page.limit())
            : readModel.orders(account, symbol);
    Condition owner = ORDERS.ACCOUNT_ID.eq(account).and(ORDERS.SYMBOL_ID.eq(symbol));
    List<OrderView> past =
        select(ORDERS, ORDERS.ORDER_ID, ORDERS.ACCEPTED_TIME, owner, ALL, page, Rows::order);
    return merged(
        OrderView::orderId, past, present, OrderView::orderId, OrderView::acceptedTime, page);
  }

  /**
   * Fills of an account on a symbol, by trade id and time; of one order if it is given.
   *
   * @throws HistoryUnavailable when the database cannot be reached
   */
  public List<FillView> fills(long account, int symbol, OptionalLong orderId, Page page) {
    List<FillView> present =
        page.isLast() && orderId.isEmpty()
            ? readModel.latestFills(account, symbol, page.limit())
            : readModel.fills(account, symbol);
    Condition owner = TRADES.ACCOUNT_ID.eq(account).and(TRADES.SYMBOL_ID.eq(symbol));
    Condition ofOrder = ALL;
    if (orderId.isPresent()) {
      long id = orderId.getAsLong();
      present = present.stream().filter(fill -> fill.orderId() == id).toList();
      ofOrder = TRADES.ORDER_ID.eq(id);
    }
    List<FillView> past =
        select(TRADES, TRADES.TRADE_ID, TRADES.TIME, owner, ofOrder, page, Rows::fill);
    // Both sides of a trade can be the account's own: twice the id makes room for the side.
    ToLongFunction<FillView> key = fill -> 2 * fill.tradeId() + (fill.buyer() ? 1 : 0);
    return merged(key, past, present, FillView::tradeId, FillView::time, page);
  }

  /**
   * The last public trades of a symbol, oldest first. While the database cannot be reached these
   * are only the ones that the read model has.
   */
  public List<TradeView> trades(int symbol, int limit) {
    List<TradeView> present = readModel.trades(symbol, limit);
    long first = present.isEmpty() ? Long.MAX_VALUE : present.getFirst().tradeId();
    if (present.size() == limit || first == 0) {
      return present;
    }
    List<TradeView> all = new ArrayList<>();
    try {
      jooq.selectFrom(TRADES)
          .where(TRADES.SYMBOL_ID.eq(symbol))
          .andNot(TRADES.MAKER)
          .and(TRADES.TRADE_ID.lt(first))
          .orderBy(TRADES.TRADE_ID.desc())
          .limit(limit - present.size())
          .forEach(row -> all.addFirst(Rows.trade(row)));
    } catch (DataAccessException e) {
      return present;
    }
    all.addAll(present);
    return all;
  }

  /**
   * A list of this account.
   *
   * @throws HistoryUnavailable when it is not in the read model and the database cannot be reached
   */
  public Optional<ListView> orderList(long account, long orderListId) {
    Optional<ListView> present = readModel.orderList(account, orderListId);
    if (present.isPresent()) {
      return present;
    }
    return ask(() ->
        jooq.selectFrom(ORDER_LISTS)
            .where(ORDER_LISTS.ORDER_LIST_ID.eq(orderListId))
            .and(ORDER_LISTS.ACCOUNT_ID.eq(account))
            .fetchOptional(Rows::list));
  }

  /**
   * The last list of this account with this client id.
   *
   * @throws HistoryUnavailable when it is not in the read model and the database cannot be reached
   */
  public Optional<ListView> orderListByClientId(long account, String listClientOrderId) {
    Optional<ListView> present = readModel.orderListByClientId(account, listClientOrderId);
    if (present.isPresent()) {
      return present;
    }
    return ask(() ->
        jooq.selectFrom(ORDER_LISTS)
            .where(ORDER_LISTS.ACCOUNT_ID.eq(account))
            .and(ORDER_LISTS.LIST_CLIENT_ORDER_ID.eq(listClientOrderId))
            .orderBy(ORDER_LISTS.ORDER_LIST_ID.desc())
            .limit(1)
            .fetchOptional(Rows::list));
  }

  /**
   * Order lists of an account, by list id and time of acceptance.
   *
   * @throws HistoryUnavailable when the database cannot be reached
   */
  public List<ListView> orderLists(long account, Page page) {
    List<ListView> present = readModel.orderLists(account);
    List<ListView> past =
        select(
            ORDER_LISTS,
            ORDER_LISTS.ORDER_LIST_ID,
            ORDER_LISTS.ACCEPTED_TIME,
            ORDER_LISTS.ACCOUNT_ID.eq(account),
            ALL,
            page,
            Rows::list);
    return merged(
        ListView::orderListId, past, present, ListView::orderListId, ListView::acceptedTime, page);
  }

  /**
   * Client ids of orders of an account, by order id; those that the read model has may be left out.
   *
   * @throws HistoryUnavailable when the database cannot be reached
   */
  public Map<Long, String> clientOrderIds(long account, Collection<Long> orderIds) {
    return ask(() ->
        jooq.select(ORDERS.ORDER_ID, ORDERS.CLIENT_ORDER_ID)
            .from(ORDERS)
            .where(ORDERS.ORDER_ID.in(orderIds))
            .and(ORDERS.ACCOUNT_ID.eq(account))
            .fetchMap(ORDERS.ORDER_ID, ORDERS.CLIENT_ORDER_ID));
  }

  /**
   * A page of a table. Ids and times grow together within an owner, so a page between two times is
   * one between two ids; which these are, one descent of the index by time tells. What is read is
   * then a run of one index, bounded by the limit, wherever in the table it is.
   *
   * @param owner whose rows, as the index by time has them
   * @param also more that is wanted of a row, as the index by id has it
   */
  private <R extends Record, T> List<T> select(
      TableImpl<R> table,
      TableField<R, Long> id,
      TableField<R, Long> time,
      Condition owner,
      Condition also,
      Page page,
      Function<R, T> row) {
    Condition wanted = owner.and(also);
    if (page.fromId().isPresent()) {
      wanted = wanted.and(id.ge(page.fromId().getAsLong()));
    }
    if (page.startTime().isPresent()) {
      wanted =
          wanted.and(
              id.ge(
                  jooq.select(id)
                      .from(table)
                      .where(owner)
                      .and(time.ge(page.startTime().getAsLong()))
                      .orderBy(time, id)
                      .limit(1)));
    }
    if (page.endTime().isPresent()) {
      wanted =
          wanted.and(
              id.le(
                  jooq.select(id)
                      .from(table)
                      .where(owner)
                      .and(time.le(page.endTime().getAsLong()))
                      .orderBy(time.desc(), id.desc())
                      .limit(1)));
    }
    Condition where = wanted;
    return ask(() ->
        jooq.selectFrom(table)
            .where(where)
            .orderBy(page.ascending() ? id.asc() : id.desc())
            .limit(page.limit())
            .fetch(row::apply));
  }

  /** What is in both is taken from the read model, which is never behind. */
  private static <T> List<T> merged(
      ToLongFunction<T> key,
      List<T> past,
      List<T> present,
      ToLongFunction<T> id,
      ToLongFunction<T> time,
      Page page) {
    TreeMap<Long, T> all = new TreeMap<>();
    past.forEach(entry -> all.put(key.applyAsLong(entry), entry));
    present.stream()
        .filter(entry -> page.contains(id.applyAsLong(entry), time.applyAsLong(entry)))
        .forEach(entry -> all.put(key.applyAsLong(entry), entry));
    List<T> sorted = new ArrayList<>(all.values());
    int size = sorted.size();
    if (size <= page.limit()) {
      return sorted;
    }
    return page.ascending()
        ? sorted.subList(0, page.limit())
        : sorted.subList(size - page.limit(), size);
  }

  static <T> T ask(Supplier<T> query) {
    try {
      return query.get();
    } catch (DataAccessException e) {
      throw new HistoryUnavailable(e);
    }
  }
}
