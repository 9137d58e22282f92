package org.fondaco.custody.chain;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fondaco.chain.contract.Contract;
import org.fondaco.chain.word.Address;

/**
 * Odd tokens on a real account chain that mines when it is told; its first account is the owner.
 */
public final class TokenZoo {
  private static final int WORD_DIGITS = 64;
  private static final BigInteger SUPPLY = BigInteger.TEN.pow(12);

  /**
   * Emits a Transfer event for each three words of the call's data (from, to, value), and answers
   * false to ERC-20's transfer, doing nothing.
   */
  private static final String PARROT =
      "606180600b6000396000f360003560e01c63a9059cbb1460565760005b368110"
          + "156054578060400135600052806020013581357fddf252ad1be2c89b69c2b068"
          + "fc378daa952ba7f163c4a11628f55a4df523b3ef60206000a36060016011565b"
          + "005b600060005260206000f3";

  /** Gives the value of the deployment to an account without a log or a transaction of its own. */
  private static final String HIDDEN_PAYMENT = "60006000600060003473%s5af100";

  private final NodeUnderTest node;
  private final String owner;

  public TokenZoo(NodeUnderTest node) {
    this.node = node;
    this.owner = node.call("eth_accounts").get(0).stringValue();
  }

  public String owner() {
    return owner.substring(2).toLowerCase(Locale.ROOT);
  }

  public void mine(int blocks) {
    for (int i = 0; i < blocks; i++) {
      node.call("evm_mine");
    }
  }

  /** USDT as deployed on the main network, all of it the owner's; 40 digits. */
  public String tether() {
    List<Object> arguments = List.of("Tether USD", "USDT", Address.parse(owner), SUPPLY);
    return deploy(hex(Contract.TETHER.deployment(arguments)));
  }

  public String parrot() {
    return deploy("0x" + PARROT);
  }

  /** Mined in a block of its own. */
  private String deploy(String code) {
    String hash =
        node.text("eth_sendTransaction", Map.of("from", owner, "gas", "0x4c4b40", "data", code));
    mine(1);
    return node.call("eth_getTransactionReceipt", hash)
        .path("contractAddress")
        .stringValue()
        .substring(2)
        .toLowerCase(Locale.ROOT);
  }

  /** Calls Tether as its owner; the id without prefix. */
  public String tether(String contract, String function, Object... arguments) {
    return call(contract, hex(Contract.TETHER.call(function, List.of(arguments))), "0x0");
  }

  /** An address as a contract's argument. */
  public static Address address(String digits) {
    return Address.parse("0x" + digits);
  }

  /** Transfer events of one transaction, each of three words. */
  public String parrot(String contract, Event... events) {
    StringBuilder data = new StringBuilder("0x");
    for (Event event : events) {
      data.append(word(event.from)).append(word(event.to)).append(word(event.value.toString(16)));
    }
    return call(contract, data.toString(), "0x0");
  }

  /** What a Transfer event says. */
  public record Event(String from, String to, BigInteger value) {}

  public String pay(String to, BigInteger wei) {
    return call(to, "0x", "0x" + wei.toString(16));
  }

  /** Pays from within a contract. */
  public void payHidden(String to, BigInteger wei) {
    node.call(
        "eth_sendTransaction",
        Map.of(
            "from",
            owner,
            "gas",
            "0x30d40",
            "value",
            "0x" + wei.toString(16),
            "data",
            "0x" + HIDDEN_PAYMENT.formatted(to)));
  }

  private String call(String to, String data, String value) {
    return node.text(
            "eth_sendTransaction",
            Map.of("from", owner, "to", "0x" + to, "gas", "0x493e0", "value", value, "data", data))
        .substring(2);
  }

  private static String word(String digits) {
    return "0".repeat(WORD_DIGITS - digits.length()) + digits;
  }

  private static String hex(byte[] bytes) {
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
