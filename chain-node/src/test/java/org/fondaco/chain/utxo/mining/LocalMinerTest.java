package org.fondaco.chain.utxo.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fondaco.chain.store.MemoryStore;
import org.fondaco.chain.store.StoreException;
import org.fondaco.chain.utxo.Blocks;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.chain.BlockEntry;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.consensus.Networks;
import org.fondaco.chain.utxo.mempool.Mempool;
import org.fondaco.chain.utxo.mempool.MempoolEntry;
import org.fondaco.chain.utxo.mempool.MempoolPolicy;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a local network mines, against a naive list of what it should. */
class LocalMinerTest {
  private static final LocalMiner.Settings SETTINGS = new LocalMiner.Settings(110, 4);
  private static final byte[] FAUCET = Blocks.ANYONE;
  private static final byte[] ANOTHER = {0x52};
  private static final int TICK_MILLIS = 100;
  private static final int TICKS = 900;

  private static final MempoolPolicy LOOSE =
      new MempoolPolicy(
          MempoolPolicy.BITCOIN.minimumRate(),
          MempoolPolicy.BITCOIN.replacementRate(),
          MempoolPolicy.BITCOIN.dustRate(),
          25,
          101_000,
          300_000_000,
          83,
          MempoolPolicy.Replaced.NONE,
          false,
          MempoolPolicy.BITCOIN.forms(),
          MempoolPolicy.BITCOIN.expiry());

  /** A node on a store that outlives it, and a clock that stands still unless told. */
  private static final class World implements AutoCloseable {
    private final MemoryStore store = new MemoryStore();
    private final Consensus consensus;
    private final Deque<OutPoint> coins = new ArrayDeque<>();
    private long nowMillis = 1_800_000_000_000L;
    private final InstantSource clock = () -> Instant.ofEpochMilli(nowMillis);
    private UtxoChain chain;
    private Mempool pool;
    private UtxoMiner miner;
    private LocalMiner local;

    World(Consensus consensus) {
      this.consensus = consensus;
      start();
    }

    private void start() {
      chain = UtxoChain.open(store, consensus, clock);
      pool = new Mempool(chain, LOOSE, clock);
      miner = new UtxoMiner(chain, pool, clock, 1);
      local =
          new LocalMiner(
              chain, pool, miner, () -> FAUCET, SETTINGS, clock, () -> nowMillis * 1_000_000);
    }

    /** What waited in the pool is kept, as a node keeps it. */
    void restart() {
      List<MempoolEntry> waiting = pool.all();
      close();
      start();
      waiting.forEach(entry ->
          assertThat(pool.accept(entry.transaction()))
              .isInstanceOf(Mempool.Verdict.Accepted.class));
    }

    void pay() {
      Transaction payment = Blocks.spend(List.of(coins.remove()), 1_000_000, 1_000_000);
      assertThat(pool.accept(payment)).isInstanceOf(Mempool.Verdict.Accepted.class);
    }

    void mineAll() throws InterruptedException {
      while (local.step() == 0) {
        // There may be another.
      }
    }

    BlockEntry at(int height) {
      return Objects.requireNonNull(chain.at(height));
    }

    void findCoins() {
      for (int height = 1; height <= 10; height++) {
        Block block = Objects.requireNonNull(chain.block(at(height).hash()));
        coins.add(new OutPoint(block.transactions().getFirst().txid(), 0));
      }
    }

    @Override
    public void close() {
      local.close();
      miner.close();
      chain.close();
    }
  }

  /** The same rules in the most obvious way: the chain is how many payments each block has. */
  private static final class Naive {
    private final List<Integer> payments = new ArrayList<>(List.of(0));
    private int waiting;
    private long changedMillis;

    void block(long nowMillis) {
      payments.add(waiting);
      waiting = 0;
      changedMillis = nowMillis;
    }

    void undo(long nowMillis) {
      waiting += payments.removeLast();
      changedMillis = nowMillis;
    }

    int height() {
      return payments.size() - 1;
    }

    private boolean isShallow() {
      for (int height = 0; height <= height(); height++) {
        if (payments.get(height) > 0 && height() - height < SETTINGS.depth()) {
          return true;
        }
      }
      return false;
    }

    void mineAll(long nowMillis) {
      while (height() < SETTINGS.firstBlocks()
          || waiting > 0
          || isShallow() && nowMillis - changedMillis >= 1_000) {
        block(nowMillis);
      }
    }
  }

  static Stream<Arguments> worlds() {
    return Stream.of(
            Networks.bitcoinRegtest(), Networks.bitcoinCashRegtest(), Networks.litecoinRegtest())
        .flatMap(consensus -> Stream.of(11L, 12L, 13L).map(seed -> Arguments.of(consensus, seed)));
  }

  /** Payments, blocks of others, blocks that turn out invalid, and restarts, at any moment. */
  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("worlds")
  void whatIsMinedIsWhatTheListSays(Consensus consensus, long seed) throws InterruptedException {
    Random random = new Random(seed);
    Naive naive = new Naive();
    try (World world = new World(consensus)) {
      naive.changedMillis = world.nowMillis;
      world.mineAll();
      naive.mineAll(world.nowMillis);
      world.findCoins();
      for (int tick = 0; tick < TICKS; tick++) {
        world.nowMillis += TICK_MILLIS;
        happen(random.nextInt(300), world, naive);
        world.mineAll();
        naive.mineAll(world.nowMillis);
        List<Integer> payments = new ArrayList<>();
        for (int height = 0; height <= world.chain.tip().height(); height++) {
          payments.add(world.at(height).transactionCount() - 1);
        }
        assertThat(payments)
            .as("%s, seed %d, tick %d", consensus.coin(), seed, tick)
            .isEqualTo(naive.payments);
        assertThat(world.local.rests()).isEqualTo(!naive.isShallow());
      }
    }
  }

  private static void happen(int what, World world, Naive naive) throws InterruptedException {
    switch (what) {
      case 0, 1, 2 -> {
        if (!world.coins.isEmpty()) {
          world.pay();
          naive.waiting++;
        }
      }
      case 3, 4 -> {
        world.miner.mine(ANOTHER, () -> false);
        naive.block(world.nowMillis);
      }
      case 5 -> {
        world.chain.invalidate(world.chain.tip());
        naive.undo(world.nowMillis);
      }
      case 6, 7 -> {
        world.restart();
        naive.changedMillis = world.nowMillis;
      }
      case 8 -> {
        // The node was off between a payment and its block.
        if (!world.coins.isEmpty()) {
          world.pay();
          world.restart();
          naive.waiting++;
          naive.changedMillis = world.nowMillis;
        }
      }
      default -> {
        // Mostly nothing happens.
      }
    }
  }

  /** The first blocks are made at once, in any number of lives. */
  @Test
  void aNodeThatDiesWhileItBeginsGoesOn() throws InterruptedException {
    try (World world = new World(Networks.litecoinRegtest())) {
      for (int i = 0; i < 40; i++) {
        assertThat(world.local.step()).isZero();
      }
      world.restart();
      assertThat(world.chain.tip().height()).isEqualTo(40);
      world.mineAll();
      assertThat(world.chain.tip().height()).isEqualTo(110);
      assertThat(world.local.rests()).isTrue();
      world.nowMillis += 86_400_000;
      assertThat(world.local.step()).isEqualTo(Long.MAX_VALUE);
      assertThat(world.chain.tip().height()).isEqualTo(110);
      Block last = Objects.requireNonNull(world.chain.block(world.chain.tip().hash()));
      assertThat(last.transactions().getFirst().outputs().getFirst().script()).isEqualTo(FAUCET);
    }
  }

  /** A disk that is full today may have room tomorrow. */
  @Test
  void whatFailsIsToldAndTriedAgain() {
    try (World world = new World(Networks.bitcoinRegtest())) {
      boolean[] full = {true};
      LocalMiner local =
          new LocalMiner(
              world.chain,
              world.pool,
              world.miner,
              () -> {
                if (full[0]) {
                  throw new StoreException("no space left on device");
                }
                return FAUCET;
              },
              SETTINGS,
              world.clock,
              () -> world.nowMillis * 1_000_000);
      assertThat(local.attempt()).isEqualTo(TimeUnit.SECONDS.toNanos(10));
      assertThat(local.attempt()).isEqualTo(TimeUnit.SECONDS.toNanos(10));
      assertThat(local.isWell()).isFalse();
      full[0] = false;
      assertThat(local.attempt()).isZero();
      assertThat(local.isWell()).isTrue();
      assertThat(world.chain.tip().height()).isEqualTo(1);
      local.close();
    }
  }

  /** On its own thread: the blocks come without anybody asking, then the miner rests. */
  @Test
  void theThreadMinesAndRests() throws Exception {
    try (World world = new World(Networks.bitcoinRegtest())) {
      CountDownLatch first = new CountDownLatch(110);
      CountDownLatch deep = new CountDownLatch(112);
      world.chain.listen(
          new UtxoChain.Listener() {
            @Override
            public void connected(BlockEntry entry, Block block) {
              first.countDown();
              deep.countDown();
            }

            @Override
            public void disconnected(BlockEntry entry, Block block) {
              throw new IllegalStateException("nobody else mines");
            }
          });
      LocalMiner running =
          LocalMiner.start(
              world.chain,
              world.pool,
              world.miner,
              () -> FAUCET,
              new LocalMiner.Settings(110, 1),
              InstantSource.system());
      try (running) {
        assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
        world.findCoins();
        world.pay();
        assertThat(deep.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(world.pool.all()).isEmpty();
        assertThat(running.rests()).isTrue();
        assertThat(running.isWell()).isTrue();
      }
      world.pay();
      assertThat(world.chain.tip().height()).isEqualTo(112);
    }
  }
}
