package org.fondaco.chain.node;

import java.nio.charset.StandardCharsets;
import org.fondaco.chain.mining.Miner;
import org.fondaco.chain.pool.TransactionPool;
import org.fondaco.chain.rpc.Methods;
import org.fondaco.chain.rpc.Parameters;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.word.U256;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code miner_*}, and {@code evm_mine} where a block needs no work. */
final class MinerMethods {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final JsonNode TRUE = JSON.getNodeFactory().booleanNode(true);
  private static final int THREADS_MAX = 1024;
  private static final int EXTRA_BYTES_MAX = 32;

  private MinerMethods() {}

  static void register(Methods methods, Mining mining, TransactionPool pool) {
    Miner miner = mining.miner();
    methods.add(
        "miner_start",
        (parameters, caller) -> {
          parameters.atMost(1);
          mining.start(threads(parameters));
          return null;
        });
    methods.add(
        "miner_stop",
        (parameters, caller) -> {
          miner.stop();
          return null;
        });
    methods.add(
        "miner_setEtherbase",
        (parameters, caller) -> {
          miner.setCoinbase(parameters.address(0));
          return TRUE;
        });
    methods.add("miner_setExtra", (parameters, caller) -> setExtra(miner, parameters.text(0)));
    methods.add(
        "miner_setGasPrice",
        (parameters, caller) -> {
          pool.setPriceLimit(parameters.quantity(0));
          return TRUE;
        });
    methods.add(
        "miner_setGasLimit",
        (parameters, caller) -> {
          U256 gas = parameters.quantity(0);
          if (!gas.fitsLong() || gas.isZero()) {
            throw RpcException.invalidParams("invalid argument 0: a gas limit has 1 to 2^63 - 1");
          }
          miner.setGasCeiling(gas.longValue());
          return TRUE;
        });
    methods.add(
        "miner_getHashrate",
        (parameters, caller) -> JSON.getNodeFactory().numberNode(miner.hashRate()));
    if (mining.isInstant()) {
      methods.add(
          "evm_mine",
          (parameters, caller) -> {
            parameters.atMost(0);
            var _ = miner.sealNow();
            return JSON.getNodeFactory().stringNode("0x0");
          });
    }
  }

  private static int threads(Parameters parameters) throws RpcException {
    JsonNode node = parameters.optional(0);
    if (node == null) {
      return 0;
    }
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      throw RpcException.invalidParams("invalid argument 0: not a number of threads");
    }
    int threads = node.asInt();
    if (threads < 0 || threads > THREADS_MAX) {
      throw RpcException.invalidParams("invalid argument 0: 0 to " + THREADS_MAX + " threads");
    }
    return threads;
  }

  private static JsonNode setExtra(Miner miner, String text) throws RpcException {
    byte[] extra = text.getBytes(StandardCharsets.UTF_8);
    if (extra.length > EXTRA_BYTES_MAX) {
      throw RpcException.server(
          "extra exceeds max length. " + extra.length + " > " + EXTRA_BYTES_MAX);
    }
    miner.setExtraData(extra);
    return TRUE;
  }
}
