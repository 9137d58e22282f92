package org.fondaco.api.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Several users who trade at once, each with several connections, until stopped or cut off. */
final class Load {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final List<Trader> traders = new ArrayList<>();
  private final List<Future<?>> running = new ArrayList<>();

  private Load() {}

  /**
   * @param seed of what they do; how it interleaves is up to the machine
   * @param run distinguishes client order ids of several loads on one venue
   */
  static Load start(
      DemoUsers users, List<String> names, int threadsPerUser, Diary diary, int run, long seed) {
    Load load = new Load();
    for (String name : names) {
      for (int i = 0; i < threadsPerUser; i++) {
        String prefix = "%s-%d-%d".formatted(name, run, i);
        load.traders.add(
            new Trader(
                name,
                users.client(name),
                diary,
                prefix,
                seed * 1_000 + load.traders.size(),
                load.stopping));
      }
    }
    load.traders.forEach(trader -> load.running.add(load.threads.submit(trader)));
    return load;
  }

  /** Lets everybody finish what they do. */
  Load stop() {
    stopping.set(true);
    return join();
  }

  /**
   * Waits for everybody, who stop when the venue does.
   *
   * @throws AssertionError when one was answered what must not be
   */
  Load join() {
    try {
      for (Future<?> trader : running) {
        trader.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError("a client was answered what it must not be", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.shutdown();
    return this;
  }

  /** Codes of the venue's refusals with 5xx, in no order. */
  List<Integer> refusalsByVenue() {
    return traders.stream().flatMap(trader -> trader.refusalsByVenue().stream()).toList();
  }

  long answers() {
    return traders.stream().mapToLong(Trader::answers).sum();
  }
}
