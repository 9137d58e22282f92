package org.fondaco.bench.workload;

import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.fondaco.bench.workload.ModelBook.Order;
import org.jspecify.annotations.Nullable;

/**
 * Makes the workload that exchange-core publishes its figures for, from its description in
 * BENCHMARKS.md: mostly moves towards the last price, some placements, cancels and reductions, few
 * immediate orders. The same preset and seed give the same stream.
 *
 * <p>Differences from the original, which has the same mix: each account trades one symbol; a
 * fill-or-kill order carries both the budget that exchange-core needs and the limit price that is
 * equivalent to it, and two of three can be filled.
 */
public final class WorkloadGenerator {

  /** Cancels, reductions and moves choose among this many of the oldest live orders. */
  private static final int WINDOW = 512;

  /** Book sizes are looked at every so many commands, which lets them swing a little. */
  private static final int BOOK_SIZE_CHECK = 512;

  /** Share of immediate orders that are fill-or-kill: one in so many. */
  private static final int FILL_OR_KILL_ONE_IN = 32;

  private final Preset preset;
  private final SplittableRandom random;
  private final Workload workload;
  private final Session[] sessions;
  private int orders;
  private long trades;
  private long tradeHash;

  private WorkloadGenerator(Preset preset, long seed) {
    this.preset = preset;
    this.random = new SplittableRandom(seed);
    int fillCapacity = preset.restingOrders() * 4 + preset.symbols() * 64 + 4096;
    this.workload =
        new Workload(
            preset.symbols(), preset.accounts(), Math.addExact(preset.commands(), fillCapacity));
    this.sessions = new Session[preset.symbols()];
  }

  public static Workload generate(Preset preset, long seed) {
    return new WorkloadGenerator(preset, seed).run();
  }

  private Workload run() {
    double[] weights = weights(preset.symbols());
    int[][] accounts = accountsBySymbol(weights);
    assets();
    for (int i = 0; i < sessions.length; i++) {
      int target = Math.max(2, (int) Math.round(preset.restingOrders() * weights[i]));
      sessions[i] = new Session(i, target, accounts[i]);
    }
    for (Session session : sessions) {
      while (!session.filled) {
        session.step();
      }
    }
    workload.fillCount = workload.count;
    trades = 0;
    double[] cumulative = new double[weights.length];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i];
      cumulative[i] = sum;
    }
    for (int i = 0; i < preset.commands(); i++) {
      sessions[pick(cumulative)].step();
    }
    long ordersHash = 0;
    long levelsHash = 0;
    for (Session session : sessions) {
      Workload.Digest digest = session.book.digest(session.symbol);
      ordersHash += digest.ordersHash();
      levelsHash += digest.levelsHash();
    }
    workload.expected = new Workload.Digest(trades, tradeHash, ordersHash, levelsHash);
    return workload;
  }

  /** Popularity of symbols: Pareto with shape 1.5, summing to one. */
  private double[] weights(int count) {
    double[] weights = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      weights[i] = Math.pow(1 - random.nextDouble(), -1 / 1.5);
      sum += weights[i];
    }
    for (int i = 0; i < count; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  private int pick(double[] cumulative) {
    if (cumulative.length == 1) {
      return 0;
    }
    int index = java.util.Arrays.binarySearch(cumulative, random.nextDouble());
    return Math.min(index < 0 ? -index - 1 : index, cumulative.length - 1);
  }

  /** Two accounts at least for each symbol, the rest by popularity. */
  private int[][] accountsBySymbol(double[] weights) {
    int[][] accounts = new int[weights.length][];
    int spare = preset.accounts() - 2 * weights.length;
    int next = 0;
    double carried = 0;
    for (int i = 0; i < weights.length; i++) {
      carried += spare * weights[i];
      int extra = i == weights.length - 1 ? preset.accounts() - next - 2 : (int) carried;
      carried -= extra;
      accounts[i] = new int[2 + Math.max(0, extra)];
      for (int k = 0; k < accounts[i].length; k++) {
        workload.accountSymbol[next] = i;
        accounts[i][k] = next++;
      }
    }
    return accounts;
  }

  /** Every pair of the fewest assets that give enough pairs. */
  private void assets() {
    int row = 0;
    for (int quote = 2; row < preset.symbols(); quote++) {
      for (int base = 1; base < quote && row < preset.symbols(); base++) {
        workload.baseAsset[row] = base;
        workload.quoteAsset[row] = quote;
        row++;
      }
    }
  }

  /** One symbol's market. */
  private final class Session {
    final int symbol;
    final int[] accounts;
    final int targetPerSide;
    final int deviation;
    final int minPrice;
    final int maxPrice;
    final ModelBook book = new ModelBook();
    final Order[] window = new Order[WINDOW];
    final ArrayDeque<Order> younger = new ArrayDeque<>();
    int windowSize;
    int lastPrice;
    int seenBids;
    int seenAsks;
    int untilCheck;
    boolean filled;

    Session(int symbol, int restingOrders, int[] accounts) {
      this.symbol = symbol;
      this.accounts = accounts;
      this.targetPerSide = Math.max(1, restingOrders / 2);
      double exponent = 3.3 + 1.5 * random.nextDouble() + 1.5 * random.nextDouble();
      this.lastPrice = (int) Math.pow(10, exponent);
      this.deviation = Math.min((int) (lastPrice * 0.05), 10_000);
      this.minPrice = lastPrice - deviation * 5;
      this.maxPrice = lastPrice + deviation * 5;
      this.untilCheck = checkEvery();
      workload.minPrice[symbol] = minPrice - 2 * deviation;
      workload.maxPrice[symbol] = maxPrice + 2 * deviation;
    }

    private int checkEvery() {
      return Math.min(BOOK_SIZE_CHECK, 2 * targetPerSide + 1);
    }

    /** Adds exactly one command. */
    void step() {
      while (!tryStep()) {
        // The draw had no target; the next draw may.
      }
      if (--untilCheck == 0) {
        untilCheck = checkEvery();
        lookAtSizes();
      }
    }

    private void lookAtSizes() {
      seenBids = book.bidOrders;
      seenAsks = book.askOrders;
    }

    private boolean tryStep() {
      boolean buy = random.nextInt(4) >= 2;
      int lack = targetPerSide - (buy ? seenBids : seenAsks);
      if (!filled && seenBids >= targetPerSide && seenAsks >= targetPerSide) {
        filled = true;
      }
      boolean grow = lack > 0;
      boolean fast = !filled || lack > Math.min(BOOK_SIZE_CHECK, targetPerSide * 3 / 4);
      int draw = random.nextInt(grow ? (fast ? 2 : 10) : 40);
      if (draw < 2) {
        if (grow) {
          placeResting(buy);
        } else if (random.nextInt(FILL_OR_KILL_ONE_IN) == 0) {
          placeFillOrKill(buy);
        } else {
          placeImmediate(buy);
        }
        return true;
      }
      Order target = windowSize == 0 ? null : window[random.nextInt(windowSize)];
      if (target == null) {
        return false;
      }
      switch (draw) {
        case 2 -> cancel(target);
        case 3 -> reduce(target);
        default -> move(target);
      }
      return true;
    }

    private int drawSize() {
      return 1 + random.nextInt(6) * random.nextInt(6) * random.nextInt(6);
    }

    private Order newOrder(boolean buy, int price, int size) {
      return new Order(++orders, accounts[random.nextInt(accounts.length)], buy, price, size);
    }

    private void placeResting(boolean buy) {
      double u = random.nextDouble();
      int range = 1 + (int) (u * u * deviation);
      int sum = 0;
      for (int i = 0; i < 4; i++) {
        sum += random.nextInt(range);
      }
      int offset = Math.abs(sum / 4 * 2 - range);
      int price = buy ? lastPrice - offset : lastPrice + offset;
      Order order = newOrder(buy, price, drawSize());
      add(Workload.PLACE_GTC, order, price, order.remaining, 0);
      book.match(order, this::filled);
      if (order.remaining > 0) {
        book.rest(order);
        admit(order);
      }
    }

    private void placeImmediate(boolean buy) {
      int price = buy ? maxPrice : minPrice;
      Order order = newOrder(buy, price, drawSize());
      add(Workload.PLACE_IOC, order, price, order.remaining, 0);
      book.match(order, this::filled);
      if (order.remaining > 0) {
        // Tells the generator at once that this side of the book is spent.
        lookAtSizes();
      }
    }

    private void placeFillOrKill(boolean buy) {
      int size = drawSize();
      ModelBook.Cost cost = book.cost(buy, size);
      if (cost == null) {
        // Unfillable at any price; the limit and the budget only have to be valid.
        int price = buy ? maxPrice : minPrice;
        add(Workload.PLACE_FOK, newOrder(buy, price, size), price, size, price * size);
        return;
      }
      boolean fillable = random.nextInt(3) != 0;
      int worse = fillable ? 0 : buy ? -1 : 1;
      int price = cost.worstPrice() + worse;
      Order order = newOrder(buy, price, size);
      add(Workload.PLACE_FOK, order, price, size, Math.toIntExact(cost.total() + worse));
      if (fillable) {
        book.match(order, this::filled);
      }
    }

    private void cancel(Order order) {
      add(Workload.CANCEL, order, 0, 0, 0);
      book.remove(order);
      dismiss(order);
    }

    private void reduce(Order order) {
      int by = 1 + random.nextInt(order.remaining);
      if (by == order.remaining) {
        add(Workload.REDUCE, order, 0, by, 0);
        book.remove(order);
        dismiss(order);
      } else {
        book.reduce(order, by);
        add(Workload.REDUCE, order, 0, by, order.filled + order.remaining);
      }
    }

    private void move(Order order) {
      int distance = lastPrice - order.price;
      int step =
          distance == 0
              ? random.nextInt(2) * 2 - 1
              : distance > 0 ? (distance + 99) / 100 : -((99 - distance) / 100);
      int price = order.price + step;
      add(Workload.MOVE, order, price, 0, 0);
      book.remove(order);
      order.price = price;
      book.match(order, this::filled);
      if (order.remaining > 0) {
        book.rest(order);
      } else {
        dismiss(order);
      }
    }

    private void filled(Order taker, Order maker, int size) {
      trades++;
      tradeHash = Mix.trade(tradeHash, taker.number, maker.number, maker.price, size);
      lastPrice = Math.clamp(maker.price, minPrice, maxPrice);
      if (maker.remaining == 0) {
        dismiss(maker);
      }
    }

    private void admit(Order order) {
      if (windowSize < WINDOW) {
        order.windowIndex = windowSize;
        window[windowSize++] = order;
      } else {
        younger.add(order);
      }
    }

    /** Takes an ended order out of the window and lets the oldest of the others in. */
    private void dismiss(Order order) {
      int index = order.windowIndex;
      if (index < 0) {
        return;
      }
      order.windowIndex = -1;
      @Nullable Order successor = younger.poll();
      while (successor != null && successor.level == null) {
        successor = younger.poll();
      }
      if (successor == null) {
        successor = window[--windowSize];
        if (successor == order) {
          return;
        }
      }
      window[index] = successor;
      successor.windowIndex = index;
    }

    private void add(byte kind, Order order, int price, int size, int extra) {
      workload.add(kind, order.buy, symbol, order.account, order.number, price, size, extra);
    }
  }
}
