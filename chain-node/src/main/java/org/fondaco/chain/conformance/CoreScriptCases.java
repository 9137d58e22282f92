package org.fondaco.chain.conformance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.fondaco.chain.conformance.UtxoSuite.Cases;
import org.fondaco.chain.crypto.Schnorr;
import org.fondaco.chain.utxo.script.ScriptFlags;
import org.fondaco.chain.utxo.script.ScriptVerifier;
import org.fondaco.chain.utxo.script.Spending;
import org.fondaco.chain.utxo.script.Taproot;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.WireWriter;
import tools.jackson.databind.JsonNode;

/** {@code script_tests.json}: pairs of scripts, flags, and the error that they end with. */
final class CoreScriptCases {
  private static final HexFormat HEX = HexFormat.of();

  /** BIP-341's point of which no one knows the key. */
  private static final byte[] NUMS =
      HEX.parseHex("50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0");

  private CoreScriptCases() {}

  /** How a verifier answers: with the name of the error. */
  interface Verifier {
    String verify(Spending spending, String flags);
  }

  /** A pair of scripts with what goes with them. */
  record Row(List<byte[]> witness, long amount, byte[] scriptSig, byte[] script) {
    /** A transaction that pays the script, and one that spends it, as Core's test makes them. */
    Spending spending() {
      Transaction credit =
          new Transaction(
              1,
              List.of(new Input(OutPoint.NULL, new byte[] {0, 0}, Input.SEQUENCE_FINAL)),
              List.of(new Output(amount, script)),
              0);
      OutPoint outPoint = new OutPoint(credit.txid(), 0);
      Transaction spend =
          new Transaction(
              1,
              List.of(new Input(outPoint, scriptSig, Input.SEQUENCE_FINAL, witness)),
              List.of(new Output(amount, new byte[0])),
              0);
      return new Spending(spend, credit.outputs());
    }
  }

  static void read(JsonNode json, Cases cases) {
    read(
        json,
        cases,
        (spending, flags) -> ScriptVerifier.verify(spending, 0, ScriptFlags.parse(flags)).name());
  }

  static void read(JsonNode json, Cases cases, Verifier verifier) {
    for (int i = 0; i < json.size(); i++) {
      JsonNode test = json.get(i);
      if (test.size() < 4) {
        continue; // A heading.
      }
      int at = test.get(0).isArray() ? 1 : 0;
      String flags = test.get(at + 2).asString();
      String expected = test.get(at + 3).asString();
      String comment = test.size() > at + 4 ? " " + test.get(at + 4).asString() : "";
      cases.check(
          expected.equals("OK") ? "valid" : "invalid",
          i + comment,
          () -> Cases.difference(expected, verifier.verify(row(test, at).spending(), flags)));
    }
  }

  private static Row row(JsonNode test, int at) {
    List<byte[]> witness = new ArrayList<>();
    long amount = 0;
    byte[] outputKey = new byte[33];
    if (at == 1) {
      JsonNode items = test.get(0);
      for (int i = 0; i < items.size() - 1; i++) {
        String item = items.get(i).asString();
        if (item.startsWith("#SCRIPT#")) {
          byte[] script = ScriptWords.parse(item.substring("#SCRIPT#".length()));
          witness.add(script);
          outputKey = outputKey(script);
        } else if (item.equals("#CONTROLBLOCK#")) {
          witness.add(control(outputKey));
        } else {
          witness.add(HEX.parseHex(item));
        }
      }
      // Amounts are in coins.
      BigDecimal coins = items.get(items.size() - 1).decimalValue();
      amount = coins.movePointRight(8).longValueExact();
    }
    String script =
        test.get(at + 1)
            .asString()
            .replace("#TAPROOTOUTPUT#", "0x" + HEX.formatHex(outputKey, 1, 33));
    return new Row(
        witness, amount, ScriptWords.parse(test.get(at).asString()), ScriptWords.parse(script));
  }

  /** The key of an output whose tree is this script alone; the first byte tells the parity. */
  private static byte[] outputKey(byte[] script) {
    byte[] leaf = Taproot.leafHash(Taproot.LEAF_TAPSCRIPT, script);
    byte[] key = Schnorr.tweaked(NUMS, Taproot.tweak(NUMS, leaf));
    if (key == null) {
      throw new IllegalStateException("no key for " + HEX.formatHex(script));
    }
    return key;
  }

  private static byte[] control(byte[] outputKey) {
    return new WireWriter().uint8(Taproot.LEAF_TAPSCRIPT | outputKey[0] & 1).bytes(NUMS).toBytes();
  }
}
