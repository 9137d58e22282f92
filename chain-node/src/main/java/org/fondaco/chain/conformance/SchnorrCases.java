package org.fondaco.chain.conformance;

import java.util.HexFormat;
import org.fondaco.chain.conformance.UtxoSuite.Cases;
import org.fondaco.chain.crypto.Schnorr;
import org.jspecify.annotations.Nullable;

/** BIP-340's table: keys, messages and signatures, good and bad. */
final class SchnorrCases {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private SchnorrCases() {}

  static void read(UtxoSuite.File file, Cases cases) {
    file.text()
        .lines()
        .skip(1)
        .filter(line -> !line.isBlank())
        .map(line -> line.split(",", 8))
        .forEach(row ->
            cases.check(row[6].equals("TRUE") ? "valid" : "invalid", row[0], () -> check(row)));
  }

  /** Index, secret, public key, auxiliary, message, signature, result, comment. */
  private static @Nullable String check(String[] row) {
    byte[] key = HEX.parseHex(row[2]);
    byte[] message = HEX.parseHex(row[4]);
    boolean good = Schnorr.verify(HEX.parseHex(row[5]), message, key);
    String wrong = Cases.difference(row[6], good ? "TRUE" : "FALSE");
    if (wrong == null && !row[1].isEmpty()) {
      byte[] secret = HEX.parseHex(row[1]);
      wrong = Cases.difference(row[2], HEX.formatHex(Schnorr.publicKey(secret)));
      if (wrong == null && message.length == 32) {
        byte[] signature = Schnorr.sign(message, secret, HEX.parseHex(row[3]));
        wrong = Cases.difference(row[5], HEX.formatHex(signature));
      }
    }
    return wrong;
  }
}
