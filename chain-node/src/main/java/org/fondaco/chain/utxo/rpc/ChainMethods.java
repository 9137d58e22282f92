package org.fondaco.chain.utxo.rpc;

import static org.fondaco.chain.utxo.rpc.CoreJson.coins;

import java.util.List;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.chain.BlockEntry;
import org.fondaco.chain.utxo.chain.Undo;
import org.fondaco.chain.utxo.chain.UnspentStatistics;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.consensus.UnspentOutput;
import org.fondaco.chain.utxo.mempool.Mempool;
import org.fondaco.chain.utxo.mempool.MempoolEntry;
import org.fondaco.chain.utxo.pow.CompactTarget;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.Reversed;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Blocks and what is unspent. */
final class ChainMethods {
  private static final String CATEGORY = "Blockchain";

  private final UtxoChain chain;
  private final Mempool pool;
  private final CoreJson json;

  ChainMethods(UtxoChain chain, Mempool pool, CoreJson json) {
    this.chain = chain;
    this.pool = pool;
    this.json = json;
  }

  void addTo(CoreMethods methods) {
    addBlocks(methods);
    addState(methods);
  }

  private void addBlocks(CoreMethods methods) {
    methods.add(
        CATEGORY,
        "getblockchaininfo",
        "",
        "Returns an object containing various state info regarding blockchain processing.",
        _ -> info());
    methods.add(
        CATEGORY,
        "getbestblockhash",
        "",
        "Returns the hash of the best (tip) block in the most-work fully-validated chain.",
        _ -> StringNode.valueOf(Reversed.text(chain.tip().hash())));
    methods.add(
        CATEGORY,
        "getblockcount",
        "",
        "Returns the height of the most-work fully-validated chain.",
        _ -> IntNode.valueOf(chain.tip().height()));
    methods.add(
        CATEGORY,
        "getblockhash",
        "height",
        "Returns hash of block in best-block-chain at height provided.",
        arguments -> blockHash(arguments.integer(0)));
    methods.add(
        CATEGORY,
        "getblockheader",
        "\"blockhash\" ( verbose )",
        "Returns the header of a block: its bytes in hexadecimal if verbose is false.",
        arguments -> header(arguments.hash(0, "blockhash"), arguments.flag(1, true)));
    methods.add(
        CATEGORY,
        "getblock",
        "\"blockhash\" ( verbosity )",
        "Returns a block: its bytes for verbosity 0, with ids of transactions for 1, with"
            + " transactions for 2, and with what they spend for 3.",
        arguments -> block(arguments.hash(0, "blockhash"), arguments.verbosity(1, 1)));
  }

  private void addState(CoreMethods methods) {
    methods.add(
        CATEGORY,
        "getchaintips",
        "",
        "Return information about all known tips in the block tree, including the main chain as"
            + " well as orphaned branches.",
        _ -> tips());
    methods.add(
        CATEGORY,
        "getdifficulty",
        "",
        "Returns the proof-of-work difficulty as a multiple of the minimum difficulty.",
        _ -> CoreJson.number(CompactTarget.difficulty((int) chain.tip().header().bits())));
    methods.add(
        CATEGORY,
        "gettxout",
        "\"txid\" n ( include_mempool )",
        "Returns details about an unspent transaction output.",
        this::unspent);
    methods.add(
        CATEGORY,
        "gettxoutsetinfo",
        "( \"hash_type\" hash_or_height use_index )",
        "Returns statistics about the unspent transaction output set. hash_type is"
            + " hash_serialized_3, muhash or none.",
        this::unspentInfo);
    methods.add(
        CATEGORY,
        "invalidateblock",
        "\"blockhash\"",
        "Permanently marks a block as invalid, as if it violated a consensus rule.",
        arguments -> invalidate(arguments.hash(0, "blockhash")));
    methods.add(
        CATEGORY,
        "reconsiderblock",
        "\"blockhash\"",
        "Removes invalidity status of a block, its ancestors and its descendants.",
        arguments -> reconsider(arguments.hash(0, "blockhash")));
    methods.add(
        CATEGORY,
        "getindexinfo",
        "( \"index_name\" )",
        "Returns the status of one or all available indices currently running in the node.",
        this::indexes);
  }

  private JsonNode info() {
    return chain.still(() -> {
      BlockEntry tip = chain.tip();
      int bits = (int) tip.header().bits();
      ObjectNode info = CoreJson.object();
      info.put("chain", chain.consensus().name());
      info.put("blocks", tip.height());
      info.put("headers", chain.bestHeader().height());
      info.put("bestblockhash", Reversed.text(tip.hash()));
      info.put("bits", CoreJson.bits(bits));
      info.put("target", CoreJson.number256(CompactTarget.decode(bits)));
      info.set("difficulty", CoreJson.number(CompactTarget.difficulty(bits)));
      info.put("time", tip.header().time());
      info.put("mediantime", tip.medianTimePast());
      info.put("verificationprogress", 1);
      info.put("initialblockdownload", false);
      info.put("chainwork", CoreJson.number256(tip.chainWork()));
      info.put("pruned", false);
      info.putArray("warnings");
      return info;
    });
  }

  private JsonNode blockHash(int height) throws CoreException {
    BlockEntry entry = chain.at(height);
    if (entry == null) {
      throw CoreException.parameter("Block height out of range");
    }
    return StringNode.valueOf(Reversed.text(entry.hash()));
  }

  private BlockEntry entry(Hash hash) throws CoreException {
    BlockEntry entry = chain.entry(hash);
    if (entry == null) {
      throw new CoreException(CoreException.INVALID_ADDRESS_OR_KEY, "Block not found");
    }
    return entry;
  }

  private int confirmations(BlockEntry entry) {
    return chain.isOnChain(entry) ? chain.tip().height() - entry.height() + 1 : -1;
  }

  private @Nullable BlockEntry next(BlockEntry entry) {
    return chain.isOnChain(entry) ? chain.at(entry.height() + 1) : null;
  }

  private JsonNode header(Hash hash, boolean verbose) throws CoreException {
    BlockEntry entry = entry(hash);
    return verbose
        ? chain.still(() -> json.header(entry, confirmations(entry), next(entry)))
        : StringNode.valueOf(CoreJson.hex(entry.header().encode()));
  }

  private JsonNode block(Hash hash, int verbosity) throws CoreException {
    BlockEntry entry = entry(hash);
    Block block = chain.block(hash);
    if (block == null) {
      throw new CoreException(CoreException.MISC, "Block not available (not fully downloaded)");
    }
    if (verbosity <= 0) {
      return StringNode.valueOf(CoreJson.hex(block.encode()));
    }
    return chain.still(() -> {
      ObjectNode all = json.header(entry, confirmations(entry), next(entry));
      all.put("strippedsize", block.strippedSize());
      all.put("size", block.size());
      all.put("weight", block.weight());
      ArrayNode transactions = all.putArray("tx");
      Undo undo = verbosity > 1 ? chain.undo(hash) : null;
      for (int i = 0; i < block.transactions().size(); i++) {
        Transaction transaction = block.transactions().get(i);
        if (verbosity == 1) {
          transactions.add(Reversed.text(transaction.txid()));
        } else {
          List<UnspentOutput> spent = i == 0 || undo == null ? null : undo.spent().get(i - 1);
          transactions.add(json.transaction(transaction, spent, verbosity > 2));
        }
      }
      return all;
    });
  }

  private JsonNode tips() {
    return chain.still(() -> {
      ArrayNode tips = CoreJson.array();
      for (BlockEntry tip : chain.tips()) {
        boolean active = tip == chain.tip();
        BlockEntry fork = tip;
        while (!chain.isOnChain(fork) && fork.parent() != null) {
          fork = fork.parent();
        }
        tips.addObject()
            .put("height", tip.height())
            .put("hash", Reversed.text(tip.hash()))
            .put("branchlen", tip.height() - fork.height())
            .put("status", active ? "active" : status(tip));
      }
      return tips;
    });
  }

  private static String status(BlockEntry tip) {
    if (tip.isFailed()) {
      return "invalid";
    }
    return tip.hasBlock() ? "valid-headers" : "headers-only";
  }

  private @Nullable JsonNode unspent(Arguments arguments) throws CoreException {
    OutPoint outPoint = new OutPoint(arguments.hash(0, "txid"), arguments.integer(1));
    boolean waiting = arguments.flag(2, true);
    MempoolEntry made = waiting ? pool.find(outPoint.txid()) : null;
    if (waiting && pool.spender(outPoint).isPresent()) {
      return null;
    }
    UnspentOutput found = chain.find(outPoint);
    if (made != null && outPoint.index() < made.transaction().outputs().size()) {
      found =
          new UnspentOutput(
              made.transaction().outputs().get((int) outPoint.index()), Integer.MAX_VALUE, false);
    }
    if (found == null) {
      return null;
    }
    BlockEntry tip = chain.tip();
    ObjectNode result = CoreJson.object();
    result.put("bestblock", Reversed.text(tip.hash()));
    result.put("confirmations", made != null ? 0 : tip.height() - found.height() + 1);
    result.put("value", coins(found.output().value()));
    result.set("scriptPubKey", json.script(found.output().script()));
    return result.put("coinbase", found.coinbase());
  }

  private JsonNode unspentInfo(Arguments arguments) throws CoreException {
    String type = arguments.text(0, "hash_serialized_3");
    if (!List.of("hash_serialized_3", "muhash", "none").contains(type)) {
      throw CoreException.parameter("'" + type + "' is not a valid hash_type");
    }
    if (arguments.has(1)) {
      throw CoreException.parameter(
          "Querying specific block heights requires coinstatsindex, which this node does not have");
    }
    UnspentStatistics statistics = chain.statistics(type.equals("muhash"));
    ObjectNode result = CoreJson.object();
    result.put("height", statistics.tip().height());
    result.put("bestblock", Reversed.text(statistics.tip().hash()));
    result.put("txouts", statistics.outputs());
    result.put("bogosize", statistics.bogoSize());
    if (!type.equals("none")) {
      result.put(type, Reversed.text(statistics.hash()));
    }
    result.put("total_amount", coins(statistics.total()));
    result.put("transactions", statistics.transactions());
    return result.put("disk_size", statistics.diskBytes());
  }

  private @Nullable JsonNode invalidate(Hash hash) throws CoreException {
    BlockEntry entry = entry(hash);
    if (entry.height() == 0) {
      throw CoreException.parameter("the genesis block cannot be invalidated");
    }
    chain.invalidate(entry);
    return null;
  }

  private @Nullable JsonNode reconsider(Hash hash) throws CoreException {
    chain.reconsider(entry(hash));
    return null;
  }

  private JsonNode indexes(Arguments arguments) throws CoreException {
    ObjectNode all = CoreJson.object();
    String name = arguments.text(0, "txindex");
    if (name.equals("txindex")) {
      all.putObject("txindex").put("synced", true).put("best_block_height", chain.tip().height());
    }
    return all;
  }
}
