package org.fondaco.engine.core;

import org.fondaco.bench.workload.Mix;
import org.fondaco.bench.workload.Workload;

/**
 * The engine's book structures alone, without accounts, balances, filters or events: its slab of
 * orders, its levels and ladders, its index of orders, and a plain matching loop over them, as
 * exchange-core's book is. In this package because the structures are not for others.
 */
public final class BookContender {

  private final Workload workload;
  private final Orders orders;
  private final Levels levels;
  private final LongMap slots;
  private final Ladder[] bids;
  private final Ladder[] asks;
  private long trades;
  private long tradeHash;
  private long failures;

  public BookContender(Workload workload) {
    this.workload = workload;
    int room = Math.max(1 << 14, workload.fillCount() * 2);
    orders = new Orders(room, room * 2);
    levels = new Levels(room);
    slots = new LongMap(room);
    TrieNodes nodes = new TrieNodes(room);
    bids = new Ladder[workload.symbols()];
    asks = new Ladder[workload.symbols()];
    for (int i = 0; i < bids.length; i++) {
      bids[i] = new Ladder(true, orders, levels, nodes);
      asks[i] = new Ladder(false, orders, levels, nodes);
    }
  }

  /** Runs the commands in [from, to). */
  public void run(int from, int to) {
    for (int row = from; row < to; row++) {
      apply(row);
    }
  }

  /** Runs one command. */
  public void apply(int row) {
    switch (workload.kind(row)) {
      case Workload.PLACE_GTC -> place(row, true);
      case Workload.PLACE_IOC -> place(row, false);
      case Workload.PLACE_FOK -> {
        if (fillable(row)) {
          place(row, false);
        }
      }
      case Workload.CANCEL -> {
        int o = find(row);
        if (o >= 0) {
          leave(o);
          end(o);
        }
      }
      case Workload.REDUCE -> reduce(row);
      case Workload.MOVE -> move(row);
      default -> throw new IllegalStateException("kind " + workload.kind(row));
    }
  }

  private Ladder ladder(int symbol, boolean buy) {
    return buy ? bids[symbol] : asks[symbol];
  }

  private int find(int row) {
    int o = slots.find(workload.order(row));
    if (o < 0 || orders.account(o) != workload.account(row)) {
      failures++;
      return -1;
    }
    return o;
  }

  private void place(int row, boolean rests) {
    int symbol = workload.symbol(row);
    boolean buy = workload.buy(row);
    int o = orders.allocate();
    orders.id(o, workload.order(row));
    orders.account(o, workload.account(row));
    orders.price(o, workload.price(row));
    orders.quantity(o, workload.size(row));
    orders.left(o, workload.size(row));
    orders.executed(o, 0);
    orders.market(o, symbol);
    orders.flags(o, buy ? Codes.BUY : Codes.SELL, Codes.LIMIT, 0, 0);
    match(o, symbol, buy);
    if (orders.left(o) > 0 && rests) {
      slots.add(orders.id(o), o);
      rest(o, symbol, buy);
    } else {
      orders.release(o);
    }
  }

  private void move(int row) {
    int o = find(row);
    if (o < 0) {
      return;
    }
    leave(o);
    orders.price(o, workload.price(row));
    int symbol = orders.market(o);
    boolean buy = orders.side(o) == Codes.BUY;
    match(o, symbol, buy);
    if (orders.left(o) > 0) {
      rest(o, symbol, buy);
    } else {
      end(o);
    }
  }

  private void reduce(int row) {
    int o = find(row);
    if (o < 0) {
      return;
    }
    long by = Math.min(workload.size(row), orders.left(o));
    if (by == orders.left(o)) {
      leave(o);
      end(o);
      return;
    }
    orders.left(o, orders.left(o) - by);
    orders.quantity(o, orders.quantity(o) - by);
    orders.shown(o, orders.left(o));
    levels.addShown(orders.level(o), -by);
  }

  private void rest(int o, int symbol, boolean buy) {
    long left = orders.left(o);
    orders.shown(o, left);
    levels.addShown(ladder(symbol, buy).append(o, orders.price(o)), left);
  }

  private void leave(int o) {
    Ladder ladder = ladder(orders.market(o), orders.side(o) == Codes.BUY);
    int level = ladder.remove(o);
    levels.addShown(level, -orders.shown(o));
    if (levels.first(level) < 0) {
      ladder.drop(level);
    }
  }

  private void end(int o) {
    slots.remove(orders.id(o));
    orders.release(o);
  }

  private void match(int taker, int symbol, boolean buy) {
    Ladder makers = ladder(symbol, !buy);
    long limit = orders.price(taker);
    long left = orders.left(taker);
    int level = makers.best();
    while (left > 0 && level >= 0) {
      long price = makers.ticks(level);
      if (buy ? price > limit : price < limit) {
        break;
      }
      int maker = levels.first(level);
      long size = Math.min(left, orders.left(maker));
      left -= size;
      orders.left(maker, orders.left(maker) - size);
      orders.executed(maker, orders.executed(maker) + size);
      orders.shown(maker, orders.left(maker));
      levels.addShown(level, -size);
      trades++;
      tradeHash = Mix.trade(tradeHash, orders.id(taker), orders.id(maker), price, size);
      if (orders.left(maker) == 0) {
        leave(maker);
        end(maker);
        level = makers.best();
      }
    }
    orders.executed(taker, orders.executed(taker) + orders.left(taker) - left);
    orders.left(taker, left);
  }

  private boolean fillable(int row) {
    boolean buy = workload.buy(row);
    long limit = workload.price(row);
    long left = workload.size(row);
    Ladder makers = ladder(workload.symbol(row), !buy);
    for (int level = makers.best(); level >= 0; level = makers.worse(level)) {
      long price = makers.ticks(level);
      if (buy ? price > limit : price < limit) {
        return false;
      }
      left -= levels.shown(level);
      if (left <= 0) {
        return true;
      }
    }
    return false;
  }

  /** Commands that named no order of that account. */
  public long failures() {
    return failures;
  }

  /** Trades so far. */
  public long trades() {
    return trades;
  }

  /** What is on the books now; trades since the start. */
  public Workload.Digest digest() {
    long ordersHash = 0;
    long levelsHash = 0;
    for (int symbol = 0; symbol < bids.length; symbol++) {
      for (boolean buy : new boolean[] {true, false}) {
        Ladder ladder = ladder(symbol, buy);
        for (int l = ladder.best(); l >= 0; l = ladder.worse(l)) {
          levelsHash += Mix.level(symbol, buy, ladder.ticks(l), levels.shown(l));
          for (int o = levels.first(l); o >= 0; o = orders.next(o)) {
            ordersHash += Mix.order(symbol, buy, orders.id(o), orders.price(o), orders.left(o));
          }
        }
      }
    }
    return new Workload.Digest(trades, tradeHash, ordersHash, levelsHash);
  }
}
