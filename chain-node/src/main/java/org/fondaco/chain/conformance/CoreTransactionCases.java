package org.fondaco.chain.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.fondaco.chain.conformance.UtxoSuite.Cases;
import org.fondaco.chain.utxo.script.ScriptError;
import org.fondaco.chain.utxo.script.ScriptFlag;
import org.fondaco.chain.utxo.script.ScriptFlags;
import org.fondaco.chain.utxo.script.ScriptVerifier;
import org.fondaco.chain.utxo.script.Spending;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.transaction.TransactionRules;
import org.fondaco.chain.utxo.wire.Reversed;
import org.fondaco.chain.utxo.wire.WireException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code tx_valid.json}, whose flags are those to leave out, each of which has to matter, and
 * {@code tx_invalid.json}, whose flags are those to apply.
 */
final class CoreTransactionCases {
  private static final HexFormat HEX = HexFormat.of();
  private static final TransactionRules RULES = new TransactionRules(2_100_000_000_000_000L);

  /** Every flag of Bitcoin Core, CLEANSTACK with what it needs. */
  private static final ScriptFlags ALL = ScriptFlags.STANDARD.with(ScriptFlag.SIGPUSHONLY);

  private CoreTransactionCases() {}

  static void readValid(JsonNode json, Cases cases) {
    each(json, (name, test) -> cases.check("valid", name, () -> checkValid(test)));
  }

  static void readInvalid(JsonNode json, Cases cases) {
    each(json, (name, test) -> cases.check("invalid", name, () -> checkInvalid(test)));
  }

  /** What is done with a case that is not a heading. */
  interface Body {
    void accept(String name, JsonNode test);
  }

  static void each(JsonNode json, Body body) {
    for (int i = 0; i < json.size(); i++) {
      if (json.get(i).get(0).isArray()) {
        body.accept(Integer.toString(i), json.get(i));
      }
    }
  }

  static Transaction transaction(JsonNode test) {
    return Transaction.decode(HEX.parseHex(test.get(1).asString()));
  }

  /** The outputs that the case names, or null where an input spends none of them. */
  static @Nullable Spending spending(JsonNode test, Transaction transaction) {
    Map<OutPoint, Output> known = new HashMap<>();
    for (JsonNode prevout : test.get(0)) {
      // An index of -1 is that of a coinbase.
      long index = prevout.get(1).asLong() & 0xffff_ffffL;
      OutPoint outPoint = new OutPoint(Reversed.parse(prevout.get(0).asString()), index);
      byte[] script = ScriptWords.parse(prevout.get(2).asString());
      long value = prevout.size() > 3 ? prevout.get(3).asLong() : 0;
      known.put(outPoint, new Output(value, script));
    }
    List<Output> spent = new ArrayList<>();
    for (Input input : transaction.inputs()) {
      Output output = known.get(input.outPoint());
      if (output == null) {
        return null;
      }
      spent.add(output);
    }
    return new Spending(transaction, spent);
  }

  private static @Nullable String checkValid(JsonNode test) {
    Transaction transaction = transaction(test);
    String wrong = RULES.check(transaction);
    Spending spending = spending(test, transaction);
    if (wrong != null || spending == null) {
      return "refused: " + wrong;
    }
    ScriptFlags excluded = ScriptFlags.parse(test.get(2).asString());
    ScriptFlags flags = trimmed(ALL.without(excluded));
    ScriptError error = verify(spending, flags);
    if (error != ScriptError.OK) {
      return "refused: " + error;
    }
    for (ScriptFlag flag : flags.list()) {
      error = verify(spending, trimmed(flags.without(flag)));
      if (error != ScriptError.OK) {
        return "refused without " + flag + ": " + error;
      }
    }
    for (ScriptFlag flag : excluded.list()) {
      ScriptFlags fewer = trimmed(ALL.without(excluded.without(flag)));
      if (verify(spending, fewer) == ScriptError.OK) {
        return flag + " makes no difference";
      }
    }
    return null;
  }

  private static @Nullable String checkInvalid(JsonNode test) {
    Transaction transaction;
    try {
      transaction = transaction(test);
    } catch (WireException e) {
      return null;
    }
    String names = test.get(2).asString();
    if (names.equals("BADTX")) {
      return RULES.check(transaction) == null ? "taken" : null;
    }
    if (RULES.check(transaction) != null) {
      return "refused too early: " + RULES.check(transaction);
    }
    Spending spending = spending(test, transaction);
    if (spending == null) {
      return null;
    }
    ScriptFlags flags = ScriptFlags.parse(names);
    if (verify(spending, flags) == ScriptError.OK) {
      return "taken";
    }
    for (ScriptFlag flag : ALL.without(flags).list()) {
      if (verify(spending, filled(flags.with(flag))) == ScriptError.OK) {
        return "taken with " + flag;
      }
    }
    return null;
  }

  /** Of all inputs the first that fails. */
  static ScriptError verify(Spending spending, ScriptFlags flags) {
    for (int i = 0; i < spending.transaction().inputs().size(); i++) {
      ScriptError error = ScriptVerifier.verify(spending, i, flags);
      if (error != ScriptError.OK) {
        return error;
      }
    }
    return ScriptError.OK;
  }

  /** Without flags that mean nothing when what they build on is missing. */
  static ScriptFlags trimmed(ScriptFlags flags) {
    ScriptFlags trimmed = flags;
    if (!trimmed.has(ScriptFlag.P2SH)) {
      trimmed = trimmed.without(ScriptFlag.WITNESS);
    }
    if (!trimmed.has(ScriptFlag.WITNESS)) {
      trimmed = trimmed.without(ScriptFlag.CLEANSTACK);
    }
    return trimmed;
  }

  /** With the flags that these build on. */
  private static ScriptFlags filled(ScriptFlags flags) {
    ScriptFlags filled = flags;
    if (filled.has(ScriptFlag.CLEANSTACK)) {
      filled = filled.with(ScriptFlag.WITNESS);
    }
    return filled.has(ScriptFlag.WITNESS) ? filled.with(ScriptFlag.P2SH) : filled;
  }
}
