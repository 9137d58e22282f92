package org.fondaco.chain.utxo.rpc;

import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.block.BlockHeader;
import org.fondaco.chain.utxo.block.WitnessCommitment;
import org.fondaco.chain.utxo.chain.BlockEntry;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.mempool.Mempool;
import org.fondaco.chain.utxo.mempool.MempoolEntry;
import org.fondaco.chain.utxo.mining.BlockTemplate;
import org.fondaco.chain.utxo.mining.UtxoMiner;
import org.fondaco.chain.utxo.pow.CompactTarget;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.wire.Reversed;
import org.fondaco.chain.utxo.wire.WireException;
import org.fondaco.chain.utxo.wire.WireReader;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Blocks made here and by others. */
final class MiningMethods {
  private static final String CATEGORY = "Mining";
  private static final int RATE_BLOCKS = 120;

  private final UtxoChain chain;
  private final Mempool pool;
  private final UtxoMiner miner;
  private final AddressFormat addresses;
  private final InstantSource clock;

  MiningMethods(
      UtxoChain chain,
      Mempool pool,
      UtxoMiner miner,
      AddressFormat addresses,
      InstantSource clock) {
    this.chain = chain;
    this.pool = pool;
    this.miner = miner;
    this.addresses = addresses;
    this.clock = clock;
  }

  void addTo(CoreMethods methods) {
    methods.add(
        CATEGORY,
        "getmininginfo",
        "",
        "Returns a json object containing mining-related information.",
        _ -> info());
    methods.add(
        CATEGORY,
        "getnetworkhashps",
        "( nblocks height )",
        "Returns the estimated network hashes per second based on the last n blocks.",
        arguments ->
            CoreJson.number(rate(arguments.integer(0, RATE_BLOCKS), arguments.integer(1, -1))));
    methods.add(
        CATEGORY,
        "getblocktemplate",
        "( template_request )",
        "Returns data needed to construct a block to work on (BIP-22, BIP-23); the rules of the"
            + " request must have segwit where the chain has it.",
        this::template);
    methods.add(
        CATEGORY,
        "submitblock",
        "\"hexdata\" ( dummy )",
        "Attempts to submit new block to network: null if it was taken, else a word for why not.",
        arguments -> submit(arguments.text(0)));
    methods.add(
        CATEGORY,
        "submitheader",
        "\"hexdata\"",
        "Decode the given hexdata as a header and submit it as a candidate chain tip if valid.",
        arguments -> submitHeader(arguments.text(0)));
    methods.add(
        "Generating",
        "generatetoaddress",
        "nblocks \"address\" ( maxtries )",
        "Mine to a specified address and return the block hashes.",
        arguments ->
            generate(
                arguments.integer(0), TransactionMethods.script(addresses, arguments.text(1))));
  }

  private JsonNode info() {
    BlockEntry tip = chain.tip();
    int bits = (int) tip.header().bits();
    ObjectNode info = CoreJson.object();
    info.put("blocks", tip.height());
    info.put("bits", CoreJson.bits(bits));
    info.set("difficulty", CoreJson.number(CompactTarget.difficulty(bits)));
    info.put("target", CoreJson.number256(CompactTarget.decode(bits)));
    info.set("networkhashps", CoreJson.number(rate(RATE_BLOCKS, -1)));
    info.put("pooledtx", pool.statistics().count());
    info.put("chain", chain.consensus().name());
    info.putArray("warnings");
    return info;
  }

  /** Work over time; not money, so a rounded number will do. */
  private double rate(int blocks, int height) {
    return chain.still(() -> {
      BlockEntry asked = height < 0 ? null : chain.at(height);
      BlockEntry last = asked == null ? chain.tip() : asked;
      int back = Math.min(blocks <= 0 ? RATE_BLOCKS : blocks, last.height());
      BlockEntry first = last.ancestor(last.height() - back);
      long earliest = Long.MAX_VALUE;
      long latest = 0;
      for (int at = first.height(); at <= last.height(); at++) {
        earliest = Math.min(earliest, last.timeSeconds(at));
        latest = Math.max(latest, last.timeSeconds(at));
      }
      return latest <= earliest
          ? 0
          : last.chainWork().subtract(first.chainWork()).doubleValue() / (latest - earliest);
    });
  }

  private @Nullable JsonNode template(Arguments arguments) throws CoreException {
    JsonNode request = arguments.optional(0);
    String mode = request == null ? "template" : request.path("mode").asString("template");
    if (mode.equals("proposal") && request != null) {
      return proposal(request.path("data").asString(""));
    }
    if (!mode.equals("template")) {
      throw CoreException.parameter("Invalid mode");
    }
    boolean segwit = false;
    if (request != null) {
      for (JsonNode rule : request.path("rules")) {
        segwit |= rule.asString().equals("segwit");
      }
    }
    if (chain.consensus().hasWitness() && !segwit) {
      throw CoreException.parameter(
          "getblocktemplate must be called with the segwit rule set (call with {\"rules\":"
              + " [\"segwit\"]})");
    }
    return json(BlockTemplate.create(chain, pool, clock));
  }

  private @Nullable JsonNode proposal(String hex) throws CoreException {
    Block block = block(hex);
    if (chain.entry(block.hash()) != null) {
      return StringNode.valueOf("duplicate");
    }
    String reason = chain.test(block);
    return reason == null ? null : StringNode.valueOf(reason);
  }

  private ObjectNode json(BlockTemplate template) {
    Consensus.Limits limits = chain.consensus().limits();
    ObjectNode json = CoreJson.object();
    json.putArray("capabilities").add("proposal");
    json.put("version", template.version());
    ArrayNode rules = json.putArray("rules").add("csv");
    if (chain.consensus().hasWitness()) {
      rules.add("!segwit").add("taproot");
    }
    json.putObject("vbavailable");
    json.put("vbrequired", 0);
    json.put("previousblockhash", Reversed.text(template.parent().hash()));
    json.set("transactions", transactions(template.entries()));
    json.putObject("coinbaseaux");
    json.put("coinbasevalue", template.coinbaseValue());
    json.put("longpollid", Reversed.text(template.parent().hash()) + pool.sequence());
    json.put("target", CoreJson.number256(CompactTarget.decode(template.bits())));
    json.put("mintime", template.minimumTimeSeconds());
    json.putArray("mutable").add("time").add("transactions").add("prevblock");
    json.put("noncerange", "00000000ffffffff");
    json.put("sigoplimit", limits.operationsMax());
    json.put("sizelimit", limits.weightMax());
    json.put("weightlimit", limits.weightMax());
    json.put("curtime", template.timeSeconds());
    json.put("bits", CoreJson.bits(template.bits()));
    json.put("height", template.height());
    Hash commitment = template.witnessCommitment();
    if (commitment != null) {
      json.put("default_witness_commitment", CoreJson.hex(WitnessCommitment.script(commitment)));
    }
    return json;
  }

  private static ArrayNode transactions(List<MempoolEntry> entries) {
    Map<Hash, Integer> places = new LinkedHashMap<>();
    ArrayNode all = CoreJson.array();
    for (MempoolEntry entry : entries) {
      places.put(entry.txid(), places.size() + 1);
      ObjectNode json = all.addObject();
      json.put("data", CoreJson.hex(entry.transaction().encode()));
      json.put("txid", Reversed.text(entry.txid()));
      json.put("hash", Reversed.text(entry.transaction().wtxid()));
      ArrayNode depends = json.putArray("depends");
      for (Input input : entry.transaction().inputs()) {
        Integer place = places.get(input.outPoint().txid());
        if (place != null) {
          depends.add(place);
        }
      }
      json.put("fee", entry.fee());
      json.put("sigops", entry.operationsCost());
      json.put("weight", entry.transaction().weight());
    }
    return all;
  }

  private Block block(String hex) throws CoreException {
    try {
      return Block.decode(HexFormat.of().parseHex(hex), chain.consensus().hasWitness());
    } catch (WireException e) {
      String why = String.valueOf(e.getMessage());
      throw new CoreException(
          CoreException.DESERIALIZATION, why.contains("MWEB") ? why : "Block decode failed");
    } catch (IllegalArgumentException e) {
      throw new CoreException(CoreException.DESERIALIZATION, "Block decode failed");
    }
  }

  private @Nullable JsonNode submit(String hex) throws CoreException {
    return switch (chain.accept(block(hex))) {
      case UtxoChain.Acceptance.Connected _ -> null;
      case UtxoChain.Acceptance.Beside _ -> StringNode.valueOf("inconclusive");
      case UtxoChain.Acceptance.Duplicate _ -> StringNode.valueOf("duplicate");
      case UtxoChain.Acceptance.Orphan _ -> StringNode.valueOf("prev-blk-not-found");
      case UtxoChain.Acceptance.Invalid invalid -> StringNode.valueOf(invalid.reason());
    };
  }

  private @Nullable JsonNode submitHeader(String hex) throws CoreException {
    UtxoChain.Acceptance acceptance = chain.accept(header(hex));
    return switch (acceptance) {
      case UtxoChain.Acceptance.Invalid invalid ->
          throw new CoreException(CoreException.VERIFY, invalid.reason());
      case UtxoChain.Acceptance.Orphan _ ->
          throw new CoreException(CoreException.VERIFY, "Must submit previous header first");
      case UtxoChain.Acceptance.Connected _,
          UtxoChain.Acceptance.Beside _,
          UtxoChain.Acceptance.Duplicate _ ->
          null;
    };
  }

  private static BlockHeader header(String hex) throws CoreException {
    byte[] bytes = Arguments.bytes(hex, "hexdata");
    if (bytes.length != BlockHeader.BYTES) {
      throw new CoreException(CoreException.DESERIALIZATION, "Block header decode failed");
    }
    return BlockHeader.read(new WireReader(bytes));
  }

  private JsonNode generate(int count, byte[] script) throws CoreException {
    ArrayNode hashes = CoreJson.array();
    try {
      for (int i = 0; i < count; i++) {
        Block block = miner.mine(script, () -> false);
        if (block != null) {
          hashes.add(Reversed.text(block.hash()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CoreException(CoreException.MISC, "the node stops");
    }
    return hashes;
  }
}
