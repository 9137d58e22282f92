package org.fondaco.chain.conformance;

import java.util.List;

/** The suites of {@code conformance utxo}, in the order of the table. */
final class UtxoSuites {
  private static final String CORE = "bitcoin/core-script.zip";
  private static final String CASH = "bitcoin/bitcoin-cash.zip";
  private static final String KEYS = "bitcoin/key-io.zip";
  private static final String BIPS = "bitcoin/bips.zip";

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
        new UtxoSuite("bch-vm", CASH, "vmb_tests/", CashVmCases::read),
        UtxoSuite.json("base58", KEYS, "base58_encode_decode.json", KeyCases::readBase58),
        UtxoSuite.json("key-io-valid", KEYS, "key_io_valid.json", KeyCases::readValid),
        UtxoSuite.json("key-io-invalid", KEYS, "key_io_invalid.json", KeyCases::readInvalid),
        UtxoSuite.json("blockfilters", KEYS, "blockfilters.json", FilterCases::read),
        UtxoSuite.json("bip-158", BIPS, "bip-0158/", FilterCases::read),
        new UtxoSuite("bip-340", BIPS, "bip-0340/", SchnorrCases::read),
        UtxoSuite.json("bip-341", BIPS, "bip-0341/", TaprootWalletCases::read));
  }
}
