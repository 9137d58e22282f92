package org.fondaco.chain.conformance;

import java.util.List;

/** The suites of {@code conformance utxo}, in the order of the table. */
final class UtxoSuites {
  private static final String CORE = "bitcoin/core-script.zip";

  private UtxoSuites() {}

  static List<Suite> all() {
    return List.of(
        UtxoSuite.json("script-tests", CORE, "script_tests.json", CoreScriptCases::read),
        UtxoSuite.json("sighash", CORE, "sighash.json", CoreSighashCases::read),
        UtxoSuite.json("tx-valid", CORE, "tx_valid.json", CoreTransactionCases::readValid),
        UtxoSuite.json("tx-invalid", CORE, "tx_invalid.json", CoreTransactionCases::readInvalid),
        new UtxoSuite("taproot-ref", CORE, "taproot-ref/", TaprootAssetCases::read));
  }
}
