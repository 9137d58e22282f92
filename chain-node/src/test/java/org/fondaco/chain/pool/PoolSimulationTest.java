package org.fondaco.chain.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.execution.BaseFee;
import org.fondaco.chain.state.Code;
import org.fondaco.chain.state.StoredAccount;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small limits, few accounts and many steps: the pool and its naive twin never differ. */
class PoolSimulationTest {
  private static final int ACCOUNTS = 9;
  private static final int STEPS = 1_500;
  private static final long WEALTH = 60_000_000;

  private final HeadsOnly chain = new HeadsOnly(true);
  private final PoolSettings settings =
      new PoolSettings(
          2, 14, 2, 13, Duration.ofSeconds(40), 10, U256.ONE, null, Duration.ofHours(1));
  private final NaivePool naive = new NaivePool(chain, settings);
  private final List<Signer> signers = new ArrayList<>();
  private final List<Block> blocks = new ArrayList<>();
  private final Map<String, Integer> seen = new TreeMap<>();
  private long baseFee = 100;
  private long gasLimit = 8_000_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 20_261_128})
  void agreesWithTheNaivePool(long seed) throws Exception {
    Random random = new Random(seed);
    for (int i = 0; i < ACCOUNTS; i++) {
      Signer signer = new Signer(i);
      signers.add(signer);
      chain.set(signer.address(), 0, WEALTH);
    }
    naive.nowMillis = 1_000_000;
    try (StandardPool pool =
        new StandardPool(chain, settings, () -> Instant.ofEpochMilli(naive.nowMillis))) {
      pool.start();
      for (int step = 0; step < STEPS; step++) {
        step(pool, random);
        compare(pool, "seed " + seed + " step " + step);
      }
    }
    assertThat(seen.keySet())
        .as("seed " + seed + " met every limit")
        .contains(
            "accepted",
            EntryRules.FULL,
            EntryRules.UNDERPRICED,
            EntryRules.REPLACEMENT_UNDERPRICED,
            "account limit exceeded",
            "nonce too low",
            "insufficient funds for gas * price + value");
  }

  private void step(StandardPool pool, Random random) {
    int choice = random.nextInt(100);
    if (choice < 85) {
      add(pool, random);
    } else if (choice < 93) {
      mine(pool, random, List.of());
    } else if (choice < 96 && !blocks.isEmpty()) {
      mine(pool, random, List.of(blocks.removeLast()));
    } else if (choice < 98) {
      naive.nowMillis += random.nextInt(20_000);
      naive.expire();
      pool.expire();
    } else {
      U256 limit = U256.of(1L + random.nextInt(20));
      naive.setPriceLimit(limit);
      pool.setPriceLimit(limit);
    }
  }

  private void add(StandardPool pool, Random random) {
    Signer signer = signers.get(random.nextInt(ACCOUNTS));
    long next = naive.nonce(signer.address());
    long nonce = Math.max(0, next + random.nextInt(12) - 3);
    if (random.nextInt(3) > 0) {
      nonce = next;
    }
    long tip = 1L + random.nextInt(60);
    long cap = tip + random.nextInt(200);
    int size = random.nextInt(20) == 0 ? random.nextInt(100_000) : random.nextInt(50);
    long gas = 21_000 + 16L * size + random.nextInt(3) * 1_000;
    Transaction transaction =
        signer.of(
            Transaction.DYNAMIC_FEE,
            HeadsOnly.CHAIN_ID,
            nonce,
            tip,
            cap,
            gas,
            random.nextInt(1_000_000),
            new byte[size]);
    boolean local = random.nextInt(60) == 0 && signer.number() < 2;
    String expected = naive.add(transaction, local);
    String actual =
        switch (pool.add(transaction, local)) {
          case TransactionPool.Admission.Accepted _ -> "accepted";
          case TransactionPool.Admission.Refused(String message) -> message;
        };
    assertThat(actual).startsWith(expected == null ? "accepted" : expected);
    seen.merge(actual.split(":", 2)[0], 1, Integer::sum);
  }

  /** A new block with the first pending ones of some accounts, in place of those removed. */
  private void mine(StandardPool pool, Random random, List<Block> removed) {
    Map<Address, StoredAccount> changes = new HashMap<>();
    Map<Address, Long> nonces = new HashMap<>();
    for (Signer signer : signers) {
      nonces.put(signer.address(), naive.nonce(signer.address()));
    }
    removed.forEach(block ->
        block
            .transactions()
            .forEach(each -> {
              Address sender = java.util.Objects.requireNonNull(each.sender());
              changes.merge(
                  sender,
                  account(each.nonce(), WEALTH),
                  (a, b) -> Long.compare(a.nonce(), b.nonce()) < 0 ? a : b);
            }));
    List<Transaction> body = new ArrayList<>();
    for (Signer signer : signers) {
      Address address = signer.address();
      if (!changes.containsKey(address) && random.nextInt(3) == 0) {
        List<Pooled> pending = naive.pendingOf(address);
        int count = random.nextInt(pending.size() + 1);
        pending.subList(0, count).forEach(entry -> body.add(entry.transaction()));
        long skipped = random.nextInt(10) == 0 ? 1 : 0; // mined elsewhere
        long nonce = naive.nonce(address) - pending.size() + count + skipped;
        changes.put(address, account(nonce, random.nextInt(8) == 0 ? WEALTH / 20 : WEALTH));
      }
    }
    baseFee = Math.max(1, baseFee + random.nextInt(41) - 20);
    gasLimit = random.nextInt(15) == 0 ? 22_000 : 8_000_000;
    Block block = HeadsOnly.block(chain.head().number() + 1, gasLimit, U256.of(baseFee), body);
    blocks.add(block);
    chain.move(removed, List.of(block), changes);
    naive.follow(nonces, removed, List.of(block));
    assertThat(pool.transaction(Hash.ZERO)).isNull();
  }

  private static StoredAccount account(long nonce, long balance) {
    return new StoredAccount(nonce, U256.of(balance), Code.EMPTY);
  }

  private void compare(StandardPool pool, String when) {
    assertThat(hashes(pool.pending())).as(when + " pending").isEqualTo(naive.hashes(true));
    assertThat(hashes(pool.queued())).as(when + " queued").isEqualTo(naive.hashes(false));
    assertThat(pool.status())
        .as(when)
        .isEqualTo(new TransactionPool.Status(naive.pending().size(), naive.queued().size()));
    for (Signer signer : signers) {
      assertThat(pool.nonce(signer.address())).as(when).isEqualTo(naive.nonce(signer.address()));
    }
    assertThat(
            pool.byPrice(BaseFee.next(chain.head())).stream()
                .map(each -> each.transaction().hash())
                .toList())
        .as(when + " by price")
        .isEqualTo(naive.byPrice());
  }

  private static SortedMap<Address, List<Hash>> hashes(
      Map<Address, SortedMap<Long, Transaction>> transactions) {
    SortedMap<Address, List<Hash>> hashes = new TreeMap<>();
    transactions.forEach((address, byNonce) ->
        hashes.put(address, byNonce.values().stream().map(Transaction::hash).toList()));
    return hashes;
  }
}
