package org.fondaco.custody.reconciliation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.CoreNode;
import org.fondaco.custody.chain.EvmNode;
import org.fondaco.custody.chain.NodeUnavailable;
import org.fondaco.custody.chain.RpcError;

/** Asks the nodes whether it is there, at the hash of each cursor. */
final class HoldingsCheck {
  private final Map<ChainName, CoreNode> core;
  private final Map<ChainName, EvmNode> evm;
  private final List<Asset> assets;

  HoldingsCheck(Map<ChainName, CoreNode> core, Map<ChainName, EvmNode> evm, List<Asset> assets) {
    this.core = Map.copyOf(core);
    this.evm = Map.copyOf(evm);
    this.assets = List.copyOf(assets);
  }

  /**
   * Something that the node has otherwise than the rows.
   *
   * @param key the output or the address
   * @param atoms node less rows
   */
  record Difference(int asset, String key, BigInteger atoms) {}

  /**
   * What came of it.
   *
   * @param differences empty when the nodes agree with every row
   * @param inconclusive why nothing can be said at these cursors, empty when it can
   */
  record Result(List<Difference> differences, Optional<String> inconclusive) {

    /** By how much the nodes have more of an asset than the rows. */
    BigInteger more(int asset) {
      return differences.stream()
          .filter(difference -> difference.asset() == asset)
          .map(Difference::atoms)
          .reduce(BigInteger.ZERO, BigInteger::add);
    }
  }

  Result check(Holdings holdings) {
    List<Difference> differences = new ArrayList<>();
    for (Map.Entry<ChainName, Holdings.Cursor> chain : holdings.cursors().entrySet()) {
      ChainName name = chain.getKey();
      try {
        Optional<String> moved =
            name.hasOutputs()
                ? outputs(name, chain.getValue(), holdings, differences)
                : balances(name, chain.getValue(), holdings, differences);
        if (moved.isPresent()) {
          return new Result(List.of(), moved);
        }
      } catch (NodeUnavailable | RpcError e) {
        return new Result(List.of(), Optional.of(name + ": " + e.getMessage()));
      }
    }
    return new Result(differences, Optional.empty());
  }

  /** The set of unspent outputs is the best block's only: it has to be the cursor all the time. */
  private Optional<String> outputs(
      ChainName name, Holdings.Cursor cursor, Holdings holdings, List<Difference> differences) {
    CoreNode node = core.get(name);
    if (node == null) {
      return Optional.of(name + " has no node");
    }
    int coin = coin(name);
    String moved = name + ": the node's best block is not the cursor " + cursor.height();
    if (!node.bestHash().equals(cursor.hash())) {
      return Optional.of(moved);
    }
    for (Holdings.Output output : holdings.outputs()) {
      if (output.chain() != name) {
        continue;
      }
      Optional<CoreNode.Unspent> unspent = node.unspent(output.point(), false);
      if (unspent.isPresent() && !unspent.get().bestHash().equals(cursor.hash())) {
        return Optional.of(moved);
      }
      BigInteger there = unspent.map(CoreNode.Unspent::atoms).orElse(BigInteger.ZERO);
      note(differences, coin, output.point().toString(), there.subtract(output.atoms()));
    }
    return node.bestHash().equals(cursor.hash()) ? Optional.empty() : Optional.of(moved);
  }

  private Optional<String> balances(
      ChainName name, Holdings.Cursor cursor, Holdings holdings, List<Difference> differences) {
    EvmNode node = evm.get(name);
    if (node == null) {
      return Optional.of(name + " has no node");
    }
    // A node that serves any block by its hash would serve one that is canonical no longer.
    if (!node.blockHash(cursor.height()).equals(Optional.of(cursor.hash()))) {
      return Optional.of(name + ": the cursor " + cursor.height() + " is not canonical");
    }
    Map<Integer, Asset> known = new TreeMap<>();
    assets.forEach(asset -> known.put(asset.id(), asset));
    for (Holdings.Balance balance : holdings.balances()) {
      Asset asset = known.get(balance.asset());
      if (balance.chain() != name || asset == null) {
        continue;
      }
      String contract = asset.contract();
      BigInteger there =
          contract == null
              ? node.balance(balance.address(), cursor.hash())
              : node.tokenBalance(contract, balance.address(), cursor.hash());
      note(differences, asset.id(), balance.address(), there.subtract(balance.atoms()));
    }
    return Optional.empty();
  }

  private int coin(ChainName name) {
    return assets.stream()
        .filter(asset -> asset.chain() == name && asset.isCoin())
        .findFirst()
        .map(Asset::id)
        .orElse(0);
  }

  private static void note(List<Difference> differences, int asset, String key, BigInteger atoms) {
    if (atoms.signum() != 0) {
      differences.add(new Difference(asset, key, atoms));
    }
  }
}
