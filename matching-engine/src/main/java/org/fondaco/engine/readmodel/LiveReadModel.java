package org.fondaco.engine.readmodel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.agrona.DirectBuffer;
import org.fondaco.engine.protocol.EngineEvent;
import org.jspecify.annotations.Nullable;

/**
 * The read model in memory: {@link #apply} by the output thread only, everything else by any
 * thread.
 *
 * <p>Accounts are spread over shards, each under a lock of its own, and each symbol has its lock.
 * The writer holds the locks of what a group touches until the group is applied; a reader copies
 * what it asks for under one lock. Copies on write were the alternative: they would make the writer
 * pay for every change, also for those that nobody reads, and a group spans accounts. A view of an
 * order is immutable and built by the first reader after a change.
 */
public final class LiveReadModel implements ReadModel {

  /** Prevented matches and amendments kept although the history store has them. */
  private static final int REMARKS_MAX = 1_000;

  private final GroupLocks locks;
  private final Catalogue catalogue = new Catalogue();
  private final GroupWriter writer;
  private volatile long sequence;
  private volatile long watermark;

  /** A model that keeps 100,000 closed orders, 200,000 fills and 1,000 trades of each symbol. */
  public LiveReadModel() {
    this(100_000, 200_000, 1_000);
  }

  /**
   * An empty model.
   *
   * @param closedOrdersMax closed orders of the venue kept although the history store has them
   * @param fillsMax fills of the venue kept although the history store has them
   * @param tradesPerSymbolMax public trades kept for each symbol
   */
  public LiveReadModel(int closedOrdersMax, int fillsMax, int tradesPerSymbolMax) {
    this(closedOrdersMax, fillsMax, REMARKS_MAX, tradesPerSymbolMax);
  }

  /**
   * As the other one.
   *
   * @param remarksMax prevented matches and amendments of the venue kept although the history store
   *     has them
   */
  public LiveReadModel(int closedOrdersMax, int fillsMax, int remarksMax, int tradesPerSymbolMax) {
    locks = new GroupLocks(tradesPerSymbolMax);
    writer =
        new GroupWriter(locks, catalogue, new Retention(closedOrdersMax, fillsMax, remarksMax));
  }

  /**
   * Folds a whole group in; readers see it when this returns. Also primes: the events of {@code
   * StateMachine.describe} in one or more calls, before any group.
   *
   * @param groupSequence journal sequence of the command
   * @param time engine time, microseconds
   * @param events SBE events back to back, each preceded by its length as a little-endian int
   * @throws IllegalStateException when the events do not continue what is here; the model is then
   *     not to be used any more
   */
  public void apply(long groupSequence, long time, DirectBuffer events, int offset, int length) {
    writer.group(groupSequence, time, watermark, events, offset, length);
    writer.forget(watermark);
    sequence = groupSequence;
  }

  /** Tells how far the history store is; by any one thread. A lower value changes nothing. */
  public void watermark(long newWatermark) {
    if (newWatermark > watermark) {
      watermark = newWatermark;
    }
  }

  @Override
  public long sequence() {
    return sequence;
  }

  @Override
  public long watermark() {
    return watermark;
  }

  @Override
  public List<EngineEvent.AssetChanged> assets() {
    return catalogue.assets();
  }

  @Override
  public List<EngineEvent.SymbolChanged> symbols() {
    return catalogue.symbols();
  }

  @Override
  public Optional<EngineEvent.SymbolChanged> symbol(String name) {
    return catalogue.symbol(name);
  }

  @Override
  public Optional<EngineEvent.FeesChanged> fees(int symbol, int tier) {
    return catalogue.fees(symbol, tier);
  }

  @Override
  public Optional<EngineEvent.AccountChanged> account(long account) {
    return Optional.ofNullable(ofAccount(account, book -> book.options, null));
  }

  @Override
  public boolean frozen(long account) {
    return ofAccount(account, book -> book.frozen, false);
  }

  @Override
  public List<EngineEvent.BalanceChanged> balances(long account) {
    return ofAccount(account, AccountBook::balances, List.of());
  }

  @Override
  public Optional<OrderView> order(long account, int symbol, long orderId) {
    return ofShard(account, shard -> viewOf(shard.find(account, symbol, orderId)));
  }

  @Override
  public Optional<OrderView> orderByClientId(long account, int symbol, String clientOrderId) {
    return ofShard(account, shard -> viewOf(shard.clientIds.find(account, symbol, clientOrderId)));
  }

  @Override
  public List<OrderView> openOrders(long account, int symbol) {
    return ofAccount(
        account,
        book -> {
          List<OrderView> views = new ArrayList<>();
          for (LiveOrder order = book.firstOpen; order != null; order = order.nextOpen) {
            if (symbol == 0 || order.symbol == symbol) {
              views.add(order.view());
            }
          }
          return views;
        },
        List.of());
  }

  @Override
  public List<OrderView> orders(long account, int symbol) {
    return ofAccount(
        account,
        book -> {
          List<OrderView> views = new ArrayList<>();
          for (LiveOrder order = book.firstHere; order != null; order = order.nextHere) {
            if (symbol == 0 || order.symbol == symbol) {
              views.add(order.view());
            }
          }
          return views;
        },
        List.of());
  }

  @Override
  public List<OrderView> latestOrders(long account, int symbol, int limit) {
    return ofAccount(
        account,
        book -> {
          List<OrderView> views = new ArrayList<>();
          LiveOrder order = book.lastHere;
          for (; order != null && views.size() < limit; order = order.previousHere) {
            if (symbol == 0 || order.symbol == symbol) {
              views.add(order.view());
            }
          }
          Collections.reverse(views);
          return views;
        },
        List.of());
  }

  @Override
  public Optional<ListView> orderList(long account, long orderListId) {
    return Optional.ofNullable(
        ofAccount(account, book -> viewOfList(book.list(orderListId)), null));
  }

  @Override
  public Optional<ListView> orderListByClientId(long account, String listClientOrderId) {
    return Optional.ofNullable(
        ofAccount(account, book -> viewOfList(book.listByClientId(listClientOrderId)), null));
  }

  @Override
  public List<ListView> openOrderLists(long account) {
    return ofAccount(account, AccountBook::openLists, List.of());
  }

  @Override
  public OpenState openState(long account) {
    return ofShard(
        account,
        shard -> {
          AccountBook book = shard.find(account);
          if (book == null) {
            return new OpenState(shard.sequence, List.of(), List.of());
          }
          List<ListView> lists = book.openLists();
          TreeMap<Long, OrderView> orders = new TreeMap<>();
          for (LiveOrder order = book.firstOpen; order != null; order = order.nextOpen) {
            orders.put(order.orderId, order.view());
          }
          for (ListView list : lists) {
            for (long leg : list.orders()) {
              viewOf(shard.find(account, list.symbol(), leg)).ifPresent(o -> orders.put(leg, o));
            }
          }
          return new OpenState(shard.sequence, List.copyOf(orders.values()), lists);
        });
  }

  @Override
  public List<FillView> fills(long account, int symbol) {
    return ofAccount(
        account,
        book -> {
          List<FillView> views = new ArrayList<>();
          for (LiveFill fill = book.firstFill; fill != null; fill = fill.nextHere) {
            if (symbol == 0 || fill.view.symbol() == symbol) {
              views.add(fill.view);
            }
          }
          return views;
        },
        List.of());
  }

  @Override
  public List<FillView> latestFills(long account, int symbol, int limit) {
    return ofAccount(
        account,
        book -> {
          List<FillView> views = new ArrayList<>();
          LiveFill fill = book.lastFill;
          for (; fill != null && views.size() < limit; fill = fill.previousHere) {
            if (symbol == 0 || fill.view.symbol() == symbol) {
              views.add(fill.view);
            }
          }
          Collections.reverse(views);
          return views;
        },
        List.of());
  }

  @Override
  public List<ListView> orderLists(long account) {
    return ofAccount(account, AccountBook::orderLists, List.of());
  }

  @Override
  public List<PreventedMatchView> preventedMatches(long account, int symbol) {
    return ofAccount(account, book -> book.preventedMatches(symbol), List.of());
  }

  @Override
  public List<AmendmentView> amendments(long account, int symbol) {
    return ofAccount(account, book -> book.amendments(symbol), List.of());
  }

  @Override
  public Depth depth(int symbol, int limit) {
    return ofSymbol(symbol, book -> book.depth(limit), new Depth(0, List.of(), List.of()));
  }

  @Override
  public List<TradeView> trades(int symbol, int limit) {
    return ofSymbol(symbol, book -> book.trades(limit), List.of());
  }

  @Override
  public List<TapeTrade> tape(int symbol, long fromTradeId, int limit) {
    return ofSymbol(symbol, book -> book.tape(fromTradeId, limit), List.of());
  }

  @Override
  public long lastPrice(int symbol) {
    return ofSymbol(symbol, SymbolBook::lastPrice, 0L);
  }

  private static Optional<OrderView> viewOf(@Nullable LiveOrder order) {
    return order == null ? Optional.empty() : Optional.of(order.view());
  }

  private static @Nullable ListView viewOfList(@Nullable LiveList list) {
    return list == null ? null : list.view();
  }

  private <T> T ofShard(long account, Function<AccountShard, T> read) {
    AccountShard shard = locks.shardOf(account);
    shard.lock.lock();
    try {
      return read.apply(shard);
    } finally {
      shard.lock.unlock();
    }
  }

  private <T extends @Nullable Object> T ofAccount(
      long account, Function<AccountBook, T> read, T absent) {
    AccountShard shard = locks.shardOf(account);
    shard.lock.lock();
    try {
      AccountBook book = shard.find(account);
      return book == null ? absent : read.apply(book);
    } finally {
      shard.lock.unlock();
    }
  }

  private <T> T ofSymbol(int symbol, Function<SymbolBook, T> read, T absent) {
    SymbolBook book = locks.symbolOf(symbol);
    if (book == null) {
      return absent;
    }
    book.lock.lock();
    try {
      return read.apply(book);
    } finally {
      book.lock.unlock();
    }
  }
}
