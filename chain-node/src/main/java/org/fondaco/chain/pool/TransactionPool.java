package org.fondaco.chain.pool;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that wait for a block, by geth's rules: pending ones can run one after another on
 * the head's state, queued ones lack an earlier nonce. Safe for any thread.
 */
public interface TransactionPool extends AutoCloseable {
  /**
   * Opens the pool of a chain, which it follows from now on.
   *
   * @param settings {@link PoolSettings#standard} is geth's
   * @throws IOException if the journal can be neither read nor written
   */
  static TransactionPool open(Blockchain chain, PoolSettings settings) throws IOException {
    StandardPool pool = new StandardPool(chain, settings, InstantSource.system());
    pool.start();
    return pool;
  }

  /**
   * Takes a transaction or says why not, in geth's words.
   *
   * @param local whether it came from this node's own user: then it is journaled, and kept when
   *     others are evicted
   */
  Admission add(Transaction transaction, boolean local);

  @Nullable Transaction transaction(Hash hash);

  /** The next nonce of an account, counting its pending transactions; unsigned. */
  long nonce(Address account);

  /** Executable transactions by sender and nonce; a copy. */
  Map<Address, SortedMap<Long, Transaction>> pending();

  /** Transactions with a gap before them, by sender and nonce; a copy. */
  Map<Address, SortedMap<Long, Transaction>> queued();

  /**
   * Executable transactions in the order of a block: best tip first, each account's in the order of
   * their nonces and only as far as they pay this base fee; a copy.
   *
   * @param baseFee of the block, in wei a unit of gas; null before London
   */
  List<Executable> byPrice(@Nullable U256 baseFee);

  /** A transaction and who signed it, so that nobody need recover that again. */
  record Executable(Transaction transaction, Address sender) {}

  /** Another number whenever the pool holds something else than before. */
  long version();

  /** Number of pending and queued transactions. */
  Status status();

  /** Hears of each transaction that becomes pending; on the adding thread, must be quick. */
  void listen(Consumer<Transaction> listener);

  /** The least tip that remote transactions must pay, in wei a unit of gas. */
  void setPriceLimit(U256 wei);

  @Override
  void close();

  /** Sizes of the pool. */
  record Status(int pending, int queued) {}

  /** What became of a transaction. */
  sealed interface Admission {
    /** It waits in the pool; {@code replaced} is what it took the place of. */
    record Accepted(@Nullable Hash replaced) implements Admission {}

    /** Not taken; {@code message} is geth's error text. */
    record Refused(String message) implements Admission {}
  }
}
