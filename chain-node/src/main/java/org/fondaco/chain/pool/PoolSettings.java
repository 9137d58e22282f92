package org.fondaco.chain.pool;

import java.nio.file.Path;
import java.time.Duration;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * How much the pool holds and for how long; {@link #standard} is geth's.
 *
 * @param accountSlots executable transactions that an account keeps when the pool is full
 * @param globalSlots executable transactions of all accounts
 * @param accountQueue transactions with a gap before them, an account
 * @param globalQueue the same, of all accounts
 * @param lifetime of transactions with a gap before them, from the account's last sign of life
 * @param priceBumpPercent what a replacement must pay more, in fee cap and in tip
 * @param priceLimit the least tip of a remote transaction, in wei a unit of gas
 * @param journal file of local transactions; null for none
 * @param rejournal how often the journal is written anew, without what has been mined
 */
public record PoolSettings(
    int accountSlots,
    int globalSlots,
    int accountQueue,
    int globalQueue,
    Duration lifetime,
    int priceBumpPercent,
    U256 priceLimit,
    @Nullable Path journal,
    Duration rejournal) {

  public PoolSettings {
    if (accountSlots < 1
        || globalSlots < 1
        || accountQueue < 1
        || globalQueue < 1
        || priceBumpPercent < 1) {
      throw new IllegalArgumentException("limits of the pool begin at 1");
    }
    if (!lifetime.isPositive() || !rejournal.isPositive()) {
      throw new IllegalArgumentException("times of the pool are above zero");
    }
  }

  /**
   * Geth's limits without a journal. The price limit is 1 wei: a private chain has no traffic that
   * a dearer one would keep away.
   */
  public static PoolSettings standard() {
    return new PoolSettings(
        16, 4096, 64, 1024, Duration.ofHours(3), 10, U256.ONE, null, Duration.ofHours(1));
  }

  public PoolSettings withJournal(Path file) {
    return new PoolSettings(
        accountSlots,
        globalSlots,
        accountQueue,
        globalQueue,
        lifetime,
        priceBumpPercent,
        priceLimit,
        file,
        rejournal);
  }
}
