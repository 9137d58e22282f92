package org.fondaco.chain.conformance;

import java.util.HexFormat;
import java.util.List;
import org.fondaco.chain.conformance.UtxoSuite.Cases;
import org.fondaco.chain.crypto.Sha256;
import org.fondaco.chain.utxo.script.CashSignatureHash;
import org.fondaco.chain.utxo.script.CashVerifier;
import org.fondaco.chain.utxo.script.ScriptError;
import org.fondaco.chain.utxo.script.ScriptFlag;
import org.fondaco.chain.utxo.script.ScriptFlags;
import org.fondaco.chain.utxo.script.Spending;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.transaction.TransactionRules;
import org.fondaco.chain.utxo.wire.WireException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Bitcoin Cash's files in the forms of Bitcoin Core. */
final class CashCases {
  private static final HexFormat HEX = HexFormat.of();
  private static final TransactionRules RULES = new TransactionRules(2_100_000_000_000_000L);

  private CashCases() {}

  static void readScripts(JsonNode json, Cases cases) {
    CoreScriptCases.read(
        json,
        cases,
        (spending, flags) ->
            CashVerifier.verify(spending, 0, ScriptFlags.parse(flags)).error().name());
  }

  /** All hash types are hashed as they are; the bit in them says which form is. */
  static void readSighash(JsonNode json, Cases cases) {
    CoreSighashCases.read(
        json,
        cases,
        (transaction, index, script, hashType) -> {
          List<Output> spent =
              transaction.inputs().stream().map(_ -> new Output(0, new byte[0])).toList();
          ScriptFlags flags = ScriptFlags.of(ScriptFlag.SIGHASH_FORKID);
          Spending spending = new Spending(transaction, spent);
          byte[] message = CashSignatureHash.message(spending, index, script, hashType, flags);
          return message == null ? one() : Sha256.twice(message);
        });
  }

  private static byte[] one() {
    byte[] one = new byte[32];
    one[0] = 1;
    return one;
  }

  static void readValid(JsonNode json, Cases cases) {
    CoreTransactionCases.each(json, (name, test) -> cases.check("valid", name, () -> check(test)));
  }

  static void readInvalid(JsonNode json, Cases cases) {
    CoreTransactionCases.each(
        json,
        (name, test) -> cases.check("invalid", name, () -> check(test) == null ? "taken" : null));
  }

  private static @Nullable String check(JsonNode test) {
    Transaction transaction;
    try {
      transaction = Transaction.decode(HEX.parseHex(test.get(1).asString()), false);
    } catch (WireException e) {
      return "refused: " + e.getMessage();
    }
    String wrong = RULES.check(transaction);
    Spending spending = CoreTransactionCases.spending(test, transaction);
    if (wrong != null || spending == null) {
      return "refused: " + wrong;
    }
    ScriptFlags flags = ScriptFlags.parse(test.get(2).asString());
    for (int i = 0; i < spending.spent().size(); i++) {
      ScriptError error = CashVerifier.verify(spending, i, flags).error();
      if (error != ScriptError.OK) {
        return "refused: " + error;
      }
    }
    return null;
  }
}
