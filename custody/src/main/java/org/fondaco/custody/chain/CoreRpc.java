package org.fondaco.custody.chain;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A node of a UTXO chain over HTTP. Reads the shapes that Bitcoin Core 0.16 to 30, litecoind 0.21,
 * Bitcoin Cash Node and our own node have in common.
 */
public final class CoreRpc implements CoreNode {
  private static final int ATOM_DECIMALS = 8;
  private static final String NO_PARENT = "0".repeat(64);
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  // src/rpc/protocol.h
  private static final int INVALID_ADDRESS_OR_KEY = -5;
  private static final int INVALID_PARAMETER = -8;
  private static final int VERIFY_ALREADY_IN_CHAIN = -27;

  /** DEFAULT_MIN_RELAY_TX_FEE before Core 29; what is paid where a node cannot estimate. */
  private static final BigInteger RELAY_FEE_RATE = BigInteger.valueOf(1_000);

  private final JsonRpc rpc;

  public CoreRpc(NodeAddress address) {
    this(new HttpJsonRpc(address));
  }

  CoreRpc(JsonRpc rpc) {
    this.rpc = rpc;
  }

  @Override
  public Optional<String> blockHash(long height) {
    return found(INVALID_PARAMETER, "getblockhash", height).map(CoreRpc::hash);
  }

  @Override
  public long tip() {
    return number(rpc.call("getblockcount"));
  }

  @Override
  public boolean isSyncing() {
    JsonNode info = rpc.call("getblockchaininfo");
    return number(required(info, "blocks")) < number(required(info, "headers"));
  }

  @Override
  public String bestHash() {
    return hash(rpc.call("getbestblockhash"));
  }

  @Override
  public Optional<CoreBlock> block(String hash) {
    return found(INVALID_ADDRESS_OR_KEY, "getblock", hash, 2).map(CoreRpc::readBlock);
  }

  private Optional<JsonNode> found(int absent, String method, Object... params) {
    try {
      return Optional.of(rpc.call(method, params));
    } catch (RpcError e) {
      if (e.code() == absent) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static CoreBlock readBlock(JsonNode block) {
    List<CoreBlock.Transaction> transactions = new ArrayList<>();
    for (JsonNode transaction : required(block, "tx")) {
      transactions.add(readTransaction(transaction));
    }
    return new CoreBlock(
        number(required(block, "height")),
        hash(required(block, "hash")),
        block.has("previousblockhash") ? hash(block.path("previousblockhash")) : NO_PARENT,
        number(required(block, "time")),
        transactions);
  }

  private static CoreBlock.Transaction readTransaction(JsonNode transaction) {
    boolean coinbase = false;
    List<CoreBlock.OutPoint> inputs = new ArrayList<>();
    for (JsonNode input : required(transaction, "vin")) {
      if (input.has("coinbase")) {
        coinbase = true;
      } else if (input.has("txid")) {
        inputs.add(new CoreBlock.OutPoint(hash(input.path("txid")), vout(required(input, "vout"))));
      }
      // What is left is an input from Litecoin's extension block, which spends nothing outside it.
    }
    List<CoreBlock.Output> outputs = new ArrayList<>();
    for (JsonNode output : required(transaction, "vout")) {
      outputs.add(
          new CoreBlock.Output(
              vout(required(output, "n")),
              text(required(required(output, "scriptPubKey"), "hex")),
              atoms(required(output, "value")),
              token(output.path("tokenData"))));
    }
    return new CoreBlock.Transaction(
        hash(required(transaction, "txid")), coinbase, List.copyOf(inputs), List.copyOf(outputs));
  }

  private static @Nullable String token(JsonNode data) {
    return data.isObject() ? data.path("category").asString("unknown") : null;
  }

  @Override
  public Optional<Unspent> unspent(CoreBlock.OutPoint output, boolean withMempool) {
    JsonNode found = rpc.call("gettxout", output.txid(), output.vout(), withMempool);
    if (found.isNull()) {
      return Optional.empty();
    }
    return Optional.of(
        new Unspent(
            text(required(found, "bestblock")),
            number(required(found, "confirmations")),
            atoms(required(found, "value")),
            text(required(required(found, "scriptPubKey"), "hex"))));
  }

  @Override
  public Sent send(String rawHex) {
    try {
      var _ = rpc.call("sendrawtransaction", rawHex);
      return new Sent(true, 0, "");
    } catch (RpcError e) {
      boolean known = e.code() == VERIFY_ALREADY_IN_CHAIN;
      return new Sent(known, e.code(), String.valueOf(e.getMessage()));
    }
  }

  @Override
  public boolean inMempool(String txid) {
    return found(INVALID_ADDRESS_OR_KEY, "getmempoolentry", txid).isPresent();
  }

  @Override
  public BigInteger feeRate(int blocks) {
    BigInteger least = minimumFeeRate().max(RELAY_FEE_RATE);
    try {
      JsonNode estimate = rpc.call("estimatesmartfee", blocks);
      return estimate.path("feerate").isNumber()
          ? atoms(estimate.path("feerate")).max(least)
          : least;
    } catch (RpcError e) {
      // Bitcoin Cash Node has no such method, litecoind fails on regtest: both relay at the least.
      return least;
    }
  }

  @Override
  public BigInteger minimumFeeRate() {
    JsonNode info = rpc.call("getmempoolinfo");
    BigInteger least = atoms(required(info, "mempoolminfee"));
    return info.path("minrelaytxfee").isNumber()
        ? least.max(atoms(info.path("minrelaytxfee")))
        : least;
  }

  private static JsonNode required(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (value.isMissingNode()) {
      throw new NodeUnavailable("the node's answer has no " + field);
    }
    return value;
  }

  private static String text(JsonNode node) {
    if (!node.isString()) {
      throw new NodeUnavailable("the node's answer has no text where one belongs");
    }
    return node.stringValue();
  }

  private static String hash(JsonNode node) {
    String text = text(node);
    if (!HASH.matcher(text).matches()) {
      throw new NodeUnavailable("the node's answer has no hash where one belongs");
    }
    return text;
  }

  private static int vout(JsonNode node) {
    long number = number(node);
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new NodeUnavailable("the node's answer has no index where one belongs");
    }
    return (int) number;
  }

  private static long number(JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new NodeUnavailable("the node's answer has no whole number where one belongs");
    }
    return node.longValue();
  }

  private static BigInteger atoms(JsonNode node) {
    if (!node.isNumber()) {
      throw new NodeUnavailable("the node's answer has no amount where one belongs");
    }
    BigDecimal value = node.decimalValue();
    try {
      return value.movePointRight(ATOM_DECIMALS).toBigIntegerExact();
    } catch (ArithmeticException e) {
      throw new NodeUnavailable("the node's answer has an amount of less than an atom", e);
    }
  }
}
