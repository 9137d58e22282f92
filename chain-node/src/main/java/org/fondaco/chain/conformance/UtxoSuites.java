package org.fondaco.chain.conformance;

import java.util.List;

/** The suites of {@code conformance utxo}, in the order of the table. */
final class UtxoSuites {
  private static final String CORE = "bitcoin/core-script.zip";
  private static final String CASH = "bitcoin/bitcoin-cash.zip";

  private UtxoSuites() {}

  static List<Suite> all() {
    return List.of(
        UtxoSuite.json("script-tests", CORE, "script_tests.json", CoreScriptCases::read),
        UtxoSuite.json("sighash", CORE, "sighash.json", CoreSighashCases::read),
        UtxoSuite.json("tx-valid", CORE, "tx_valid.json", CoreTransactionCases::readValid),
        UtxoSuite.json("tx-invalid", CORE, "tx_invalid.json", CoreTransactionCases::readInvalid),
        new UtxoSuite("taproot-ref", CORE, "taproot-ref/", TaprootAssetCases::read),
        UtxoSuite.json("bch-script-tests", CASH, "script_tests.json", CashCases::readScripts),
        UtxoSuite.json("bch-sighash-legacy", CASH, "sighash_legacy.json", CoreSighashCases::read),
        UtxoSuite.json("bch-sighash", CASH, "sighash_bip143.json", CashCases::readSighash),
        UtxoSuite.json("bch-tx-valid", CASH, "tx_valid.json", CashCases::readValid),
        UtxoSuite.json("bch-tx-invalid", CASH, "tx_invalid.json", CashCases::readInvalid),
        new UtxoSuite("bch-vm", CASH, "vmb_tests/", CashVmCases::read));
  }
}
