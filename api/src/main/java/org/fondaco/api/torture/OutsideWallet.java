package org.fondaco.api.torture;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Somebody's coins outside the venue, on a node with a wallet or an unlocked account. */
final class OutsideWallet {
  private static final String TRANSFER = "0xa9059cbb";
  private static final int WORD_DIGITS = 64;
  private static final int ETHER_DECIMALS = 18;
  private static final int DOLLAR_DECIMALS = 6;

  private final NodeRpc node;
  private final String asset;

  /** On a node that the credentials of a demo name. */
  OutsideWallet(Path folder, String asset) {
    this(NodeRpc.embedded(folder, asset.equals("USDT") ? "ETH" : asset), asset);
  }

  OutsideWallet(NodeRpc node, String asset) {
    this.node = node;
    this.asset = asset;
  }

  private boolean hasAccounts() {
    return asset.equals("ETH") || asset.equals("USDT");
  }

  boolean isRich() throws IOException, InterruptedException {
    return hasAccounts()
        ? node.call("eth_accounts").size() > 0
        : node.call("getbalance").decimalValue().signum() > 0;
  }

  /** Returns the id without prefix. */
  String pay(String address, BigDecimal amount) throws IOException, InterruptedException {
    if (!hasAccounts()) {
      return node.call("sendtoaddress", address, amount).asString();
    }
    String from = node.call("eth_accounts").path(0).asString();
    Map<String, Object> transaction =
        asset.equals("ETH")
            ? Map.of("from", from, "to", address, "value", "0x" + hex(amount, ETHER_DECIMALS))
            : Map.of(
                "from",
                from,
                "to",
                node.dollar(),
                "data",
                TRANSFER + word(address.substring(2)) + word(hex(amount, DOLLAR_DECIMALS)));
    return node.call("eth_sendTransaction", transaction).asString().substring(2);
  }

  private static String hex(BigDecimal amount, int decimals) {
    return amount.movePointRight(decimals).toBigIntegerExact().toString(16);
  }

  private static String word(String digits) {
    return "0".repeat(WORD_DIGITS - digits.length()) + digits;
  }

  BigDecimal received(String address) throws IOException, InterruptedException {
    if (asset.equals("ETH")) {
      String digits = node.call("eth_getBalance", address, "latest").asString().substring(2);
      return new BigDecimal(new BigInteger(digits, 16), ETHER_DECIMALS);
    }
    BigDecimal sum = BigDecimal.ZERO;
    for (var output : node.call("listunspent", 1, Integer.MAX_VALUE, List.of(address))) {
      sum = sum.add(output.path("amount").decimalValue());
    }
    return sum;
  }

  /**
   * An address that nobody has used.
   *
   * @param entropy 40 hexadecimal digits
   */
  String freshAddress(String entropy) throws IOException, InterruptedException {
    return hasAccounts() ? "0x" + entropy : node.call("getnewaddress").asString();
  }
}
