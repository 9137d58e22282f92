package org.fondaco.chain.rpc.eth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.block.Receipt;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.execution.BaseFee;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.rpc.Parameters;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.rpc.json.Quantity;
import org.fondaco.chain.transition.BlobGas;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code eth_feeHistory}. */
final class FeeHistory {
  private static final int BLOCKS_MAX = 1_024;
  private static final int PERCENTILES_MAX = 100;

  private final Blockchain chain;
  private final BlockViews views;

  FeeHistory(Blockchain chain, BlockViews views) {
    this.chain = chain;
    this.views = views;
  }

  JsonNode answer(Parameters parameters) throws RpcException {
    parameters.atMost(3);
    long count = Math.min(count(parameters.required(0)), BLOCKS_MAX);
    List<Double> percentiles = percentiles(parameters.optional(2));
    BlockHeader newest = newest(parameters);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (count < 1) {
      json.set("oldestBlock", Quantity.of(0));
      json.putNull("gasUsedRatio");
      return json;
    }
    long oldest = Math.max(0, newest.number() - count + 1);
    json.set("oldestBlock", Quantity.of(oldest));
    List<BlockHeader> headers = new ArrayList<>();
    for (long number = oldest; number <= newest.number(); number++) {
      BlockHeader header = chain.header(number);
      if (header == null) {
        throw RpcException.server("block " + number + " left the chain while it was read");
      }
      headers.add(header);
    }
    if (!percentiles.isEmpty()) {
      ArrayNode rewards = json.putArray("reward");
      headers.forEach(header -> rewards.add(rewards(header, percentiles)));
    }
    fees(json, headers);
    return json;
  }

  private void fees(ObjectNode json, List<BlockHeader> headers) {
    ArrayNode baseFees = json.putArray("baseFeePerGas");
    ArrayNode ratios = json.putArray("gasUsedRatio");
    ArrayNode blobFees = json.putArray("baseFeePerBlobGas");
    ArrayNode blobRatios = json.putArray("blobGasUsedRatio");
    for (BlockHeader header : headers) {
      U256 baseFee = header.baseFee();
      baseFees.add(Quantity.of(baseFee == null ? U256.ZERO : baseFee));
      ratios.add((double) header.gasUsed() / header.gasLimit());
      blobFees.add(Quantity.of(blobFee(header.excessBlobGas())));
      Long blobGas = header.blobGasUsed();
      blobRatios.add(blobGas == null ? 0 : (double) blobGas / BlobGas.MAX);
    }
    BlockHeader last = headers.getLast();
    baseFees.add(Quantity.of(nextBaseFee(last)));
    Long excess = last.excessBlobGas();
    Long used = last.blobGasUsed();
    blobFees.add(
        Quantity.of(blobFee(excess == null || used == null ? null : BlobGas.excess(excess, used))));
  }

  private static U256 blobFee(@Nullable Long excess) {
    return excess == null ? U256.ZERO : BlobGas.baseFee(excess);
  }

  /** The base fee of the block after this one; zero before London. */
  private U256 nextBaseFee(BlockHeader parent) {
    if (!chain.config().fork(parent.number() + 1, parent.timestamp()).atLeast(Fork.LONDON)) {
      return U256.ZERO;
    }
    return BaseFee.next(parent);
  }

  /** A transaction's tip and how much gas it got. */
  private record Paid(U256 tip, long gasUsed) {}

  private ArrayNode rewards(BlockHeader header, List<Double> percentiles) {
    ArrayNode rewards = JsonNodeFactory.instance.arrayNode();
    List<Paid> paid = paid(header);
    int at = 0;
    long gas = paid.isEmpty() ? 0 : paid.getFirst().gasUsed();
    for (double percentile : percentiles) {
      long threshold = (long) (header.gasUsed() * percentile / 100);
      while (gas < threshold && at < paid.size() - 1) {
        at++;
        gas += paid.get(at).gasUsed();
      }
      rewards.add(Quantity.of(paid.isEmpty() ? U256.ZERO : paid.get(at).tip()));
    }
    return rewards;
  }

  /** By tip. */
  private List<Paid> paid(BlockHeader header) {
    Block block = chain.block(header.hash());
    List<Receipt> receipts = chain.receipts(header.hash());
    List<Paid> paid = new ArrayList<>();
    if (block == null || receipts == null) {
      return paid;
    }
    long before = 0;
    for (int i = 0; i < receipts.size(); i++) {
      long after = receipts.get(i).cumulativeGasUsed();
      paid.add(new Paid(TipOracle.tip(block.transactions().get(i), header), after - before));
      before = after;
    }
    paid.sort(Comparator.comparing(Paid::tip));
    return paid;
  }

  /** Geth takes a number too. */
  private static long count(JsonNode node) throws RpcException {
    if (node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0) {
      return node.longValue();
    }
    return Parameters.quantity(node, 0).saturatedLong();
  }

  private BlockHeader newest(Parameters parameters) throws RpcException {
    BlockViews.View view = views.numbered(parameters, 1);
    if (view == null) {
      throw RpcException.server(
          "request beyond head block: requested "
              + BlockViews.number(parameters.required(1), 1)
              + ", head "
              + chain.head().number());
    }
    return view.pending() == null ? view.header() : chain.head();
  }

  private static List<Double> percentiles(@Nullable JsonNode node) throws RpcException {
    List<Double> percentiles = new ArrayList<>();
    if (node == null) {
      return percentiles;
    }
    if (!node.isArray()) {
      throw RpcException.invalidParams("invalid argument 2: not an array");
    }
    if (node.size() > PERCENTILES_MAX) {
      throw RpcException.server("invalid reward percentile: over the query limit 100");
    }
    for (JsonNode each : node) {
      double value = each.isNumber() ? each.doubleValue() : -1;
      if (!(value >= 0 && value <= 100)) {
        throw RpcException.server("invalid reward percentile: " + each);
      }
      if (!percentiles.isEmpty() && value <= percentiles.getLast()) {
        throw RpcException.server(
            "invalid reward percentile: #"
                + percentiles.size()
                + ":"
                + percentiles.getLast()
                + " >= #"
                + (percentiles.size() + 1)
                + ":"
                + value);
      }
      percentiles.add(value);
    }
    return percentiles;
  }
}
