package org.fondaco.custody.deposit;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.CoreBlock;
import org.fondaco.custody.chain.EvmBlock;

/**
 * What a branch of a chain says of custody's money, read from genesis each time: written apart from
 * the scanner, slow and plain.
 */
final class NaiveChain {
  private static final String TRANSFER =
      "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";

  /** Atoms of ours by asset, as transactions and logs show. */
  final Map<Integer, BigInteger> held = new TreeMap<>();

  /** Atoms that left by transactions of ours, fees included, less what came back. */
  final Map<Integer, BigInteger> left = new TreeMap<>();

  /** Deposits by {@code txid:position}. */
  final Map<String, Seen> deposits = new TreeMap<>();

  /** A deposit that is on the branch. */
  record Seen(int asset, DepositWorld.Watched to, BigInteger atoms, long height) {}

  private NaiveChain() {}

  private void hold(Asset asset, BigInteger atoms, boolean own) {
    held.merge(asset.id(), atoms, BigInteger::add);
    if (own) {
      left.merge(asset.id(), atoms.negate(), BigInteger::add);
    }
  }

  static NaiveChain ofOutputs(DepositWorld world, String tip) {
    NaiveChain naive = new NaiveChain();
    Map<String, DepositWorld.Watched> watched = world.byScript(ChainName.BTC);
    Map<String, BigInteger> ours = new HashMap<>();
    Set<String> spent = new HashSet<>();
    List<CoreBlock> branch = world.core.branch(tip);
    for (CoreBlock block : branch) {
      for (CoreBlock.Transaction transaction : block.transactions()) {
        boolean own = world.own.contains(transaction.txid());
        for (CoreBlock.Output output : transaction.outputs()) {
          DepositWorld.Watched to = watched.get(output.script());
          if (to == null || output.token() != null) {
            continue;
          }
          ours.put(transaction.txid() + ":" + output.vout(), output.atoms());
          naive.hold(DepositWorld.BTC, output.atoms(), own);
          if (!own) {
            naive.deposits.put(
                transaction.txid() + ":" + output.vout(),
                new Seen(DepositWorld.BTC.id(), to, output.atoms(), block.height()));
          }
        }
      }
    }
    for (CoreBlock block : branch) {
      for (CoreBlock.Transaction transaction : block.transactions()) {
        boolean own = world.own.contains(transaction.txid());
        for (CoreBlock.OutPoint input : transaction.inputs()) {
          BigInteger atoms = ours.get(input.toString());
          if (atoms != null && spent.add(input.toString())) {
            naive.hold(DepositWorld.BTC, atoms.negate(), own);
          }
        }
      }
    }
    return naive;
  }

  static NaiveChain ofAccounts(DepositWorld world, String tip) {
    NaiveChain naive = new NaiveChain();
    Map<String, DepositWorld.Watched> watched = world.byScript(ChainName.ETH);
    for (EvmBlock block : world.evm.branch(tip)) {
      for (int i = 0; i < block.transactions().size(); i++) {
        naive.read(world, watched, block, i);
      }
    }
    return naive;
  }

  private void read(
      DepositWorld world, Map<String, DepositWorld.Watched> watched, EvmBlock block, int i) {
    EvmBlock.Transaction transaction = block.transactions().get(i);
    EvmBlock.Receipt receipt = block.receipts().get(i);
    boolean own = world.own.contains(transaction.hash());
    if (watched.containsKey(transaction.from())) {
      hold(DepositWorld.ETH, receipt.fee().negate(), own);
    }
    if (!receipt.succeeded()) {
      return;
    }
    if (watched.containsKey(transaction.from())) {
      hold(DepositWorld.ETH, transaction.value().negate(), own);
    }
    DepositWorld.Watched to = watched.get(transaction.to());
    if (to != null && transaction.value().signum() > 0) {
      hold(DepositWorld.ETH, transaction.value(), own);
      if (!own) {
        deposits.put(
            transaction.hash() + ":native",
            new Seen(DepositWorld.ETH.id(), to, transaction.value(), block.height()));
      }
    }
    for (int k = 0; k < receipt.logs().size(); k++) {
      EvmBlock.Log log = receipt.logs().get(k);
      if (log.topics().size() != 3
          || !log.topics().getFirst().equals(TRANSFER)
          || !log.contract().equals(DepositWorld.USDT.contract())) {
        continue;
      }
      BigInteger atoms = new BigInteger(log.data(), 16);
      if (watched.containsKey(log.topics().get(1).substring(24))) {
        hold(DepositWorld.USDT, atoms.negate(), own);
      }
      DepositWorld.Watched receiver = watched.get(log.topics().get(2).substring(24));
      if (receiver != null && atoms.signum() > 0) {
        hold(DepositWorld.USDT, atoms, own);
        if (!own) {
          deposits.put(
              transaction.hash() + ":" + log.contract() + ":" + k,
              new Seen(DepositWorld.USDT.id(), receiver, atoms, block.height()));
        }
      }
    }
  }

  BigInteger held(Asset asset) {
    return held.getOrDefault(asset.id(), BigInteger.ZERO);
  }

  BigInteger left(Asset asset) {
    return left.getOrDefault(asset.id(), BigInteger.ZERO);
  }
}
