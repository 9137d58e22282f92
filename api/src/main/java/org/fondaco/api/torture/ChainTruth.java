package org.fondaco.api.torture;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Who was paid what, read from the blocks of a chain. Blocks that were read before are read again
 * only when they have left the chain.
 */
final class ChainTruth {
  private static final int ETHER_DECIMALS = 18;
  private static final int DOLLAR_DECIMALS = 6;
  private static final int WORD_DIGITS = 64;
  private static final int ADDRESS_DIGITS = 40;

  /** Keccak-256 of Transfer(address,address,uint256) [EIP-20]. */
  private static final String TRANSFER =
      "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";

  private final String chain;
  private final Function<String, NodeRpc> nodes;
  private final NavigableMap<Integer, Block> blocks = new TreeMap<>();

  /**
   * A payment in a block; several to one address in one transaction are several.
   *
   * @param asset of the chain
   * @param from who paid, empty where payers have no address
   * @param address as {@link #plain} writes it
   * @param txid without prefix
   */
  record Payment(String asset, String from, String address, String txid, BigDecimal amount) {}

  private record Block(String hash, List<Payment> payments) {}

  /**
   * @param nodes the node of a chain, asked at each reading
   */
  ChainTruth(String chain, Function<String, NodeRpc> nodes) {
    this.chain = chain;
    this.nodes = nodes;
  }

  /** An address in one spelling: no prefix, small letters where case says nothing. */
  static String plain(String address) {
    String bare = address.substring(address.indexOf(':') + 1);
    return bare.startsWith("0x") ? bare.toLowerCase(Locale.ROOT) : bare;
  }

  /** All payments by address, up to the chain's tip. */
  Map<String, List<Payment>> read() throws IOException, InterruptedException {
    NodeRpc node = nodes.apply(chain);
    while (!blocks.isEmpty()
        && !blocks.lastEntry().getValue().hash.equals(hash(node, blocks.lastKey()))) {
      blocks.pollLastEntry();
    }
    int tip = tip(node);
    for (int height = blocks.isEmpty() ? 0 : blocks.lastKey() + 1; height <= tip; height++) {
      Block block = isAccounts() ? accounts(node, height) : outputs(node, height);
      if (block == null) {
        break; // the chain has just become shorter
      }
      blocks.put(height, block);
    }
    Map<String, List<Payment>> payments = new HashMap<>();
    for (Block block : blocks.values()) {
      for (Payment payment : block.payments) {
        payments.computeIfAbsent(payment.address, _ -> new ArrayList<>()).add(payment);
      }
    }
    return payments;
  }

  private boolean isAccounts() {
    return chain.equals("ETH");
  }

  private int tip(NodeRpc node) throws IOException, InterruptedException {
    return isAccounts()
        ? number(node.call("eth_blockNumber")).intValueExact()
        : node.call("getblockcount").asInt();
  }

  private @Nullable String hash(NodeRpc node, int height) throws IOException, InterruptedException {
    if (isAccounts()) {
      JsonNode block = node.call("eth_getBlockByNumber", "0x" + Integer.toHexString(height), false);
      return block.isObject() ? block.path("hash").asString() : null;
    }
    return height > tip(node) ? null : node.call("getblockhash", height).asString();
  }

  private static BigInteger number(JsonNode quantity) {
    return new BigInteger(quantity.asString().substring(2), 16);
  }

  private Block outputs(NodeRpc node, int height) throws IOException, InterruptedException {
    String hash = node.call("getblockhash", height).asString();
    List<Payment> payments = new ArrayList<>();
    int position = 0;
    for (JsonNode transaction : node.call("getblock", hash, 2).path("tx")) {
      if (position++ == 0) {
        continue; // what miners earn is nobody's payment
      }
      for (JsonNode output : transaction.path("vout")) {
        JsonNode address = output.path("scriptPubKey").path("address");
        if (address.isString()) {
          payments.add(
              new Payment(
                  chain,
                  "",
                  plain(address.asString()),
                  transaction.path("txid").asString(),
                  output.path("value").decimalValue()));
        }
      }
    }
    return new Block(hash, payments);
  }

  private @Nullable Block accounts(NodeRpc node, int height)
      throws IOException, InterruptedException {
    String at = "0x" + Integer.toHexString(height);
    JsonNode block = node.call("eth_getBlockByNumber", at, true);
    if (!block.isObject()) {
      return null;
    }
    List<Payment> payments = new ArrayList<>();
    for (JsonNode transaction : block.path("transactions")) {
      BigInteger value = number(transaction.path("value"));
      if (value.signum() > 0 && transaction.path("to").isString()) {
        payments.add(
            new Payment(
                "ETH",
                plain(transaction.path("from").asString()),
                plain(transaction.path("to").asString()),
                transaction.path("hash").asString().substring(2),
                new BigDecimal(value, ETHER_DECIMALS)));
      }
    }
    String hash = block.path("hash").asString();
    if (block.path("transactions").size() > 0) {
      payments.addAll(dollars(node, hash));
    }
    return new Block(hash, payments);
  }

  private static List<Payment> dollars(NodeRpc node, String hash)
      throws IOException, InterruptedException {
    List<Payment> payments = new ArrayList<>();
    Map<String, Object> filter =
        Map.of("blockHash", hash, "address", node.dollar(), "topics", List.of(TRANSFER));
    for (JsonNode log : node.call("eth_getLogs", filter)) {
      payments.add(
          new Payment(
              "USDT",
              address(log.path("topics").path(1)),
              address(log.path("topics").path(2)),
              log.path("transactionHash").asString().substring(2),
              new BigDecimal(number(log.path("data")), DOLLAR_DECIMALS)));
    }
    return payments;
  }

  private static String address(JsonNode topic) {
    return "0x" + topic.asString().substring(2 + WORD_DIGITS - ADDRESS_DIGITS);
  }
}
