package org.fondaco.api.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import fr.acinq.bitcoin.ByteVector64;
import fr.acinq.bitcoin.Crypto;
import fr.acinq.bitcoin.PublicKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.fondaco.api.config.Settings;
import org.fondaco.custody.Custody;
import org.fondaco.custody.address.AccountKey;
import org.fondaco.custody.address.DerivedAddress;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.guard.Anchor;
import org.fondaco.custody.guard.Guard;
import org.fondaco.custody.guard.GuardEntry;
import org.fondaco.custody.key.Digest;
import org.fondaco.custody.key.KeyRef;
import org.fondaco.custody.key.Mnemonic;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.signer.Pkcs11Module;
import org.fondaco.custody.signer.Pkcs11Signer;
import org.fondaco.custody.signer.Scheme;
import org.fondaco.custody.signer.Signature;
import org.fondaco.custody.signer.SignerException;
import org.fondaco.custody.vault.Argon2;
import org.fondaco.custody.vault.CustodyFolder;
import org.fondaco.custody.vault.Unlock;
import org.fondaco.custody.vault.Vault;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a venue opens when its hot and gas keys, and the key of its vault, are in a module. */
class CustodyKeysTest {
  private static final KeyRef.Hsm HOT = new KeyRef.Hsm("fondaco-eth-hot");
  private static final KeyRef.Hsm COINS = new KeyRef.Hsm("fondaco-btc-hot");
  private static final KeyRef.Hsm WRAP = new KeyRef.Hsm("fondaco-vault");

  @TempDir Path data;
  private static Path pin;
  private static Pkcs11Module module;

  @BeforeAll
  static void token() throws Exception {
    pin = SoftToken.pin();
    module = Pkcs11Module.open(SoftToken.LIBRARY, 0, pin);
    module.generateKey(HOT);
    module.generateKey(COINS);
    module.generateWrappingKey(WRAP);
  }

  private static AccountKey single(ChainName chain, KeyRef.Hsm named, KeyRef.Hsm made) {
    byte[] key = new Pkcs11Signer(module, _ -> false).publicKey(made);
    int purpose = chain == ChainName.ETH ? 44 : 84;
    return new AccountKey.Single(chain, Tier.HOT, named, purpose, HexFormat.of().formatHex(key));
  }

  private CustodyFolder vault(AccountKey... inModule) throws IOException {
    CustodyFolder folder = CustodyFolder.below(data);
    byte[] entropy = Mnemonic.newEntropy();
    List<AccountKey> accounts =
        new ArrayList<>(Vault.accounts(entropy, Network.REGTEST, EnumSet.of(Tier.CUSTOMER)));
    accounts.addAll(List.of(inModule));
    Guard.create(folder.guard());
    try (Unlock wrapping = module.wrappingKey(WRAP)) {
      Vault.create(folder.vault(), Network.REGTEST, accounts, entropy, wrapping, Argon2.STANDARD);
    }
    return folder;
  }

  private CustodySettings settings(String... more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("FONDACO_DATA", data.toString());
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return Settings.of(environment).custody();
  }

  private CustodySettings withModule() {
    return settings(
        "FONDACO_PKCS11_MODULE",
        SoftToken.LIBRARY.toString(),
        "FONDACO_PKCS11_PIN_FILE",
        pin.toString());
  }

  @Test
  void theModuleSignsForItsTiersTheVaultForTheOthersAndTheGuardForBoth() throws Exception {
    CustodyFolder folder =
        vault(single(ChainName.ETH, HOT, HOT), single(ChainName.BTC, COINS, COINS));
    assertThat(Files.readString(folder.vault())).contains("\nkey hsm:fondaco-vault\n");
    Custody.Keys keys = CustodyKeys.open(folder, withModule());
    try {
      int nonce = 0;
      for (ChainName chain : List.of(ChainName.ETH, ChainName.BTC)) {
        for (Tier tier : List.of(Tier.HOT, Tier.CUSTOMER)) {
          DerivedAddress address = keys.derivation().derive(chain, tier, 0);
          assertThat(address.key() instanceof KeyRef.Hsm).isEqualTo(tier == Tier.HOT);
          assertThat(HexFormat.of().formatHex(keys.signer().publicKey(address.key())))
              .isEqualTo(address.publicKey());
          signsWhatTheGuardKnows(keys, address.key(), nonce++);
        }
      }
    } finally {
      keys.signer().close();
      keys.guard().close();
    }
  }

  private static void signsWhatTheGuardKnows(Custody.Keys keys, KeyRef key, int nonce) {
    Digest digest = Digest.sha256("payment " + nonce);
    assertThatExceptionOfType(SignerException.class)
        .isThrownBy(() -> keys.signer().sign(key, digest, Scheme.ECDSA_RECOVERABLE))
        .extracting(SignerException::reason)
        .isEqualTo(SignerException.Reason.NOT_GUARDED);
    Anchor anchor = Anchor.nonce("ETH-1337", "0x" + "11".repeat(20), BigInteger.valueOf(nonce));
    keys.guard().append(new GuardEntry(anchor, GuardEntry.NOBODY, 1, digest, List.of(digest)));
    Signature signature = keys.signer().sign(key, digest, Scheme.ECDSA_RECOVERABLE);
    assertThat(
            Crypto.verifySignature(
                digest.toBytes(),
                new ByteVector64(signature.toBytes()),
                PublicKey.parse(keys.signer().publicKey(key))))
        .isTrue();
  }

  @Test
  void withoutItsModuleOrWithAnotherTokenCustodyDoesNotStart() throws Exception {
    CustodyFolder folder = vault(single(ChainName.ETH, HOT, HOT));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> CustodyKeys.open(folder, settings()))
        .withMessageContaining("set FONDACO_PKCS11_MODULE and FONDACO_PKCS11_PIN_FILE");
    Path wrong = Files.writeString(data.resolve("wrong"), "9999\n");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() ->
            CustodyKeys.open(
                folder,
                settings(
                    "FONDACO_PKCS11_MODULE",
                    SoftToken.LIBRARY.toString(),
                    "FONDACO_PKCS11_SLOT",
                    "77",
                    "FONDACO_PKCS11_PIN_FILE",
                    wrong.toString())))
        .withMessageContaining("does not open");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() ->
            CustodyKeys.open(
                folder,
                settings(
                    "FONDACO_PKCS11_MODULE",
                    SoftToken.LIBRARY.toString(),
                    "FONDACO_PKCS11_PIN_FILE",
                    data.resolve("none").toString())))
        .withMessageContaining("there is no FONDACO_PKCS11_PIN_FILE");
    assertThatExceptionOfType(Settings.InvalidSetting.class)
        .isThrownBy(() -> settings("FONDACO_PKCS11_MODULE", "/lib/none.so"))
        .withMessageContaining("come together");
  }

  @Test
  void aKeyThatTheAddressesWereNotMadeOfIsRefused() throws Exception {
    CustodyFolder folder = vault(single(ChainName.ETH, HOT, COINS));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> CustodyKeys.open(folder, withModule()))
        .withMessageContaining("the module's key hsm:fondaco-eth-hot is another one")
        .withMessageContaining("it is another token");
  }
}
