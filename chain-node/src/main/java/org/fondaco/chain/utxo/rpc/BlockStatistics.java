package org.fondaco.chain.utxo.rpc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.chain.Undo;
import org.fondaco.chain.utxo.consensus.UnspentOutput;
import org.fondaco.chain.utxo.script.Scripts;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.WireWriter;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A block in numbers: those of Bitcoin Core's getblockstats. */
final class BlockStatistics {
  /** What Core reckons for an unspent output beside itself: out point, height, coinbase. */
  private static final int OVERHEAD_BYTES = 41;

  private final List<Long> fees = new ArrayList<>();
  private final List<Long> sizes = new ArrayList<>();
  private final List<Rate> rates = new ArrayList<>();
  private long inputs;
  private long outputs;
  private long unspent;
  private long totalOut;
  private long sizeIncrease;
  private long sizeIncreaseActual;
  private long totalSize;
  private long totalWeight;
  private long witnessCount;
  private long witnessSize;
  private long witnessWeight;

  /** Satoshi for a virtual byte, and the weight that pays it. */
  private record Rate(long rate, long weight) {}

  /**
   * Counts a block.
   *
   * @param genesis whether its outputs are none
   */
  BlockStatistics(Block block, Undo undo, boolean genesis) {
    for (int i = 0; i < block.transactions().size(); i++) {
      Transaction transaction = block.transactions().get(i);
      long out = countOutputs(transaction, genesis);
      if (i > 0) {
        count(transaction, out, undo.spent().get(i - 1));
      }
    }
  }

  private static long bytes(Output output) {
    int script = output.script().length;
    return 8L + WireWriter.sizeBytes(script) + script + OVERHEAD_BYTES;
  }

  private long countOutputs(Transaction transaction, boolean genesis) {
    long out = 0;
    outputs += transaction.outputs().size();
    for (Output output : transaction.outputs()) {
      out += output.value();
      sizeIncrease += bytes(output);
      if (!genesis && !Scripts.isUnspendable(output.script())) {
        unspent++;
        sizeIncreaseActual += bytes(output);
      }
    }
    return out;
  }

  private void count(Transaction transaction, long out, List<UnspentOutput> spent) {
    inputs += transaction.inputs().size();
    totalOut += out;
    int size = transaction.size();
    int weight = transaction.weight();
    sizes.add((long) size);
    totalSize += size;
    totalWeight += weight;
    if (transaction.hasWitness()) {
      witnessCount++;
      witnessSize += size;
      witnessWeight += weight;
    }
    long in = 0;
    for (UnspentOutput each : spent) {
      in += each.output().value();
      sizeIncrease -= bytes(each.output());
      sizeIncreaseActual -= bytes(each.output());
    }
    fees.add(in - out);
    rates.add(new Rate((in - out) * Transaction.WITNESS_SCALE / weight, weight));
  }

  private static long median(List<Long> values) {
    List<Long> sorted = values.stream().sorted().toList();
    if (sorted.isEmpty()) {
      return 0;
    }
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static long most(List<Long> values) {
    return values.isEmpty() ? 0 : Collections.max(values);
  }

  private static long least(List<Long> values) {
    return values.isEmpty() ? 0 : Collections.min(values);
  }

  private static long sum(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Rates below which a tenth, a quarter, half, three quarters and nine tenths of the weight pay.
   */
  private ArrayNode percentiles() {
    List<Rate> sorted = rates.stream().sorted(Comparator.comparingLong(Rate::rate)).toList();
    double[] shares = {0.1, 0.25, 0.5, 0.75, 0.9};
    ArrayNode result = CoreJson.array();
    long cumulative = 0;
    for (Rate each : sorted) {
      cumulative += each.weight;
      while (result.size() < shares.length && cumulative >= totalWeight * shares[result.size()]) {
        result.add(each.rate);
      }
    }
    while (result.size() < shares.length) {
      result.add(sorted.isEmpty() ? 0 : sorted.getLast().rate);
    }
    return result;
  }

  /** All values by Core's names; the block's own are added by the caller. */
  ObjectNode json(long subsidy) {
    int count = fees.size();
    List<Long> perByte = rates.stream().map(Rate::rate).toList();
    ObjectNode json = CoreJson.object();
    json.put("avgfee", count == 0 ? 0 : sum(fees) / count);
    json.put(
        "avgfeerate", totalWeight == 0 ? 0 : sum(fees) * Transaction.WITNESS_SCALE / totalWeight);
    json.put("avgtxsize", count == 0 ? 0 : totalSize / count);
    json.set("feerate_percentiles", percentiles());
    json.put("ins", inputs);
    json.put("maxfee", most(fees));
    json.put("maxfeerate", most(perByte));
    json.put("maxtxsize", most(sizes));
    json.put("medianfee", median(fees));
    json.put("mediantxsize", median(sizes));
    json.put("minfee", least(fees));
    json.put("minfeerate", least(perByte));
    json.put("mintxsize", least(sizes));
    json.put("outs", outputs);
    json.put("subsidy", subsidy);
    json.put("swtotal_size", witnessSize);
    json.put("swtotal_weight", witnessWeight);
    json.put("swtxs", witnessCount);
    json.put("total_out", totalOut);
    json.put("total_size", totalSize);
    json.put("total_weight", totalWeight);
    json.put("totalfee", sum(fees));
    json.put("txs", count + 1);
    json.put("utxo_increase", outputs - inputs);
    json.put("utxo_increase_actual", unspent - inputs);
    json.put("utxo_size_inc", sizeIncrease);
    return json.put("utxo_size_inc_actual", sizeIncreaseActual);
  }
}
