package org.fondaco.chain.rpc.eth;

import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.rpc.Methods;
import org.fondaco.chain.rpc.json.Quantity;
import org.fondaco.chain.word.U256;

/** What gas costs and did cost. */
final class FeeMethods {
  private final Blockchain chain;
  private final TipOracle oracle;
  private final FeeHistory history;

  FeeMethods(Blockchain chain, BlockViews views) {
    this.chain = chain;
    oracle = new TipOracle(chain);
    history = new FeeHistory(chain, views);
  }

  void register(Methods methods) {
    methods.add(
        "eth_gasPrice",
        (parameters, caller) -> {
          parameters.atMost(0);
          U256 baseFee = chain.head().baseFee();
          U256 tip = oracle.suggest();
          return Quantity.of(baseFee == null ? tip : tip.add(baseFee));
        });
    methods.add(
        "eth_maxPriorityFeePerGas",
        (parameters, caller) -> {
          parameters.atMost(0);
          return Quantity.of(oracle.suggest());
        });
    methods.add(
        "eth_blobBaseFee",
        (parameters, caller) -> {
          parameters.atMost(0);
          return Quantity.of(chain.context(chain.head()).blobBaseFee());
        });
    methods.add("eth_feeHistory", (parameters, caller) -> history.answer(parameters));
  }

  /** In wei a unit of gas, for whoever fills in a transaction. */
  U256 suggestTip() {
    return oracle.suggest();
  }
}
