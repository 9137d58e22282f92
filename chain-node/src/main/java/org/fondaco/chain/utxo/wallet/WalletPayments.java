package org.fondaco.chain.utxo.wallet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.mempool.FeeRate;
import org.fondaco.chain.utxo.mempool.Mempool;
import org.fondaco.chain.utxo.signing.KeyRing;
import org.fondaco.chain.utxo.signing.TransactionSigner;
import org.fondaco.chain.utxo.token.TokenScript;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.jspecify.annotations.Nullable;

/** How a wallet spends; under its lock, while the chain stands still. */
final class WalletPayments {
  /** What Bitcoin Core's documentation of regtest sets as {@code -fallbackfee}. */
  private static final FeeRate FALLBACK = new FeeRate(20_000);

  private static final int DEEP_BLOCKS = 6;

  private final UtxoChain chain;
  private final Mempool pool;
  private final WalletLog log;
  private final WalletKeys keys;
  private final WalletHistory history;
  private final RandomGenerator random;
  private final TransactionSigner signer;
  private final Set<OutPoint> locked = new HashSet<>();

  WalletPayments(
      UtxoChain chain,
      Mempool pool,
      WalletLog log,
      WalletKeys keys,
      WalletHistory history,
      RandomGenerator random) {
    this.chain = chain;
    this.pool = pool;
    this.log = log;
    this.keys = keys;
    this.history = history;
    this.random = random;
    signer = new TransactionSigner(chain.consensus().isCash());
  }

  /** True if it changed something. */
  boolean lock(OutPoint outPoint, boolean spendable) {
    return spendable ? locked.remove(outPoint) : locked.add(outPoint);
  }

  List<OutPoint> locked() {
    return List.copyOf(locked);
  }

  /** Whether it is there, ripe, not spent and not locked. */
  boolean isSpendable(Coin coin) {
    Entry entry = coin.entry();
    return !locked.contains(coin.outPoint())
        && (entry.block() != null || history.isWaiting(entry))
        && history.blocksToMaturity(entry) == 0
        && !history.isSpent(coin.outPoint());
  }

  /** Chooses coins. */
  Draft build(Payment payment) throws WalletException {
    List<Coin> preset = new ArrayList<>();
    for (Input input : payment.inputs()) {
      Coin coin = history.coin(input.outPoint());
      if (coin == null) {
        throw new WalletException(
            WalletException.Kind.OTHER,
            "Not found pre-selected input " + input.outPoint() + ": it is not this wallet's");
      }
      preset.add(coin);
    }
    PaymentBuilder builder =
        new PaymentBuilder(
            chain.consensus(),
            pool.statistics().policy(),
            random,
            type -> keys.next(type, true).expanded().script());
    FeeRate rate = payment.rate();
    FeeRate least = pool.statistics().minimumRate();
    if (rate != null && rate.perKilobyte() < least.perKilobyte()) {
      throw new WalletException(
          WalletException.Kind.OTHER,
          "Fee rate ("
              + rate.perVirtualByte()
              + " sat/vB) is lower than the minimum fee rate setting ("
              + least.perVirtualByte()
              + " sat/vB)");
    }
    return builder.build(payment, rate == null ? feeRate() : rate, preset, tiers(payment));
  }

  /** The rate of payments that name none. */
  FeeRate feeRate() {
    long asked = pool.statistics().minimumRate().perKilobyte();
    return new FeeRate(Math.max(asked, FALLBACK.perKilobyte()));
  }

  /** Deep ones, then all in blocks, then change of the wallet's own that waits. */
  private List<List<Coin>> tiers(Payment payment) {
    List<Coin> deep = new ArrayList<>();
    List<Coin> confirmed = new ArrayList<>();
    List<Coin> all = new ArrayList<>();
    for (Coin coin : history.coins()) {
      if (payment.mustSpend(coin.outPoint()) || !isSpendable(coin)) {
        continue;
      }
      int depth = history.depth(coin.entry());
      boolean own = history.debit(coin.entry()) > 0;
      if (depth >= (own ? 1 : DEEP_BLOCKS)) {
        deep.add(coin);
      }
      if (depth >= 1) {
        confirmed.add(coin);
      }
      if (depth >= 1 || history.isTrusted(coin.entry())) {
        all.add(coin);
      }
    }
    return List.of(deep, confirmed, all);
  }

  /** Builds, signs, gives to the pool, keeps. */
  Draft send(Payment payment) throws WalletException {
    Draft draft = build(payment);
    TransactionSigner.Signed signed = sign(draft.transaction(), spent(draft.transaction()), 0);
    if (!signed.isComplete()) {
      throw new WalletException(
          WalletException.Kind.OTHER, "Signing transaction failed: " + signed.errors());
    }
    commit(signed.transaction());
    return new Draft(signed.transaction(), draft.fee(), draft.changePosition());
  }

  private void commit(Transaction transaction) throws WalletException {
    if (pool.accept(transaction) instanceof Mempool.Verdict.Refused refused) {
      throw new WalletException(
          WalletException.Kind.OTHER, "Transaction was rejected: " + refused.reason());
    }
    long now = history.nowSeconds();
    log.append(
        WalletKeys.object()
            .put("transaction", HexFormat.of().formatHex(transaction.encode()))
            .put("time", now));
    history.put(new Entry(transaction, now, true));
  }

  private List<@Nullable Output> spent(Transaction transaction) {
    List<@Nullable Output> spent = new ArrayList<>();
    for (Input input : transaction.inputs()) {
      Coin coin = history.coin(input.outPoint());
      spent.add(coin == null ? null : coin.output());
    }
    return spent;
  }

  /** Signs what there are keys for. */
  TransactionSigner.Signed sign(
      Transaction transaction, List<@Nullable Output> spent, int hashType) {
    KeyRing ring = new KeyRing();
    for (Output output : spent) {
      Owned owned = output == null ? null : keys.find(bare(output));
      if (owned != null) {
        ring.add(owned.expanded());
      }
    }
    return signer.sign(transaction, spent, ring, hashType);
  }

  private byte[] bare(Output output) {
    return chain.consensus().isCash() ? TokenScript.of(output.script()).script() : output.script();
  }
}
