package org.fondaco.chain.utxo.rpc;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.fondaco.chain.utxo.address.AddressException;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.chain.BlockEntry;
import org.fondaco.chain.utxo.chain.Undo;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.consensus.UnspentOutput;
import org.fondaco.chain.utxo.mempool.FeeRate;
import org.fondaco.chain.utxo.mempool.Mempool;
import org.fondaco.chain.utxo.mempool.MempoolEntry;
import org.fondaco.chain.utxo.script.Scripts;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.Reversed;
import org.fondaco.chain.utxo.wire.WireException;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.fondaco.chain.word.Hash;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Raw transactions: made, read, found, tried and sent. */
final class TransactionMethods {
  static final String CATEGORY = "Rawtransactions";

  /** Core's default: a tenth of a coin for a thousand virtual bytes. */
  private static final long MAX_FEE_RATE = 10_000_000;

  private static final int TESTED_MAX = 25;

  private final UtxoChain chain;
  private final Mempool pool;
  private final CoreJson json;
  private final AddressFormat addresses;

  TransactionMethods(UtxoChain chain, Mempool pool, CoreJson json, AddressFormat addresses) {
    this.chain = chain;
    this.pool = pool;
    this.json = json;
    this.addresses = addresses;
  }

  void addTo(CoreMethods methods) {
    methods.add(
        CATEGORY,
        "getrawtransaction",
        "\"txid\" ( verbosity \"blockhash\" )",
        "Returns a transaction: its bytes for verbosity 0, an object for 1, with fee and what it"
            + " spends for 2. The transaction index is always on.",
        this::find);
    methods.add(
        CATEGORY,
        "decoderawtransaction",
        "\"hexstring\" ( iswitness )",
        "Return a JSON object representing the serialized, hex-encoded transaction.",
        this::decode);
    methods.add(
        CATEGORY,
        "sendrawtransaction",
        "\"hexstring\" ( maxfeerate )",
        "Submit a raw transaction (serialized, hex-encoded) to the pool. Refused if its fee rate is"
            + " above maxfeerate, in coins for 1,000 virtual bytes; 0 accepts any.",
        this::send);
    methods.add(
        CATEGORY,
        "testmempoolaccept",
        "[\"rawtx\"] ( maxfeerate )",
        "Tells of each raw transaction whether the pool would take it.",
        this::test);
    methods.add(
        CATEGORY,
        "createrawtransaction",
        "[\"inputs\"] [\"outputs\"] ( locktime replaceable )",
        "Create a transaction spending the given inputs and creating new outputs. inputs: txid,"
            + " vout, sequence; outputs: address and amount, or data in hexadecimal.",
        this::create);
  }

  private JsonNode find(Arguments arguments) throws CoreException {
    Hash txid = arguments.hash(0, "parameter 1");
    int verbosity = arguments.verbosity(1, 0);
    MempoolEntry waiting = arguments.has(2) ? null : pool.find(txid);
    if (waiting != null) {
      return verbosity == 0
          ? StringNode.valueOf(CoreJson.hex(waiting.transaction().encode()))
          : json.transaction(waiting.transaction(), null, false);
    }
    Hash blockHash = null;
    if (arguments.has(2)) {
      blockHash = arguments.hash(2, "parameter 3");
      if (chain.entry(blockHash) == null) {
        throw new CoreException(CoreException.INVALID_ADDRESS_OR_KEY, "Block hash not found");
      }
    } else {
      UtxoChain.Place place = chain.place(txid);
      blockHash = place == null ? null : place.block();
    }
    Block block = blockHash == null ? null : chain.block(blockHash);
    int position = block == null ? -1 : position(block, txid);
    if (block == null || blockHash == null || position < 0) {
      throw new CoreException(
          CoreException.INVALID_ADDRESS_OR_KEY,
          arguments.has(2)
              ? "No such transaction found in the provided block. Use gettransaction for wallet"
                  + " transactions."
              : "No such mempool or blockchain transaction. Use gettransaction for wallet"
                  + " transactions.");
    }
    Transaction transaction = block.transactions().get(position);
    return verbosity == 0
        ? StringNode.valueOf(CoreJson.hex(transaction.encode()))
        : inBlock(transaction, blockHash, position, verbosity, arguments.has(2));
  }

  private static int position(Block block, Hash txid) {
    for (int i = 0; i < block.transactions().size(); i++) {
      if (block.transactions().get(i).txid().equals(txid)) {
        return i;
      }
    }
    return -1;
  }

  private JsonNode inBlock(
      Transaction transaction, Hash blockHash, int position, int verbosity, boolean asked) {
    Undo undo = verbosity > 1 && position > 0 ? chain.undo(blockHash) : null;
    List<UnspentOutput> spent = undo == null ? null : undo.spent().get(position - 1);
    ObjectNode result = json.transaction(transaction, spent, true);
    BlockEntry entry = chain.entry(blockHash);
    if (entry != null) {
      boolean onChain = chain.isOnChain(entry);
      if (asked) {
        result.put("in_active_chain", onChain);
      }
      result.put("blockhash", Reversed.text(blockHash));
      result.put("confirmations", onChain ? chain.tip().height() - entry.height() + 1 : 0);
      result.put("time", entry.header().time());
      result.put("blocktime", entry.header().time());
    }
    return result;
  }

  private Transaction transaction(String hex) throws CoreException {
    return decode(hex, chain.consensus().hasWitness());
  }

  /**
   * Reads a transaction; one that makes no sense with witnesses is read without, since one without
   * inputs looks like one with.
   */
  static Transaction decode(String hex, boolean witness) throws CoreException {
    String wrong = "TX decode failed. Make sure the tx has at least one input.";
    byte[] bytes;
    try {
      bytes = HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException e) {
      throw new CoreException(CoreException.DESERIALIZATION, wrong);
    }
    try {
      return Transaction.decode(bytes, witness);
    } catch (WireException e) {
      String why = String.valueOf(e.getMessage());
      if (why.contains("MWEB")) {
        throw new CoreException(CoreException.DESERIALIZATION, why);
      }
    }
    try {
      return Transaction.decode(bytes, false);
    } catch (WireException e) {
      throw new CoreException(CoreException.DESERIALIZATION, wrong);
    }
  }

  private JsonNode decode(Arguments arguments) throws CoreException {
    boolean witness = arguments.flag(1, chain.consensus().hasWitness());
    return json.transaction(decode(arguments.text(0), witness), null, false);
  }

  private JsonNode send(Arguments arguments) throws CoreException {
    Transaction transaction = transaction(arguments.text(0));
    long maxRate = arguments.has(1) ? arguments.amount(1) : MAX_FEE_RATE;
    for (int i = 0; i < transaction.outputs().size(); i++) {
      if (chain.find(new OutPoint(transaction.txid(), i)) != null) {
        throw new CoreException(
            CoreException.VERIFY_ALREADY_IN_CHAIN, "Transaction outputs already in utxo set");
      }
    }
    if (pool.find(transaction.txid()) == null) {
      if (pool.test(transaction) instanceof Mempool.Verdict.Accepted accepted) {
        refuseHighFee(accepted.entry(), maxRate);
      }
      if (pool.accept(transaction) instanceof Mempool.Verdict.Refused refused) {
        throw new CoreException(
            refused.inputsMissing() ? CoreException.VERIFY : CoreException.VERIFY_REJECTED,
            refused.reason());
      }
    }
    return StringNode.valueOf(Reversed.text(transaction.txid()));
  }

  private static void refuseHighFee(MempoolEntry entry, long maxRate) throws CoreException {
    if (isAbove(entry, maxRate)) {
      throw new CoreException(
          CoreException.VERIFY,
          "Fee exceeds maximum configured by user (e.g. -maxtxfee, maxfeerate)");
    }
  }

  private static boolean isAbove(MempoolEntry entry, long maxRate) {
    return maxRate > 0 && entry.fee() > new FeeRate(maxRate).fee(entry.virtualSize());
  }

  private JsonNode test(Arguments arguments) throws CoreException {
    JsonNode all = arguments.json(0);
    if (!all.isArray() || all.isEmpty() || all.size() > TESTED_MAX) {
      throw CoreException.parameter(
          "Array must contain between 1 and " + TESTED_MAX + " transactions.");
    }
    long maxRate = arguments.has(1) ? arguments.amount(1) : MAX_FEE_RATE;
    ArrayNode results = CoreJson.array();
    for (JsonNode each : all) {
      results.add(verdict(transaction(each.asString()), maxRate));
    }
    return results;
  }

  private ObjectNode verdict(Transaction transaction, long maxRate) {
    ObjectNode result = CoreJson.object();
    result.put("txid", Reversed.text(transaction.txid()));
    result.put("wtxid", Reversed.text(transaction.wtxid()));
    switch (pool.test(transaction)) {
      case Mempool.Verdict.Accepted accepted -> {
        MempoolEntry entry = accepted.entry();
        result.put("allowed", !isAbove(entry, maxRate));
        if (isAbove(entry, maxRate)) {
          result.put("reject-reason", "max-fee-exceeded");
          return result;
        }
        result.put("vsize", entry.virtualSize());
        ObjectNode fees = result.putObject("fees").put("base", CoreJson.coins(entry.fee()));
        fees.put(
            "effective-feerate",
            CoreJson.coins(FeeRate.of(entry.fee(), entry.virtualSize()).perKilobyte()));
        fees.putArray("effective-includes").add(Reversed.text(transaction.wtxid()));
      }
      case Mempool.Verdict.Refused refused -> {
        result.put("allowed", false);
        result.put("reject-reason", refused.inputsMissing() ? "missing-inputs" : refused.reason());
        result.put("reject-details", refused.reason());
      }
    }
    return result;
  }

  private JsonNode create(Arguments arguments) throws CoreException {
    long lockTime = arguments.integer(2, 0);
    boolean replaceable = arguments.flag(3, true);
    List<Input> inputs = new ArrayList<>();
    for (JsonNode each : arguments.json(0)) {
      inputs.add(input(each, lockTime, replaceable));
    }
    List<Output> outputs = new ArrayList<>();
    JsonNode asked = arguments.json(1);
    if (asked.isObject()) {
      addOutputs(asked, outputs);
    } else {
      for (JsonNode each : asked) {
        addOutputs(each, outputs);
      }
    }
    return StringNode.valueOf(CoreJson.hex(new Transaction(2, inputs, outputs, lockTime).encode()));
  }

  private static Input input(JsonNode json, long lockTime, boolean replaceable)
      throws CoreException {
    JsonNode index = json.path("vout");
    if (!index.isInt()) {
      throw CoreException.parameter("Invalid parameter, missing vout key");
    }
    if (index.intValue() < 0) {
      throw CoreException.parameter("Invalid parameter, vout cannot be negative");
    }
    long sequence =
        replaceable ? 0xffff_fffdL : lockTime != 0 ? 0xffff_fffeL : Input.SEQUENCE_FINAL;
    sequence = json.has("sequence") ? json.path("sequence").asLong() : sequence;
    if (sequence < 0 || sequence > Input.SEQUENCE_FINAL) {
      throw CoreException.parameter("Invalid parameter, sequence number is out of range");
    }
    Hash txid = Arguments.hash(json.path("txid").asString(""), "txid");
    return new Input(new OutPoint(txid, index.intValue()), new byte[0], sequence);
  }

  private void addOutputs(JsonNode json, List<Output> outputs) throws CoreException {
    for (Map.Entry<String, JsonNode> each : json.properties()) {
      outputs.add(output(each.getKey(), each.getValue()));
    }
  }

  private Output output(String key, JsonNode value) throws CoreException {
    if (key.equals("data")) {
      byte[] data = Arguments.bytes(value.asString(""), "Data");
      return new Output(0, new WireWriter().uint8(0x6a).bytes(Scripts.push(data)).toBytes());
    }
    return new Output(Arguments.amount(value), script(addresses, key));
  }

  /** The script of an address, or Core's error. */
  static byte[] script(AddressFormat addresses, String address) throws CoreException {
    try {
      return addresses.script(address);
    } catch (AddressException e) {
      throw new CoreException(
          CoreException.INVALID_ADDRESS_OR_KEY, "Invalid Bitcoin address: " + address);
    }
  }
}
