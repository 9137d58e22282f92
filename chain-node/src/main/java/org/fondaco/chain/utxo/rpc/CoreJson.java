package org.fondaco.chain.utxo.rpc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HexFormat;
import java.util.List;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.fondaco.chain.utxo.block.BlockHeader;
import org.fondaco.chain.utxo.chain.BlockEntry;
import org.fondaco.chain.utxo.consensus.UnspentOutput;
import org.fondaco.chain.utxo.pow.CompactTarget;
import org.fondaco.chain.utxo.script.ScriptPattern;
import org.fondaco.chain.utxo.token.Token;
import org.fondaco.chain.utxo.token.TokenScript;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.Reversed;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Blocks, transactions and scripts as Bitcoin Core renders them. */
final class CoreJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final HexFormat HEX = HexFormat.of();
  private static final int COIN_DIGITS = 8;
  private static final int DOUBLE_DIGITS = 16;
  private static final int TARGET_DIGITS = 64;

  private final AddressFormat addresses;
  private final boolean cash;

  CoreJson(AddressFormat addresses) {
    this.addresses = addresses;
    cash = addresses.cashAddr() != null;
  }

  static ObjectNode object() {
    return NODES.objectNode();
  }

  static ArrayNode array() {
    return NODES.arrayNode();
  }

  static String hex(byte[] bytes) {
    return HEX.formatHex(bytes);
  }

  /** Coins with eight digits behind the point. */
  static BigDecimal coins(long satoshi) {
    return BigDecimal.valueOf(satoshi, COIN_DIGITS);
  }

  /**
   * A number of which nobody counts on every digit: sixteen digits as C++ prints them, which is how
   * Bitcoin Core does.
   */
  static JsonNode number(double value) {
    if (value == 0) {
      return NODES.numberNode(0);
    }
    BigDecimal rounded =
        new BigDecimal(value)
            .round(new MathContext(DOUBLE_DIGITS, RoundingMode.HALF_EVEN))
            .stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < DOUBLE_DIGITS) {
      return NODES.rawValueNode(new RawValue(rounded.toPlainString()));
    }
    String digits = rounded.unscaledValue().abs().toString();
    String text =
        (rounded.signum() < 0 ? "-" : "")
            + digits.charAt(0)
            + (digits.length() > 1 ? "." + digits.substring(1) : "")
            + (exponent < 0 ? "e-" : "e+")
            + (Math.abs(exponent) < 10 ? "0" : "")
            + Math.abs(exponent);
    return NODES.rawValueNode(new RawValue(text));
  }

  static String number256(BigInteger number) {
    String text = number.toString(16);
    return "0".repeat(TARGET_DIGITS - text.length()) + text;
  }

  static String bits(int bits) {
    return String.format("%08x", bits);
  }

  /** The fields of a header that getblockheader and getblock share. */
  ObjectNode header(BlockEntry entry, int confirmations, @Nullable BlockEntry next) {
    BlockHeader header = entry.header();
    int bits = (int) header.bits();
    ObjectNode json = object();
    json.put("hash", Reversed.text(entry.hash()));
    json.put("confirmations", confirmations);
    json.put("height", entry.height());
    json.put("version", header.version());
    json.put("versionHex", String.format("%08x", header.version()));
    json.put("merkleroot", Reversed.text(header.merkleRoot()));
    json.put("time", header.time());
    json.put("mediantime", entry.medianTimePast());
    json.put("nonce", header.nonce());
    json.put("bits", bits(bits));
    json.put("target", number256(CompactTarget.decode(bits)));
    json.set("difficulty", number(CompactTarget.difficulty(bits)));
    json.put("chainwork", number256(entry.chainWork()));
    json.put("nTx", entry.transactionCount());
    if (entry.parent() != null) {
      json.put("previousblockhash", Reversed.text(header.previous()));
    }
    if (next != null) {
      json.put("nextblockhash", Reversed.text(next.hash()));
    }
    return json;
  }

  /**
   * A transaction.
   *
   * @param spent what each input spends, to tell fee and previous outputs; null if not known
   * @param previousOutputs whether to tell them
   */
  ObjectNode transaction(
      Transaction transaction, @Nullable List<UnspentOutput> spent, boolean previousOutputs) {
    ObjectNode json = object();
    json.put("txid", Reversed.text(transaction.txid()));
    json.put("hash", Reversed.text(transaction.wtxid()));
    json.put("version", Integer.toUnsignedLong(transaction.version()));
    json.put("size", transaction.size());
    json.put("vsize", transaction.virtualSize());
    json.put("weight", transaction.weight());
    json.put("locktime", transaction.lockTime());
    ArrayNode inputs = json.putArray("vin");
    for (int i = 0; i < transaction.inputs().size(); i++) {
      UnspentOutput of = previousOutputs && spent != null ? spent.get(i) : null;
      inputs.add(input(transaction.inputs().get(i), of));
    }
    ArrayNode outputs = json.putArray("vout");
    for (int i = 0; i < transaction.outputs().size(); i++) {
      outputs.add(output(transaction.outputs().get(i), i));
    }
    if (spent != null && !spent.isEmpty()) {
      long in = spent.stream().mapToLong(each -> each.output().value()).sum();
      long out = transaction.outputs().stream().mapToLong(Output::value).sum();
      json.put("fee", coins(in - out));
    }
    json.put("hex", hex(transaction.encode()));
    return json;
  }

  private ObjectNode input(Input input, @Nullable UnspentOutput spent) {
    ObjectNode json = object();
    if (input.outPoint().isNull()) {
      json.put("coinbase", hex(input.scriptSig()));
    } else {
      json.put("txid", Reversed.text(input.outPoint().txid()));
      json.put("vout", input.outPoint().index());
      json.putObject("scriptSig")
          .put("asm", ScriptText.of(input.scriptSig(), true))
          .put("hex", hex(input.scriptSig()));
    }
    if (!input.witness().isEmpty()) {
      ArrayNode witness = json.putArray("txinwitness");
      input.witness().forEach(item -> witness.add(hex(item)));
    }
    if (spent != null) {
      ObjectNode previous = json.putObject("prevout");
      previous.put("generated", spent.coinbase());
      previous.put("height", spent.height());
      previous.put("value", coins(spent.output().value()));
      previous.set("scriptPubKey", script(spent.output().script()));
    }
    json.put("sequence", input.sequence());
    return json;
  }

  private ObjectNode output(Output output, int index) {
    ObjectNode json = object();
    json.put("value", coins(output.value()));
    json.put("n", index);
    if (cash) {
      TokenScript taken = TokenScript.of(output.script());
      json.set("scriptPubKey", script(taken.script()));
      if (taken.token() != null) {
        json.set("tokenData", token(taken.token()));
      }
    } else {
      json.set("scriptPubKey", script(output.script()));
    }
    return json;
  }

  ScriptPattern pattern(byte[] script) {
    return cash ? ScriptPattern.ofCash(script) : ScriptPattern.of(script);
  }

  private static ObjectNode token(Token token) {
    ObjectNode json = object();
    json.put("category", Reversed.text(token.category()));
    json.put("amount", Long.toString(token.amount()));
    Token.Nft nft = token.nft();
    if (nft != null) {
      json.putObject("nft")
          .put("capability", nft.capability().name().toLowerCase(java.util.Locale.ROOT))
          .put("commitment", hex(nft.commitment()));
    }
    return json;
  }

  /** An output's script with its address and type. */
  ObjectNode script(byte[] script) {
    ObjectNode json = object();
    json.put("asm", ScriptText.of(script, false));
    if (!cash) {
      json.put("desc", Descriptors.infer(script, addresses));
    }
    json.put("hex", hex(script));
    String address = addresses.address(script);
    if (address != null) {
      json.put("address", address);
    }
    return json.put("type", pattern(script).type().word());
  }
}
