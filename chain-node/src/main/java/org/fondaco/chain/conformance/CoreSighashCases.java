package org.fondaco.chain.conformance;

import java.util.HexFormat;
import org.fondaco.chain.conformance.UtxoSuite.Cases;
import org.fondaco.chain.utxo.script.SignatureHash;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.Reversed;
import org.fondaco.chain.word.Hash;
import tools.jackson.databind.JsonNode;

/** {@code sighash.json}: transaction, script, input, hash type, and the hash to sign. */
final class CoreSighashCases {
  private static final HexFormat HEX = HexFormat.of();

  private CoreSighashCases() {}

  /** A function from transaction, input, script and hash type to 32 bytes. */
  interface Function {
    byte[] hash(Transaction transaction, int index, byte[] script, int hashType);
  }

  static void read(JsonNode json, Cases cases) {
    read(json, cases, SignatureHash::legacy);
  }

  static void read(JsonNode json, Cases cases, Function function) {
    for (int i = 0; i < json.size(); i++) {
      JsonNode test = json.get(i);
      if (test.size() < 5) {
        continue; // The heading.
      }
      cases.same(
          "hash",
          Integer.toString(i),
          test.get(4).asString(),
          () -> {
            byte[] bytes = HEX.parseHex(test.get(0).asString());
            Transaction transaction = Transaction.decode(bytes, false);
            byte[] script = HEX.parseHex(test.get(1).asString());
            int hashType = (int) test.get(3).asLong();
            byte[] hash = function.hash(transaction, test.get(2).asInt(), script, hashType);
            return Reversed.text(Hash.of(hash));
          });
    }
  }
}
