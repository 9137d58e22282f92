package org.fondaco.custody.chain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A node of an account chain over HTTP: the methods of the execution-apis specification that geth,
 * Besu, anvil and our own node share.
 */
public final class EvmRpc implements EvmNode {
  private static final String BALANCE_OF = "0x70a08231";
  private static final int WORD_DIGITS = 64;
  private static final int ADDRESS_DIGITS = 40;
  private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]*");

  // EIP-1474
  private static final int METHOD_NOT_FOUND = -32601;

  private final JsonRpc rpc;
  private volatile boolean receiptsByBlock = true;

  public EvmRpc(NodeAddress address) {
    this(new HttpJsonRpc(address));
  }

  EvmRpc(JsonRpc rpc) {
    this.rpc = rpc;
  }

  @Override
  public long chainId() {
    return number(rpc.call("eth_chainId"));
  }

  @Override
  public long tip() {
    return number(rpc.call("eth_blockNumber"));
  }

  @Override
  public boolean isSyncing() {
    JsonNode answer = rpc.call("eth_syncing");
    return !(answer.isBoolean() && !answer.booleanValue());
  }

  @Override
  public Optional<String> blockHash(long height) {
    JsonNode block = rpc.call("eth_getBlockByNumber", "0x" + Long.toHexString(height), false);
    return block.isNull() ? Optional.empty() : Optional.of(hash(required(block, "hash")));
  }

  @Override
  public Optional<EvmBlock> block(String hash) {
    JsonNode block = rpc.call("eth_getBlockByHash", "0x" + hash, true);
    if (block.isNull()) {
      return Optional.empty();
    }
    List<EvmBlock.Transaction> transactions = new ArrayList<>();
    for (JsonNode transaction : required(block, "transactions")) {
      transactions.add(readTransaction(transaction));
    }
    Optional<List<EvmBlock.Receipt>> receipts = receipts(hash, transactions);
    JsonNode baseFee = block.path("baseFeePerGas");
    return receipts.map(found ->
        new EvmBlock(
            number(required(block, "number")),
            hash(required(block, "hash")),
            hash(required(block, "parentHash")),
            number(required(block, "timestamp")),
            baseFee.isString() ? quantity(baseFee) : null,
            List.copyOf(transactions),
            found));
  }

  private static EvmBlock.Transaction readTransaction(JsonNode transaction) {
    JsonNode to = transaction.path("to");
    return new EvmBlock.Transaction(
        hash(required(transaction, "hash")),
        address(required(transaction, "from")),
        to.isString() ? address(to) : null,
        number(required(transaction, "nonce")),
        quantity(required(transaction, "value")));
  }

  /** All receipts of a block, empty when the node has lost it meanwhile. */
  private Optional<List<EvmBlock.Receipt>> receipts(
      String blockHash, List<EvmBlock.Transaction> transactions) {
    if (transactions.isEmpty()) {
      return Optional.of(List.of());
    }
    List<EvmBlock.Receipt> receipts = new ArrayList<>(transactions.size());
    if (receiptsByBlock) {
      try {
        JsonNode all = rpc.call("eth_getBlockReceipts", "0x" + blockHash);
        if (all.isNull()) {
          return Optional.empty();
        }
        for (JsonNode receipt : all) {
          receipts.add(readReceipt(receipt));
        }
        return Optional.of(receipts);
      } catch (RpcError e) {
        if (e.code() != METHOD_NOT_FOUND) {
          throw e;
        }
        receiptsByBlock = false;
      }
    }
    for (EvmBlock.Transaction transaction : transactions) {
      JsonNode receipt = rpc.call("eth_getTransactionReceipt", "0x" + transaction.hash());
      if (receipt.isNull()) {
        return Optional.empty();
      }
      receipts.add(readReceipt(receipt));
    }
    return Optional.of(receipts);
  }

  private static EvmBlock.Receipt readReceipt(JsonNode receipt) {
    List<EvmBlock.Log> logs = new ArrayList<>();
    for (JsonNode log : required(receipt, "logs")) {
      List<String> topics = new ArrayList<>();
      for (JsonNode topic : required(log, "topics")) {
        topics.add(hash(topic));
      }
      logs.add(
          new EvmBlock.Log(
              address(required(log, "address")), List.copyOf(topics), hex(required(log, "data"))));
    }
    BigInteger price = quantity(required(receipt, "effectiveGasPrice"));
    // Before Byzantium a receipt has a state root and no status: what is in a block has succeeded
    // only if its gas says so, which custody does not guess.
    boolean succeeded =
        receipt.path("status").isString() && quantity(receipt.path("status")).signum() == 1;
    return new EvmBlock.Receipt(
        hash(required(receipt, "transactionHash")),
        hash(required(receipt, "blockHash")),
        succeeded,
        quantity(required(receipt, "gasUsed")).multiply(price),
        List.copyOf(logs));
  }

  @Override
  public BigInteger balance(String address, String blockHash) {
    return quantity(rpc.call("eth_getBalance", "0x" + address, at(blockHash)));
  }

  @Override
  public BigInteger tokenBalance(String contract, String address, String blockHash) {
    String data = BALANCE_OF + "0".repeat(WORD_DIGITS - address.length()) + address;
    String word =
        hex(rpc.call("eth_call", Map.of("to", "0x" + contract, "data", data), at(blockHash)));
    if (word.length() < WORD_DIGITS) {
      throw new NodeUnavailable("the contract " + contract + " has no balanceOf");
    }
    return new BigInteger(word.substring(0, WORD_DIGITS), 16);
  }

  // EIP-1898
  private static Map<String, Object> at(String blockHash) {
    return Map.of("blockHash", "0x" + blockHash);
  }

  @Override
  public boolean hasCode(String address) {
    return !hex(rpc.call("eth_getCode", "0x" + address, "latest")).isEmpty();
  }

  @Override
  public long nonce(String address) {
    return number(rpc.call("eth_getTransactionCount", "0x" + address, "latest"));
  }

  @Override
  public long estimateGas(String from, String to, BigInteger value, String dataHex) {
    return number(
        rpc.call(
            "eth_estimateGas",
            Map.of(
                "from", "0x" + from,
                "to", "0x" + to,
                "value", "0x" + value.toString(16),
                "data", "0x" + dataHex)));
  }

  @Override
  public @Nullable BigInteger baseFee() {
    JsonNode fee = rpc.call("eth_getBlockByNumber", "latest", false).path("baseFeePerGas");
    return fee.isString() ? quantity(fee) : null;
  }

  @Override
  public BigInteger suggestedPrice() {
    return quantity(rpc.call(baseFee() == null ? "eth_gasPrice" : "eth_maxPriorityFeePerGas"));
  }

  @Override
  public CoreNode.Sent send(String rawHex) {
    try {
      var _ = rpc.call("eth_sendRawTransaction", "0x" + rawHex);
      return new CoreNode.Sent(true, 0, "");
    } catch (RpcError e) {
      String message = String.valueOf(e.getMessage());
      // geth and ours, anvil
      String words = message.toLowerCase(Locale.ROOT);
      boolean known = words.contains("already known") || words.contains("already imported");
      return new CoreNode.Sent(known, e.code(), message);
    }
  }

  @Override
  public boolean knows(String hash) {
    return !rpc.call("eth_getTransactionByHash", "0x" + hash).isNull();
  }

  private static JsonNode required(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (value.isMissingNode()) {
      throw new NodeUnavailable("the node's answer has no " + field);
    }
    return value;
  }

  /** Lower-case digits without the prefix. */
  private static String hex(JsonNode node) {
    if (!node.isString() || !HEX.matcher(node.stringValue()).matches()) {
      throw new NodeUnavailable("the node's answer has no 0x… where it belongs");
    }
    return node.stringValue().substring(2).toLowerCase(Locale.ROOT);
  }

  private static String hash(JsonNode node) {
    return ofDigits(node, WORD_DIGITS);
  }

  private static String address(JsonNode node) {
    return ofDigits(node, ADDRESS_DIGITS);
  }

  private static String ofDigits(JsonNode node, int digits) {
    String hex = hex(node);
    if (hex.length() != digits) {
      throw new NodeUnavailable(
          "the node's answer has %d digits where %d belong".formatted(hex.length(), digits));
    }
    return hex;
  }

  private static BigInteger quantity(JsonNode node) {
    String digits = hex(node);
    try {
      return new BigInteger(digits.isEmpty() ? "0" : digits, 16);
    } catch (NumberFormatException e) {
      throw new NodeUnavailable("the node's answer has no quantity where it belongs", e);
    }
  }

  private static long number(JsonNode node) {
    BigInteger value = quantity(node);
    if (value.bitLength() >= Long.SIZE) {
      throw new NodeUnavailable("the node's answer has a number beyond 63 bits");
    }
    return value.longValue();
  }
}
