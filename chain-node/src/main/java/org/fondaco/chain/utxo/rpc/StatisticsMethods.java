package org.fondaco.chain.utxo.rpc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.chain.BlockEntry;
import org.fondaco.chain.utxo.chain.Undo;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.consensus.UnspentOutput;
import org.fondaco.chain.utxo.filter.BlockFilter;
import org.fondaco.chain.utxo.wire.Reversed;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Blocks in numbers and as filters. */
final class StatisticsMethods {
  private static final String CATEGORY = "Blockchain";
  private static final int MONTH_SECONDS = 30 * 24 * 3600;

  private final UtxoChain chain;

  /** Headers of filters by block, filled along the chain; they are never wrong once made. */
  private final Map<Hash, Hash> filterHeaders = new HashMap<>();

  StatisticsMethods(UtxoChain chain) {
    this.chain = chain;
  }

  void addTo(CoreMethods methods) {
    methods.add(
        CATEGORY,
        "getblockstats",
        "hash_or_height ( [\"stats\"] )",
        "Compute per block statistics for a given window. All amounts are in satoshis.",
        this::blockStatistics);
    methods.add(
        CATEGORY,
        "getchaintxstats",
        "( nblocks \"blockhash\" )",
        "Compute statistics about the total number and rate of transactions in the chain.",
        this::chainStatistics);
    methods.add(
        CATEGORY,
        "getblockfilter",
        "\"blockhash\" ( \"filtertype\" )",
        "Retrieve a BIP 157 content filter for a particular block; filtertype is basic. Made when"
            + " asked for.",
        this::filter);
  }

  private BlockEntry entry(JsonNode asked) throws CoreException {
    if (asked.isIntegralNumber()) {
      int height = asked.intValue();
      BlockEntry entry = height < 0 ? null : chain.at(height);
      if (entry == null) {
        throw CoreException.parameter(
            height < 0
                ? "Target block height " + height + " is negative"
                : "Target block height " + height + " after current tip " + chain.tip().height());
      }
      return entry;
    }
    BlockEntry entry = chain.entry(Arguments.hash(asked.asString(""), "hash_or_height"));
    if (entry == null) {
      throw new CoreException(CoreException.INVALID_ADDRESS_OR_KEY, "Block not found");
    }
    return entry;
  }

  private JsonNode blockStatistics(Arguments arguments) throws CoreException {
    BlockEntry entry = entry(arguments.json(0));
    Block block = chain.block(entry.hash());
    Undo undo = entry.height() == 0 ? new Undo(List.of()) : chain.undo(entry.hash());
    if (block == null || undo == null) {
      throw new CoreException(CoreException.MISC, "Undo data not available: not on the chain");
    }
    ObjectNode all =
        new BlockStatistics(block, undo, entry.height() == 0)
            .json(chain.consensus().subsidy(entry.height()));
    all.put("blockhash", Reversed.text(entry.hash()));
    all.put("height", entry.height());
    all.put("mediantime", entry.medianTimePast());
    all.put("time", entry.header().time());
    if (!arguments.has(1)) {
      return all;
    }
    ObjectNode some = CoreJson.object();
    for (JsonNode each : arguments.json(1)) {
      String name = each.asString("");
      if (!all.has(name)) {
        throw CoreException.parameter("Invalid selected statistic '" + name + "'");
      }
      some.set(name, all.get(name));
    }
    return some;
  }

  private JsonNode chainStatistics(Arguments arguments) throws CoreException {
    BlockEntry last = chain.tip();
    if (arguments.has(1)) {
      last = entry(arguments.json(1));
      if (!chain.isOnChain(last)) {
        throw CoreException.parameter("Block is not in main chain");
      }
    }
    int month = MONTH_SECONDS / spacingSeconds(chain.consensus().coin());
    int blocks = Math.max(0, Math.min(month, last.height() - 1));
    if (arguments.has(0)) {
      blocks = arguments.integer(0);
      if (blocks < 0 || blocks > 0 && blocks >= last.height()) {
        throw CoreException.parameter(
            "Invalid block count: should be between 0 and the block's height - 1");
      }
    }
    BlockEntry first = last.ancestor(last.height() - blocks);
    long whole = 0;
    long window = 0;
    for (BlockEntry at = last; at != null; at = at.parent()) {
      whole += at.transactionCount();
      window += at.height() > first.height() ? at.transactionCount() : 0;
    }
    long seconds = last.medianTimePast() - first.medianTimePast();
    ObjectNode result = CoreJson.object();
    result.put("time", last.header().time());
    result.put("txcount", whole);
    result.put("window_final_block_hash", Reversed.text(last.hash()));
    result.put("window_final_block_height", last.height());
    result.put("window_block_count", blocks);
    if (blocks > 0) {
      result.put("window_interval", seconds);
      result.put("window_tx_count", window);
      if (seconds > 0) {
        result.set("txrate", CoreJson.number((double) window / seconds));
      }
    }
    return result;
  }

  /** Between two blocks, as the networks want it; blocks of a regtest come when they like. */
  private static int spacingSeconds(Consensus.Coin coin) {
    return switch (coin) {
      case BTC, BCH, SIX -> 600;
      case LTC -> 150;
    };
  }

  private JsonNode filter(Arguments arguments) throws CoreException {
    if (!arguments.text(1, "basic").equals("basic")) {
      throw new CoreException(CoreException.INVALID_ADDRESS_OR_KEY, "Unknown filtertype");
    }
    BlockEntry entry = entry(arguments.json(0));
    BlockFilter filter = chain.isOnChain(entry) ? filter(entry) : null;
    Hash header = filter == null ? null : header(entry);
    if (filter == null || header == null) {
      throw new CoreException(
          CoreException.MISC, "Filter not found. Block was not connected to active chain.");
    }
    return CoreJson.object()
        .put("filter", CoreJson.hex(filter.encoded()))
        .put("header", Reversed.text(header));
  }

  private @Nullable BlockFilter filter(BlockEntry entry) {
    Block block = chain.block(entry.hash());
    Undo undo = entry.height() == 0 ? new Undo(List.of()) : chain.undo(entry.hash());
    if (block == null || undo == null) {
      return null;
    }
    List<byte[]> spent = new ArrayList<>();
    for (Collection<UnspentOutput> each : undo.spent()) {
      each.forEach(unspent -> spent.add(unspent.output().script()));
    }
    return BlockFilter.of(block, spent);
  }

  /** From the last one known on, upwards. */
  private @Nullable Hash header(BlockEntry entry) {
    synchronized (filterHeaders) {
      List<BlockEntry> missing = new ArrayList<>();
      BlockEntry at = entry;
      while (at != null && !filterHeaders.containsKey(at.hash())) {
        missing.add(at);
        at = at.parent();
      }
      Hash header = at == null ? Hash.ZERO : filterHeaders.getOrDefault(at.hash(), Hash.ZERO);
      for (BlockEntry next : missing.reversed()) {
        BlockFilter filter = filter(next);
        if (filter == null) {
          return null;
        }
        header = filter.header(header);
        filterHeaders.put(next.hash(), header);
      }
      return header;
    }
  }
}
