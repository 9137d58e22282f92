package org.fondaco.engine.exchangecore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import exchange.core2.collections.objpool.ObjectsPool;
import exchange.core2.core.common.CoreSymbolSpecification;
import exchange.core2.core.common.config.LoggingConfiguration;
import exchange.core2.core.orderbook.IOrderBook;
import exchange.core2.core.orderbook.OrderBookDirectImpl;
import exchange.core2.core.orderbook.OrderBookEventsHelper;
import exchange.core2.core.orderbook.OrderBookNaiveImpl;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.fondaco.engine.exchangecore.Action.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The order types that exchange-core 0.5.3 has too, GTC, IOC, fill-or-kill, cancel, reduce and
 * move, with few accounts and prices so that orders meet often: the same trades in the same order
 * and the same final books.
 *
 * <p>What is left out or translated, because the two mean different things by it: exchange-core
 * refuses to move a bid above its reserve price (so reserves are above all prices here); its
 * fill-or-kill has a total budget, ours a limit price (so each is given with the other's
 * equivalent); its reduce may end an order, our amendment may not (so that is a cancel); it has no
 * self-trade prevention, lists or conditional orders.
 */
class ExchangeCoreDifferentialTest {

  private static final int COMMANDS = 150_000;
  private static final int ACCOUNTS = 6;
  private static final long LOWEST = 1_000;
  private static final int PRICES = 40;
  private static final long MAX_SIZE = 60;
  private static final int OPEN_ORDERS = 400;

  @ParameterizedTest
  @CsvSource({"DIRECT,1", "DIRECT,2", "NAIVE,3"})
  void tradesAndBooksAreThoseOfExchangeCore(IOrderBook.OrderBookImplType type, long seed) {
    new Run(type == IOrderBook.OrderBookImplType.DIRECT ? direct() : naive(), seed).run();
  }

  private static Function<CoreSymbolSpecification, IOrderBook> direct() {
    return symbol ->
        new OrderBookDirectImpl(
            symbol,
            ObjectsPool.createDefaultTestPool(),
            OrderBookEventsHelper.NON_POOLED_EVENTS_HELPER,
            LoggingConfiguration.DEFAULT);
  }

  private static Function<CoreSymbolSpecification, IOrderBook> naive() {
    return symbol -> new OrderBookNaiveImpl(symbol, LoggingConfiguration.DEFAULT);
  }

  private static final class Run {
    private final SplittableRandom random;
    private final PeerBook peer;
    private final OurBook ours = new OurBook(ACCOUNTS, LOWEST + PRICES, MAX_SIZE * OPEN_ORDERS);
    private final List<Known> known = new ArrayList<>();
    private final String replay;
    private long orders;
    private long fills;

    /** An order as placed; what is left of it is asked of the peer. */
    private static final class Known {
      final long order;
      final long account;
      long reduced;
      final long size;

      Known(long order, long account, long size) {
        this.order = order;
        this.account = account;
        this.size = size;
      }
    }

    Run(Function<CoreSymbolSpecification, IOrderBook> make, long seed) {
      this.random = new SplittableRandom(seed);
      this.peer = new PeerBook(make);
      this.replay = "seed " + seed;
    }

    void run() {
      for (int i = 0; i < COMMANDS; i++) {
        Action action = draw();
        act(action, i);
        if (i % 5_000 == 0) {
          compareBooks(i);
        }
      }
      compareBooks(COMMANDS);
      sweep(true);
      sweep(false);
      assertEquals(List.of(), ours.resting());
      ours.verify();
      assertTrue(fills > COMMANDS / 10, () -> replay + ": only " + fills + " trades");
    }

    private void act(Action action, int index) {
      Answer expected = peer.apply(action);
      Answer actual = ours.apply(action);
      assertEquals(expected, actual, () -> replay + ", command " + index + ": " + action);
      fills += actual.fills().size();
    }

    private void compareBooks(int index) {
      List<Answer.Resting> expected = peer.resting().stream().sorted(OurBook.BOOK_ORDER).toList();
      assertEquals(expected, ours.resting(), () -> replay + ", books after " + index);
    }

    /** Takes one side of the book away, which shows the priority of every order on it. */
    private void sweep(boolean buy) {
      long size =
          peer.resting().stream()
              .filter(order -> order.buy() != buy)
              .mapToLong(Answer.Resting::remaining)
              .sum();
      if (size > 0) {
        long price = buy ? LOWEST + PRICES : LOWEST;
        act(new Action.Place(Kind.IMMEDIATE_OR_CANCEL, 0, ++orders, buy, price, size, 0), COMMANDS);
      }
    }

    private Action draw() {
      int draw = random.nextInt(100);
      if (known.isEmpty() || draw < (known.size() > OPEN_ORDERS ? 10 : 45)) {
        return place(draw % 8);
      }
      Known target = known.get(random.nextInt(known.size()));
      long left = peer.remaining(target.order);
      if (left == 0) {
        forget(target);
        // Gone for both, which both must say.
        return new Action.Cancel(target.account, target.order);
      }
      if (draw == 99) {
        return new Action.Cancel((target.account + 1) % ACCOUNTS, target.order);
      }
      return switch (draw % 4) {
        case 0 -> {
          forget(target);
          yield new Action.Cancel(target.account, target.order);
        }
        case 1 -> reduce(target, left);
        default -> move(target);
      };
    }

    private void forget(Known target) {
      known.set(known.indexOf(target), known.getLast());
      known.removeLast();
    }

    private Action place(int draw) {
      boolean buy = random.nextBoolean();
      long account = random.nextInt(ACCOUNTS);
      long size = 1 + random.nextLong(MAX_SIZE);
      long order = ++orders;
      if (draw == 0) {
        return fillOrKill(account, order, buy, size);
      }
      // Bids low and asks high, overlapping in the middle half.
      long price = LOWEST + (buy ? 0 : PRICES / 4) + random.nextInt(PRICES * 3 / 4);
      if (draw == 1) {
        return new Action.Place(Kind.IMMEDIATE_OR_CANCEL, account, order, buy, price, size, 0);
      }
      known.add(new Known(order, account, size));
      return new Action.Place(Kind.GOOD_TILL_CANCELED, account, order, buy, price, size, 0);
    }

    /** With exactly the limit and the budget that suffice, or with one tick too little of both. */
    private Action fillOrKill(long account, long order, boolean buy, long size) {
      PeerBook.Cost cost = peer.cost(buy, size);
      if (cost == null) {
        long price = buy ? LOWEST + PRICES : LOWEST;
        return new Action.Place(Kind.FILL_OR_KILL, account, order, buy, price, size, price * size);
      }
      int worse = random.nextBoolean() ? 0 : buy ? -1 : 1;
      return new Action.Place(
          Kind.FILL_OR_KILL,
          account,
          order,
          buy,
          cost.worstPrice() + worse,
          size,
          cost.total() + worse);
    }

    private Action reduce(Known target, long left) {
      long by = 1 + random.nextLong(left);
      if (by == left) {
        forget(target);
        return new Action.Reduce(target.account, target.order, by, 0);
      }
      target.reduced += by;
      return new Action.Reduce(target.account, target.order, by, target.size - target.reduced);
    }

    private Action move(Known target) {
      long price = LOWEST + random.nextInt(PRICES);
      return new Action.Move(target.account, target.order, price);
    }
  }
}
