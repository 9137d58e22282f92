package org.fondaco.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.fondaco.api.ApiClient;
import org.fondaco.api.TestVenue;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.number.Decimals;
import org.fondaco.api.symbol.Market;
import org.fondaco.api.symbol.Markets;
import org.fondaco.engine.host.CommandResult;
import org.fondaco.engine.host.EngineGateway;
import org.fondaco.engine.protocol.CancelRestriction;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent.LevelChanged;
import org.fondaco.engine.protocol.EngineEvent.OrderAccepted;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.TimeInForce;
import org.fondaco.engine.readmodel.ReadModel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A book kept from the diff stream by the documented procedure is the venue's book, at every update
 * id over a million updates. The reference is a fold of the events' own levels; books are compared
 * by a sum over their levels that changes with each.
 */
class LocalBookTest {
  private static final int UPDATES = 1_000_000;
  private static final int IN_FLIGHT = 256;
  private static final int OPEN_MAX = 600;
  private static final int SYMBOL = TestVenue.BTCUSDT;
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path data;

  /** Price to quantity on both sides, with a sum that says whether two books are the same. */
  private static final class Levels {
    private final org.agrona.collections.Long2LongHashMap bids =
        new org.agrona.collections.Long2LongHashMap(0);
    private final org.agrona.collections.Long2LongHashMap asks =
        new org.agrona.collections.Long2LongHashMap(0);
    private long sum;

    void set(boolean bid, long price, long quantity) {
      var side = bid ? bids : asks;
      long old = quantity == 0 ? side.remove(price) : side.put(price, quantity);
      sum += mixed(bid, price, quantity) - mixed(bid, price, old);
    }

    private static long mixed(boolean bid, long price, long quantity) {
      if (quantity == 0) {
        return 0;
      }
      long z = price * 0x9e3779b97f4a7c15L + quantity * 0xc2b2ae3d27d4eb4fL + (bid ? 1 : 0);
      z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
      z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
      return z ^ (z >>> 31);
    }

    void apply(JsonNode levels, boolean bid) {
      for (JsonNode level : levels) {
        set(
            bid,
            Decimals.units("price", level.path(0).asString(), 8),
            Decimals.units("quantity", level.path(1).asString(), 8));
      }
    }
  }

  @Test
  void aMillionUpdates() throws Exception {
    long seed = System.nanoTime();
    System.out.println("LocalBookTest seed " + seed);
    // Index = update id; sums of the reference book, and the levels that led there.
    long[] sums = new long[UPDATES + 10_000];
    List<LevelChanged> levels = new ArrayList<>(UPDATES);
    AtomicBoolean done = new AtomicBoolean();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    List<Follower> followers = new ArrayList<>();
    try (TestVenue venue =
        TestVenue.start(data, "FONDACO_SOCKETS_PER_FIVE_MINUTES", "10000").seed()) {
      ReadModel readModel = venue.venue().host().readModel();
      for (int i = 0; i < 3; i++) {
        followers.add(new Follower(venue, seed + i, failure));
      }
      List<Snapshot> snapshots = new ArrayList<>();
      Thread looking =
          Thread.ofPlatform()
              .start(() -> {
                while (!done.get()) {
                  snapshots.add(snapshot(readModel));
                  LockSupport.parkNanos(20_000_000);
                }
              });
      EngineGateway gateway = venue.venue().host().gateway();
      Levels reference = new Levels();
      long before = trade(gateway, new SplittableRandom(seed), levels, sums, reference);
      followers.forEach(follower -> follower.wanted = before);
      // One more update, so that whoever waits for a message gets one.
      CommandResult taken = null;
      while (taken == null) {
        taken = answer(gateway.submit(order(Side.BUY, 40_000_00L * 1_000_000, 10_000, "last")));
      }
      fold(taken, levels, sums, reference, new ArrayDeque<>());
      long last = levels.getLast().updateId();
      done.set(true);
      looking.join();
      for (Follower follower : followers) {
        follower.finish();
      }
      assertThat(failure.get()).isNull();
      snapshots.add(snapshot(readModel));
      assertThat(snapshots.getLast().updateId).isEqualTo(last);
      for (Snapshot each : snapshots) {
        assertThat(each.sum).as("snapshot %d", each.updateId).isEqualTo(sums[(int) each.updateId]);
      }
      int compared = 0;
      for (Follower follower : followers) {
        compared += follower.compare(sums);
      }
      assertThat(followers).allMatch(follower -> follower.bridges > 2);
      everyId(new Markets(readModel).of(SYMBOL), levels, sums);
      System.out.println(
          "%d updates, %d snapshots, %d messages compared"
              .formatted(last, snapshots.size(), compared));
    }
  }

  /** Places, matches and cancels until there were enough updates; folds what the engine says. */
  private static long trade(
      EngineGateway gateway,
      SplittableRandom random,
      List<LevelChanged> levels,
      long[] sums,
      Levels reference)
      throws Exception {
    ArrayDeque<CompletableFuture<CommandResult>> inFlight = new ArrayDeque<>();
    ArrayDeque<OrderAccepted> open = new ArrayDeque<>();
    int number = 0;
    while (levels.size() < UPDATES) {
      while (inFlight.size() < IN_FLIGHT) {
        OrderAccepted oldest = open.size() > OPEN_MAX ? open.poll() : null;
        inFlight.add(gateway.submit(oldest == null ? order(random, number++) : cancel(oldest)));
      }
      CommandResult result = answer(inFlight.remove());
      if (result != null) {
        fold(result, levels, sums, reference, open);
      }
    }
    for (CompletableFuture<CommandResult> rest : inFlight) {
      CommandResult result = answer(rest);
      if (result != null) {
        fold(result, levels, sums, reference, open);
      }
    }
    return levels.getLast().updateId();
  }

  /** Null when it was refused, because the history is too far behind for more. */
  private static @Nullable CommandResult answer(CompletableFuture<CommandResult> sent)
      throws Exception {
    try {
      return sent.get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof EngineGateway.Busy)) {
        throw e;
      }
      LockSupport.parkNanos(1_000_000);
      return null;
    }
  }

  private static void fold(
      CommandResult result,
      List<LevelChanged> levels,
      long[] sums,
      Levels reference,
      ArrayDeque<OrderAccepted> open) {
    for (var event : result.events()) {
      if (event instanceof LevelChanged level) {
        assertThat(level.updateId()).isEqualTo(levels.size() + 1L);
        levels.add(level);
        reference.set(level.side() == Side.BUY, level.price(), level.quantity());
        sums[levels.size()] = reference.sum;
      } else if (event instanceof OrderAccepted accepted) {
        open.add(accepted);
      }
    }
  }

  private static Command order(SplittableRandom random, int number) {
    boolean buy = random.nextBoolean();
    // Around 50,000, mostly a little away from it so that books are deep and most orders rest.
    long away = random.nextInt(20) == 0 ? -random.nextInt(50) : random.nextInt(400);
    long price = (50_000_00L + (buy ? -away : away)) * 1_000_000;
    return order(
        buy ? Side.BUY : Side.SELL, price, (1 + random.nextInt(20)) * 10_000L, "o" + number);
  }

  private static Command order(Side side, long price, long quantity, String clientOrderId) {
    return new Command.PlaceOrder(
        side == Side.BUY ? TestVenue.ALICE : TestVenue.BOB,
        SYMBOL,
        false,
        new OrderSpec(
            side,
            OrderType.LIMIT,
            TimeInForce.GTC,
            SelfTradePreventionMode.NONE,
            0,
            quantity,
            0,
            price,
            0,
            0,
            Long.MIN_VALUE,
            0,
            clientOrderId));
  }

  private static Command cancel(OrderAccepted order) {
    return new Command.CancelOrder(
        order.account(), SYMBOL, order.orderId(), "", "c", CancelRestriction.NONE);
  }

  /** The stream with a message after each single update. */
  private static void everyId(Market market, List<LevelChanged> levels, long[] sums) {
    DepthChanges changes = new DepthChanges();
    Levels local = new Levels();
    for (LevelChanged level : levels) {
      changes.add(level);
      JsonWriter json = new JsonWriter(160);
      changes.take(market, 0).write(json, Times.MILLISECONDS);
      ByteBuffer text = json.buffer();
      JsonNode message = JSON.readTree(text.array(), text.arrayOffset(), text.remaining());
      if (message.path("U").asLong() != level.updateId()
          || message.path("u").asLong() != level.updateId()) {
        throw new AssertionError(message.toString());
      }
      local.apply(message.path("b"), true);
      local.apply(message.path("a"), false);
      if (local.sum != sums[(int) level.updateId()]) {
        throw new AssertionError("another book at " + level.updateId());
      }
    }
  }

  private record Snapshot(long updateId, long sum) {}

  private static Snapshot snapshot(ReadModel readModel) {
    ReadModel.Depth depth = readModel.depth(SYMBOL, 5_000);
    Levels all = new Levels();
    depth.bids().forEach(level -> all.set(true, level.price(), level.quantity()));
    depth.asks().forEach(level -> all.set(false, level.price(), level.quantity()));
    return new Snapshot(depth.updateId(), all.sum);
  }

  /** Keeps a book by the documented procedure, and begins anew now and then. */
  private static final class Follower {
    private final StreamClient client;
    private final ApiClient rest;
    private final SplittableRandom random;
    private final AtomicReference<@Nullable Throwable> failure;
    private final Thread thread;
    private final List<long[]> seen = new ArrayList<>();
    private volatile long wanted = Long.MAX_VALUE;
    private int bridges;

    Follower(TestVenue venue, long seed, AtomicReference<@Nullable Throwable> failure)
        throws Exception {
      this.random = new SplittableRandom(seed);
      this.failure = failure;
      client = new StreamClient(venue, "/ws/btcusdt@depth@100ms");
      rest = venue.client(TestVenue.ALICE);
      thread = Thread.ofPlatform().start(this::follow);
    }

    private void follow() {
      try {
        long reached = 0;
        while (reached < wanted) {
          reached = begin(5 + random.nextInt(15));
        }
      } catch (Exception | AssertionError e) {
        failure.compareAndSet(null, e);
      }
    }

    /** One life of a book; returns the update id it reached. */
    private long begin(int messages) throws Exception {
      JsonNode first = client.next();
      JsonNode snapshot = rest.open("/api/v3/depth?symbol=BTCUSDT&limit=5000").json();
      long id = snapshot.path("lastUpdateId").asLong();
      while (id < first.path("U").asLong()) {
        snapshot = rest.open("/api/v3/depth?symbol=BTCUSDT&limit=5000").json();
        id = snapshot.path("lastUpdateId").asLong();
      }
      bridges++;
      Levels book = new Levels();
      book.apply(snapshot.path("bids"), true);
      book.apply(snapshot.path("asks"), false);
      seen.add(new long[] {id, book.sum});
      JsonNode message = first;
      for (int i = 0; i < messages && id < wanted; i++) {
        if (i > 0) {
          message = client.next();
        }
        if (message.path("u").asLong() > id) {
          if (message.path("U").asLong() > id + 1) {
            throw new AssertionError("gap after " + id + ": " + message.path("U"));
          }
          book.apply(message.path("b"), true);
          book.apply(message.path("a"), false);
          id = message.path("u").asLong();
          seen.add(new long[] {id, book.sum});
        }
      }
      return id;
    }

    void finish() throws Exception {
      thread.join(30_000);
      client.close();
      thread.join();
    }

    int compare(long[] sums) {
      for (long[] each : seen) {
        assertThat(each[1])
            .as("local book at %s", Arrays.toString(each))
            .isEqualTo(sums[(int) each[0]]);
      }
      return seen.size();
    }
  }
}
