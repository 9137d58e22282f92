package org.fondaco.chain.utxo.rpc;

import static org.fondaco.chain.utxo.rpc.CoreJson.coins;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.fondaco.chain.utxo.mempool.Mempool;
import org.fondaco.chain.utxo.mempool.MempoolEntry;
import org.fondaco.chain.utxo.wire.Reversed;
import org.fondaco.chain.word.Hash;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What waits for a block. */
final class MempoolMethods {
  private static final String CATEGORY = "Blockchain";

  private final Mempool pool;

  MempoolMethods(Mempool pool) {
    this.pool = pool;
  }

  void addTo(CoreMethods methods) {
    methods.add(
        CATEGORY,
        "getmempoolinfo",
        "",
        "Returns details on the active state of the TX memory pool.",
        _ -> info());
    methods.add(
        CATEGORY,
        "getrawmempool",
        "( verbose mempool_sequence )",
        "Returns all transaction ids in memory pool, with their entries if verbose is true.",
        arguments -> all(arguments.flag(0, false), arguments.flag(1, false)));
    methods.add(
        CATEGORY,
        "getmempoolentry",
        "\"txid\"",
        "Returns mempool data for given transaction.",
        arguments -> json(entry(arguments.hash(0, "txid"))));
    methods.add(
        CATEGORY,
        "getmempoolancestors",
        "\"txid\" ( verbose )",
        "If txid is in the mempool, returns all in-mempool ancestors.",
        arguments ->
            list(pool.ancestors(entry(arguments.hash(0, "txid"))), arguments.flag(1, false)));
    methods.add(
        CATEGORY,
        "getmempooldescendants",
        "\"txid\" ( verbose )",
        "If txid is in the mempool, returns all in-mempool descendants.",
        arguments ->
            list(pool.descendants(entry(arguments.hash(0, "txid"))), arguments.flag(1, false)));
  }

  private MempoolEntry entry(Hash txid) throws CoreException {
    MempoolEntry entry = pool.find(txid);
    if (entry == null) {
      throw new CoreException(CoreException.INVALID_ADDRESS_OR_KEY, "Transaction not in mempool");
    }
    return entry;
  }

  private JsonNode info() {
    Mempool.Statistics statistics = pool.statistics();
    ObjectNode info = CoreJson.object();
    info.put("loaded", true);
    info.put("size", statistics.count());
    info.put("bytes", statistics.bytes());
    info.put("usage", statistics.bytes());
    info.put("total_fee", coins(statistics.fees()));
    info.put("maxmempool", statistics.policy().bytesMax());
    info.put("mempoolminfee", coins(statistics.minimumRate().perKilobyte()));
    info.put("minrelaytxfee", coins(statistics.policy().minimumRate().perKilobyte()));
    info.put("incrementalrelayfee", coins(statistics.policy().replacementRate().perKilobyte()));
    info.put("unbroadcastcount", 0);
    return info.put("fullrbf", statistics.policy().replaceAll());
  }

  private JsonNode all(boolean verbose, boolean sequence) throws CoreException {
    if (verbose && sequence) {
      throw CoreException.parameter("Verbose results cannot contain mempool sequence values.");
    }
    if (!sequence) {
      return list(pool.all(), verbose);
    }
    long number = pool.sequence();
    ObjectNode result = CoreJson.object();
    result.set("txids", list(pool.all(), false));
    return result.put("mempool_sequence", number);
  }

  private JsonNode list(Collection<MempoolEntry> entries, boolean verbose) {
    if (verbose) {
      ObjectNode all = CoreJson.object();
      entries.forEach(entry -> all.set(Reversed.text(entry.txid()), json(entry)));
      return all;
    }
    return ids(entries);
  }

  private static ArrayNode ids(Collection<MempoolEntry> entries) {
    ArrayNode ids = CoreJson.array();
    entries.forEach(entry -> ids.add(Reversed.text(entry.txid())));
    return ids;
  }

  private ObjectNode json(MempoolEntry entry) {
    Set<MempoolEntry> ancestors = with(entry, pool.ancestors(entry));
    Set<MempoolEntry> descendants = with(entry, pool.descendants(entry));
    ObjectNode json = CoreJson.object();
    json.put("vsize", entry.virtualSize());
    json.put("weight", entry.transaction().weight());
    json.put("time", entry.timeSeconds());
    json.put("height", entry.height());
    json.put("descendantcount", descendants.size());
    json.put("descendantsize", sizes(descendants));
    json.put("ancestorcount", ancestors.size());
    json.put("ancestorsize", sizes(ancestors));
    json.put("wtxid", Reversed.text(entry.transaction().wtxid()));
    json.putObject("fees")
        .put("base", coins(entry.fee()))
        .put("modified", coins(entry.fee()))
        .put("ancestor", coins(fees(ancestors)))
        .put("descendant", coins(fees(descendants)));
    json.set("depends", ids(pool.parents(entry)));
    json.set("spentby", ids(pool.children(entry)));
    json.put("bip125-replaceable", entry.signalsReplacement());
    return json.put("unbroadcast", false);
  }

  private static Set<MempoolEntry> with(MempoolEntry entry, Set<MempoolEntry> others) {
    Set<MempoolEntry> all = new LinkedHashSet<>(others);
    all.add(entry);
    return all;
  }

  private static long sizes(Set<MempoolEntry> entries) {
    return entries.stream().mapToLong(MempoolEntry::virtualSize).sum();
  }

  private static long fees(Set<MempoolEntry> entries) {
    return entries.stream().mapToLong(MempoolEntry::fee).sum();
  }
}
