package org.fondaco.custody.liability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.acinq.bitcoin.Crypto;
import fr.acinq.secp256k1.Secp256k1;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.key.Digest;
import org.fondaco.custody.key.KeyRef;
import org.fondaco.custody.key.Mnemonic;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.liability.ReserveStatements.Statement;
import org.fondaco.custody.signer.InProcessVault;
import org.fondaco.custody.signer.Scheme;
import org.fondaco.custody.signer.Signer;
import org.fondaco.custody.signer.SignerException;
import org.fondaco.custody.vault.Argon2;
import org.fondaco.custody.vault.Passphrase;
import org.fondaco.custody.vault.Vault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReserveStatementsTest {
  private static final Secp256k1 CURVE = Secp256k1.Companion.get();
  private static final KeyRef KEY = KeyRef.parse("m/84'/0'/0'/0/0");

  @TempDir Path folder;

  private final ReserveStatements statements = new ReserveStatements();

  /** The private key, message and signature of Bitcoin Core's util_tests.cpp, message_sign. */
  @Test
  void aSignatureOfBitcoinCoreRecoversItsKeyFromOurDigest() {
    byte[] secret =
        HexFormat.of().parseHex("d97f5108f11cda6eeebaaa420fef0726b1f898060b98489fa3098463c0032866");
    byte[] signature =
        Base64.getDecoder()
            .decode(
                "IPojfrX2dfPnH26UegfbGQQLrdK844DlHq5157/P6h57WyuS/Qsl+h/WSVGDF4MUi4rWSswW38oimDYfNNUBUOk=");
    Digest digest = ReserveStatements.digest(ChainName.BTC, "Trust no one");
    byte[] key =
        CURVE.ecdsaRecover(
            Arrays.copyOfRange(signature, 1, 65), digest.toBytes(), signature[0] - 31);
    assertThat(key).isEqualTo(CURVE.pubkeyCreate(secret));
    String hash = HexFormat.of().formatHex(Crypto.hash160(CURVE.pubKeyCompress(key)));
    byte[] script = HexFormat.of().parseHex("76a914" + hash + "88ac");
    String base64 = Base64.getEncoder().encodeToString(signature);
    assertThat(ReserveStatements.holds(ChainName.BTC, script, "Trust no one", base64)).isTrue();
    assertThat(ReserveStatements.holds(ChainName.BTC, script, "Trust me", base64)).isFalse();
    assertThat(ReserveStatements.holds(ChainName.LTC, script, "Trust no one", base64)).isFalse();
    assertThat(ReserveStatements.holds(ChainName.BTC, script, "Trust no one", "none")).isFalse();
  }

  /** From web3.js, eth.accounts.hashMessage. */
  @Test
  void ethereumMessagesAreHashedAsEip191Says() {
    assertThat(ReserveStatements.digest(ChainName.ETH, "Hello World").toString())
        .isEqualTo("a1de988600a42c4b4ab089b619297c17d53cffae5d5120d82d8a92d0bb3b78f2");
  }

  @Test
  void onlyStatementsAreSignedAndTheySayWhoseAddressItIs() throws Exception {
    byte[] entropy = new byte[Mnemonic.ENTROPY_BYTES];
    Path file = folder.resolve("vault");
    Vault.create(
        file,
        Network.MAIN,
        Vault.accounts(entropy, Network.MAIN, EnumSet.of(Tier.CUSTOMER)),
        entropy,
        Passphrase.of("correct horse".toCharArray()),
        new Argon2(32, 1, 1));
    try (Signer signer =
        InProcessVault.open(
            Vault.read(file), Passphrase.of("correct horse".toCharArray()), statements)) {
      for (ChainName chain : ChainName.values()) {
        String message =
            ReserveStatements.message("Fondaco", 7, chain, 431, "00".repeat(32), "address");
        Statement statement =
            statements.sign(signer, KEY, chain, "address", chain == ChainName.BTC, message);
        assertThat(recovered(statement)).isEqualTo(CURVE.pubkeyParse(signer.publicKey(KEY)));
        Digest digest = ReserveStatements.digest(chain, message);
        assertThatThrownBy(() -> signer.sign(KEY, digest, Scheme.ECDSA))
            .as("the permit is over")
            .isInstanceOf(SignerException.class);
      }
    }
  }

  private static byte[] recovered(Statement statement) {
    byte[] digest = ReserveStatements.digest(statement.chain(), statement.message()).toBytes();
    if (statement.chain() == ChainName.ETH) {
      byte[] bytes = HexFormat.of().parseHex(statement.signature().substring(2));
      return CURVE.ecdsaRecover(Arrays.copyOf(bytes, 64), digest, bytes[64] - 27);
    }
    byte[] bytes = Base64.getDecoder().decode(statement.signature());
    int base = statement.chain() == ChainName.BTC ? 39 : 31;
    return CURVE.ecdsaRecover(Arrays.copyOfRange(bytes, 1, 65), digest, bytes[0] - base);
  }
}
