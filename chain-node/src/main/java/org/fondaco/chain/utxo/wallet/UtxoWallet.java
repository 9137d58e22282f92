package org.fondaco.chain.utxo.wallet;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.fondaco.chain.utxo.chain.BlockEntry;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.descriptor.Descriptor;
import org.fondaco.chain.utxo.mempool.FeeRate;
import org.fondaco.chain.utxo.mempool.Mempool;
import org.fondaco.chain.utxo.signing.TransactionSigner;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A wallet to play with on one chain. Its file holds a seed, how far each line of keys is used, and
 * what it sent; all else is read from the chain, so that nothing can disagree with it. Safe for any
 * thread; the lock of the chain is taken first, then the wallet's, then the pool's.
 */
public final class UtxoWallet implements AutoCloseable {
  private static final int SEED_BYTES = 32;

  private final String name;
  private final UtxoChain chain;
  private final AddressFormat format;
  private final WalletLog log;
  private final WalletKeys keys;
  private final WalletHistory history;
  private final WalletPayments payments;
  private final ReentrantLock lock = new ReentrantLock();

  /** Work that may end in Bitcoin Core's error. */
  @FunctionalInterface
  private interface Work<T> {
    T run() throws WalletException;
  }

  private UtxoWallet(
      String name,
      WalletLog log,
      UtxoChain chain,
      Mempool pool,
      AddressFormat format,
      InstantSource clock) {
    this.name = name;
    this.chain = chain;
    this.format = format;
    this.log = log;
    SecureRandom random = new SecureRandom();
    byte[] seed = new byte[SEED_BYTES];
    random.nextBytes(seed);
    long now = clock.instant().getEpochSecond();
    keys = new WalletKeys(log, chain.consensus(), format, seed, now);
    history = new WalletHistory(chain, pool, clock, keys);
    payments = new WalletPayments(chain, pool, log, keys, history, random);
    log.entries().forEach(this::replay);
  }

  /**
   * Opens a wallet, or makes one with a seed of its own, and reads the chain. What it sent and is
   * neither in a block nor in the pool is sent again.
   *
   * @throws IOException if the file cannot be read, is damaged, in use or another network's
   */
  public static UtxoWallet open(
      String name,
      Path file,
      UtxoChain chain,
      Mempool pool,
      AddressFormat format,
      InstantSource clock)
      throws IOException {
    WalletLog log = WalletLog.open(file);
    try {
      UtxoWallet wallet = new UtxoWallet(name, log, chain, pool, format, clock);
      wallet.read(wallet.history::unsent).forEach(pool::accept);
      return wallet;
    } catch (IllegalArgumentException e) {
      log.close();
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private void replay(JsonNode entry) {
    if (entry.has("transaction")) {
      byte[] bytes = HexFormat.of().parseHex(entry.path("transaction").asString());
      Transaction transaction = Transaction.decode(bytes, chain.consensus().hasWitness());
      history.put(new Entry(transaction, entry.path("time").asLong(), true));
    }
  }

  private <T> T read(Supplier<T> action) {
    return chain.still(() -> {
      lock.lock();
      try {
        history.catchUp();
        return action.get();
      } finally {
        lock.unlock();
      }
    });
  }

  private void run(Runnable action) {
    boolean unused =
        read(() -> {
          action.run();
          return true;
        });
  }

  private <T> T attempt(Work<T> work) throws WalletException {
    List<WalletException> failed = new ArrayList<>();
    List<T> done =
        read(() -> {
          try {
            return List.of(work.run());
          } catch (WalletException e) {
            failed.add(e);
            return List.<T>of();
          }
        });
    if (!failed.isEmpty()) {
      throw failed.getFirst();
    }
    return done.getFirst();
  }

  /** Empty for the node's own. */
  public String name() {
    return name;
  }

  /** What new addresses are unless somebody says otherwise. */
  public AddressType defaultType() {
    return hasType(AddressType.BECH32) ? AddressType.BECH32 : AddressType.LEGACY;
  }

  /** Whether the chain has this type. */
  public boolean hasType(AddressType type) {
    return keys.hasType(type);
  }

  /** An address of the usual type that nobody has seen; its number is on disk before. */
  public String newAddress() {
    return newAddress(defaultType(), false, "");
  }

  /**
   * An address that nobody has seen; its number is on disk before it is told.
   *
   * @param internal whether it is for change
   * @param label what it is called; change has none
   * @throws IllegalArgumentException if the chain does not have the type
   */
  public String newAddress(AddressType type, boolean internal, String label) {
    return read(() -> {
      byte[] script = keys.next(type, internal).expanded().script();
      String address = format.address(script);
      if (address == null) {
        throw new IllegalStateException("a wallet's script without an address");
      }
      if (!internal && !label.isEmpty()) {
        keys.label(address, label);
      }
      return address;
    });
  }

  /** The script of {@link #newAddress()}. */
  public byte[] newScript() {
    return format.script(newAddress());
  }

  /**
   * What it has.
   *
   * @param depthMin confirmations that trusted coins need
   */
  public WalletViews.Balances balances(int depthMin) {
    return read(() -> {
      long trusted = 0;
      long pending = 0;
      long immature = 0;
      for (Coin coin : history.coins()) {
        if (history.isSpent(coin.outPoint())) {
          continue;
        }
        Entry entry = coin.entry();
        if (entry.block() != null && history.blocksToMaturity(entry) > 0) {
          immature += coin.value();
        } else if (history.isTrusted(entry)) {
          trusted += history.depth(entry) >= depthMin ? coin.value() : 0;
        } else if (history.isWaiting(entry)) {
          pending += coin.value();
        }
      }
      return new WalletViews.Balances(trusted, pending, immature, history.tip());
    });
  }

  /** All coins that may be spent, those that wait too; without immature and locked ones. */
  public List<WalletViews.Unspent> unspent() {
    return read(() -> {
      List<WalletViews.Unspent> all = new ArrayList<>();
      for (Coin coin : history.coins()) {
        if (payments.isSpendable(coin)) {
          all.add(
              new WalletViews.Unspent(
                  coin.outPoint(),
                  coin.output(),
                  history.depth(coin.entry()),
                  history.isTrusted(coin.entry()),
                  view(coin.owned(), coin.output().script())));
        }
      }
      return all;
    });
  }

  /** Keeps a coin from being spent until the node ends; false if that changes nothing. */
  public boolean lock(OutPoint outPoint, boolean spendable) {
    return read(() -> payments.lock(outPoint, spendable));
  }

  public List<OutPoint> locked() {
    return read(() -> payments.locked());
  }

  // --- paying ---

  /**
   * Chooses coins for a payment.
   *
   * @throws WalletException if there are too few, or the payment makes no sense
   */
  public Draft draft(Payment payment) throws WalletException {
    return attempt(() -> payments.build(payment));
  }

  /** The rate of payments that name none. */
  public FeeRate feeRate() {
    return payments.feeRate();
  }

  /**
   * Pays: chooses coins, signs, gives the transaction to the pool and keeps it.
   *
   * @throws WalletException if there are too few coins, or the pool refuses
   */
  public Draft send(Payment payment) throws WalletException {
    return attempt(() -> payments.send(payment));
  }

  /**
   * Signs what the wallet has keys for.
   *
   * @param spent what each input spends; null where it is not known
   * @param hashType 0 for the default
   */
  public TransactionSigner.Signed sign(
      Transaction transaction, List<@Nullable Output> spent, int hashType) {
    return read(() -> payments.sign(transaction, spent, hashType));
  }

  // --- telling ---

  /** Its transactions in the order of the chain, then those that are in no block. */
  public List<WalletViews.History> transactions() {
    return read(() ->
        history.entries().stream()
            .sorted(Comparator.comparingInt(UtxoWallet::height).thenComparingInt(Entry::position))
            .map(this::view)
            .toList());
  }

  private static int height(Entry entry) {
    BlockEntry block = entry.block();
    return block == null ? Integer.MAX_VALUE : block.height();
  }

  public WalletViews.@Nullable History transaction(Hash txid) {
    List<WalletViews.History> found =
        read(() -> {
          Entry entry = history.find(txid);
          return entry == null ? List.of() : List.of(view(entry));
        });
    return found.isEmpty() ? null : found.getFirst();
  }

  private WalletViews.History view(Entry entry) {
    return new HistoryView(history, keys).of(entry);
  }

  /** What the wallet knows of a script; null if it is not its own. */
  public WalletViews.@Nullable Mine mine(byte[] script) {
    List<WalletViews.Mine> found =
        read(() -> {
          Owned owned = keys.find(script);
          return owned == null ? List.of() : List.of(view(owned, script));
        });
    return found.isEmpty() ? null : found.getFirst();
  }

  private WalletViews.Mine view(Owned owned, byte[] script) {
    String address = format.address(script);
    KeyLine line = owned.line();
    return new WalletViews.Mine(
        owned.expanded(),
        line.source(),
        line.type(),
        owned.index(),
        line.isInternal(),
        line.timestampSeconds(),
        address == null ? null : keys.label(address));
  }

  /** All descriptors with their secrets. */
  public List<WalletViews.Line> lines() {
    return read(() ->
        keys.lines().stream()
            .map(line ->
                new WalletViews.Line(
                    line.source(),
                    line.isActive(),
                    line.isInternal(),
                    line.timestampSeconds(),
                    line.next(),
                    Math.max(0, line.filled() - 1)))
            .toList());
  }

  /** Addresses with the labels that people gave them. */
  public Map<String, String> labels() {
    return read(() -> Map.copyOf(keys.labels()));
  }

  /** Calls an address something. */
  public void label(String address, String label) {
    run(() -> keys.label(address, label));
  }

  public long bornSeconds() {
    return keys.bornSeconds();
  }

  /** Coins of the chain that pay the descriptor are the wallet's from now on. */
  public void add(Descriptor descriptor, boolean internal, long timestampSeconds, int used)
      throws WalletException {
    if (!descriptor.hasAllPrivateKeys()) {
      throw new WalletException(
          WalletException.Kind.OTHER,
          "Cannot import descriptor without private keys to a wallet with private keys enabled");
    }
    run(() -> {
      keys.add(descriptor, internal, timestampSeconds, used);
      history.forget();
      history.catchUp();
    });
  }

  @Override
  public void close() {
    lock.lock();
    try {
      log.close();
    } catch (IOException e) {
      System.getLogger(UtxoWallet.class.getName())
          .log(System.Logger.Level.WARNING, "the wallet's file did not close", e);
    } finally {
      lock.unlock();
    }
  }
}
