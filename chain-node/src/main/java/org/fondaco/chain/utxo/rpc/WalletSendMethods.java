package org.fondaco.chain.utxo.rpc;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.mempool.FeeRate;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.wallet.Draft;
import org.fondaco.chain.utxo.wallet.Payment;
import org.fondaco.chain.utxo.wallet.UtxoWallet;
import org.fondaco.chain.utxo.wire.Reversed;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Paying from a wallet. */
final class WalletSendMethods {
  private static final int RATE_DIGITS = 3;

  private final WalletDoor door;
  private final UtxoChain chain;

  WalletSendMethods(WalletDoor door, UtxoChain chain) {
    this.door = door;
    this.chain = chain;
  }

  void addTo(CoreMethods methods) {
    methods.add(
        WalletMethods.CATEGORY,
        "sendtoaddress",
        "\"address\" amount ( \"comment\" \"comment_to\" subtractfeefromamount replaceable"
            + " conf_target \"estimate_mode\" avoid_reuse fee_rate verbose )",
        "Send an amount to a given address. fee_rate is in satoshi for a virtual byte; without it the"
            + " pool's minimum or 20, whichever is more. Comments are not kept.",
        this::toAddress);
    methods.add(
        WalletMethods.CATEGORY,
        "sendmany",
        "\"dummy\" {\"amounts\"} ( minconf \"comment\" [\"subtractfeefrom\"] replaceable conf_target"
            + " \"estimate_mode\" fee_rate verbose )",
        "Send multiple times: amounts by address. dummy must be \"\".",
        this::many);
  }

  private JsonNode toAddress(Arguments arguments) throws CoreException {
    UtxoWallet wallet = door.of(arguments);
    byte[] script = door.script(arguments.text(0));
    long value = arguments.amount(1);
    List<Integer> subtract = arguments.flag(4, false) ? List.of(0) : List.of();
    Payment payment =
        Payment.of(
            List.of(new Output(value, script)),
            subtract,
            rate(arguments, 6, 9),
            replaceable(arguments, 5));
    return send(wallet, payment, arguments.flag(10, false));
  }

  private JsonNode many(Arguments arguments) throws CoreException {
    UtxoWallet wallet = door.of(arguments);
    if (!arguments.text(0).isEmpty()) {
      throw CoreException.parameter("Dummy value must be set to \"\"");
    }
    List<Output> outputs = new ArrayList<>();
    List<String> names = new ArrayList<>();
    Set<String> once = new HashSet<>();
    JsonNode amounts = arguments.json(1);
    if (!amounts.isObject()) {
      throw Arguments.wrongType(amounts, "object");
    }
    for (Map.Entry<String, JsonNode> each : amounts.properties()) {
      byte[] script = door.script(each.getKey());
      if (!once.add(CoreJson.hex(script))) {
        throw CoreException.parameter("Invalid parameter, duplicated address: " + each.getKey());
      }
      outputs.add(new Output(Arguments.amount(each.getValue()), script));
      names.add(each.getKey());
    }
    List<Integer> subtract = new ArrayList<>();
    if (arguments.has(4)) {
      for (JsonNode each : arguments.json(4)) {
        int at = names.indexOf(each.asString(""));
        if (at < 0 || subtract.contains(at)) {
          throw CoreException.parameter(
              "Invalid parameter 'subtract fee from output', "
                  + (at < 0
                      ? "destination " + each.asString("") + " not found in tx outputs"
                      : "duplicated position: " + at));
        }
        subtract.add(at);
      }
    }
    Payment payment =
        Payment.of(outputs, subtract, rate(arguments, 6, 8), replaceable(arguments, 5));
    return send(wallet, payment, arguments.flag(9, false));
  }

  private static JsonNode send(UtxoWallet wallet, Payment payment, boolean verbose)
      throws CoreException {
    Draft sent =
        WalletDoor.attempt(CoreException.WALLET_INSUFFICIENT_FUNDS, () -> wallet.send(payment));
    String txid = Reversed.text(sent.transaction().txid());
    return verbose
        ? CoreJson.object()
            .put("txid", txid)
            .put("fee_reason", payment.rate() == null ? "Fallback fee" : "User specified fee rate")
        : StringNode.valueOf(txid);
  }

  /** Nobody replaces where the pool keeps the first that it sees. */
  private boolean replaceable(Arguments arguments, int index) throws CoreException {
    return arguments.flag(index, !chain.consensus().isCash());
  }

  /** The rate that a caller names; the estimator is not asked. */
  static @Nullable FeeRate rate(Arguments arguments, int target, int rate) throws CoreException {
    if (arguments.has(target)) {
      int blocks = arguments.integer(target);
      if (arguments.has(rate)) {
        throw CoreException.parameter(
            "Cannot specify both conf_target and fee_rate. Please provide either a confirmation"
                + " target in blocks for automatic fee estimation, or an explicit fee rate.");
      }
      if (blocks < 1 || blocks > NodeMethods.FEE_TARGET_MAX) {
        throw CoreException.parameter(
            "Invalid conf_target, must be between 1 and " + NodeMethods.FEE_TARGET_MAX);
      }
    }
    JsonNode asked = arguments.optional(rate);
    return asked == null ? null : perVirtualByte(asked);
  }

  /** Satoshi for a virtual byte, with at most three digits behind the point. */
  static FeeRate perVirtualByte(JsonNode asked) throws CoreException {
    if (!asked.isNumber() && !asked.isString()) {
      throw new CoreException(CoreException.TYPE, "Amount is not a number or string");
    }
    try {
      BigDecimal number =
          asked.isNumber() ? asked.decimalValue() : new BigDecimal(asked.stringValue());
      long perKilobyte = number.scaleByPowerOfTen(RATE_DIGITS).longValueExact();
      if (perKilobyte < 0) {
        throw new CoreException(CoreException.TYPE, "Amount out of range");
      }
      return new FeeRate(perKilobyte);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new CoreException(CoreException.TYPE, "Invalid amount");
    }
  }
}
