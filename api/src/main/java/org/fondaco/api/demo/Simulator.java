package org.fondaco.api.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.fondaco.engine.host.CommandResult;
import org.fondaco.engine.host.EngineGateway;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.readmodel.ReadModel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the demo's books moving: one thread, a symbol after the other, each twice a second. Waits
 * for the answers to one step before the next, so that it never queues work in a busy venue.
 */
final class Simulator implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);
  private static final long PAUSE_MILLIS = 100;
  private static final long ANSWER_SECONDS_MAX = 10;

  private final EngineGateway gateway;
  private final ReadModel readModel;
  private volatile @Nullable Thread thread;

  Simulator(EngineGateway gateway, ReadModel readModel) {
    this.gateway = gateway;
    this.readModel = readModel;
  }

  /** Cancels what the house accounts have open, of this run or an earlier one. */
  void withdrawQuotes() throws InterruptedException {
    List<CompletableFuture<CommandResult>> answers = new ArrayList<>();
    for (long account : new long[] {DemoUser.MAKER.account(), DemoUser.TAKER_ACCOUNT}) {
      for (DemoSymbol symbol : DemoSymbol.values()) {
        if (!readModel.openOrders(account, symbol.id()).isEmpty()) {
          answers.add(gateway.submit(new Command.CancelAll(account, symbol.id())));
        }
      }
    }
    await(CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)));
  }

  /** Begins to quote. */
  void start() {
    thread = Thread.ofPlatform().name("simulator").daemon().start(this::run);
  }

  boolean running() {
    Thread present = thread;
    return present != null && present.isAlive();
  }

  @Override
  public void close() {
    Thread present = thread;
    if (present == null) {
      return;
    }
    present.interrupt();
    try {
      present.join();
      withdrawQuotes();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    SplittableRandom random = new SplittableRandom();
    List<RandomWalk> walks = new ArrayList<>();
    List<MarketMaker> makers = makers(random, walks);
    try {
      while (true) {
        walks.forEach(RandomWalk::step);
        for (MarketMaker maker : makers) {
          await(maker.step());
          Thread.sleep(PAUSE_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      // Asked to stop; nobody looks at this thread's interrupt status after its end.
    }
  }

  private List<MarketMaker> makers(SplittableRandom random, List<RandomWalk> walks) {
    // Client ids must differ from those of orders that an earlier run may have left.
    String run = "sim" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX) + "-";
    RandomWalk bitcoin = walk(DemoSymbol.BTCUSDT, random);
    RandomWalk ether = walk(DemoSymbol.ETHUSDT, random);
    walks.add(bitcoin);
    walks.add(ether);
    List<MarketMaker> makers = new ArrayList<>();
    for (DemoSymbol symbol : DemoSymbol.values()) {
      LongSupplier fair =
          switch (symbol) {
            case BTCUSDT -> bitcoin::ticks;
            case ETHUSDT -> ether::ticks;
            case LTCUSDT, BCHUSDT -> {
              RandomWalk walk = walk(symbol, random);
              walks.add(walk);
              yield walk::ticks;
            }
            // Both dollar prices have the same tick, so their ratio is that of the ticks.
            case ETHBTC -> () -> ether.ticks() * 100_000_000L / bitcoin.ticks() / symbol.tickSize();
          };
      makers.add(
          new MarketMaker(symbol, gateway, readModel, random, fair, run + symbol.id() + "-"));
    }
    return makers;
  }

  private RandomWalk walk(DemoSymbol symbol, SplittableRandom random) {
    long anchorTicks = symbol.anchorPrice() / symbol.tickSize();
    long lastPrice = readModel.lastPrice(symbol.id());
    long startTicks = lastPrice == 0 ? anchorTicks : lastPrice / symbol.tickSize();
    return new RandomWalk(random, anchorTicks, startTicks);
  }

  /** A busy or stopping venue is not the simulator's business: it goes on, or is closed soon. */
  private static void await(CompletableFuture<Void> answers) throws InterruptedException {
    try {
      answers.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      LOG.debug("simulator: not executed: {}", String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      LOG.warn("simulator: no answer in {} s", ANSWER_SECONDS_MAX);
    }
  }
}
