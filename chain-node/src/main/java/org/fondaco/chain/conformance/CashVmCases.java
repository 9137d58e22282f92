package org.fondaco.chain.conformance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.fondaco.chain.conformance.UtxoSuite.Cases;
import org.fondaco.chain.utxo.cash.CashPolicy;
import org.fondaco.chain.utxo.cash.CashTransactionRules;
import org.fondaco.chain.utxo.script.CashVerifier;
import org.fondaco.chain.utxo.script.ScriptFlag;
import org.fondaco.chain.utxo.script.ScriptFlags;
import org.fondaco.chain.utxo.script.Spending;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.WireException;
import org.fondaco.chain.utxo.wire.WireReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Libauth's tests of the virtual machine: transactions that nodes relay, that only blocks may hold,
 * and that are invalid, as the folder says. Each is put to both sets of rules.
 */
final class CashVmCases {
  private static final HexFormat HEX = HexFormat.of();

  private CashVmCases() {}

  static void read(UtxoSuite.File file, Cases cases) {
    // Beside the tests lie the limits and errors that libauth measured.
    if (!file.name().contains(".vmb_tests.json")) {
      return;
    }
    String folder = file.name().replaceFirst(".*/?(bch_[0-9]+_[a-z]+)/.*", "$1");
    ScriptFlags mandatory =
        folder.startsWith("bch_2023") ? CashVerifier.MANDATORY_2023 : CashVerifier.MANDATORY_2025;
    boolean valid = !folder.endsWith("_invalid");
    boolean standard = folder.endsWith("_standard");
    for (JsonNode test : Vectors.json(unzipped(file))) {
      String name = test.get(0).asString() + " " + test.get(1).asString();
      cases.check(folder, name, () -> check(test, mandatory, valid, standard));
    }
  }

  private static byte[] unzipped(UtxoSuite.File file) {
    if (!file.name().endsWith(".gz")) {
      return file.bytes();
    }
    try (GZIPInputStream input = new GZIPInputStream(new ByteArrayInputStream(file.bytes()))) {
      return input.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(file.name(), e);
    }
  }

  private static @Nullable String check(
      JsonNode test, ScriptFlags mandatory, boolean valid, boolean standard) {
    Spending spending;
    try {
      spending = spending(test);
    } catch (WireException e) {
      return valid ? "unreadable: " + e.getMessage() : null;
    }
    String refused = CashTransactionRules.check(spending, mandatory);
    if (refused == null != valid) {
      return valid ? "refused in a block: " + refused : "taken in a block";
    }
    ScriptFlags flags = mandatory.with(CashVerifier.POLICY).without(ScriptFlag.ALLOWSEGWITRECOVERY);
    String unusual = CashPolicy.check(spending.transaction(), spending.spent());
    if (unusual == null) {
      unusual = CashTransactionRules.check(spending, flags);
    }
    if (unusual == null != standard) {
      return standard ? "refused by the pool: " + unusual : "taken by the pool";
    }
    return null;
  }

  private static Spending spending(JsonNode test) {
    Transaction transaction = Transaction.decode(HEX.parseHex(test.get(4).asString()), false);
    WireReader reader = new WireReader(HEX.parseHex(test.get(5).asString()));
    int count = reader.count(9);
    List<Output> spent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      spent.add(new Output(reader.int64(), reader.prefixed()));
    }
    reader.end();
    return new Spending(transaction, spent);
  }
}
