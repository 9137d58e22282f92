package org.fondaco.chain.utxo.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.SplittableRandom;
import org.fondaco.chain.utxo.profile.NetworkProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final AddressFormat BTC = NetworkProfile.BTC_MAIN.addresses();
  private static final AddressFormat BCH = NetworkProfile.BCH_MAIN.addresses();
  private static final AddressFormat LTC = NetworkProfile.LTC_MAIN.addresses();

  /** BIP-173, BIP-350 and the first block's key. */
  @ParameterizedTest
  @CsvSource({
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa, 76a91462e907b15cbf27d5425399ebf6f0fb50ebb88f1888ac",
    "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4, 0014751e76e8199196d454941c45d1b3a323f1433bd6",
    "BC1SW50QGDZ25J, 6002751e",
    "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs, 5210751e76e8199196d454941c45d1b3a323",
    "bc1pfeessrawgf, 51024e73"
  })
  void bitcoinsAddressesStandForScripts(String address, String script) {
    assertThat(HEX.formatHex(BTC.script(address))).isEqualTo(script);
    assertThat(BTC.address(HEX.parseHex(script))).isEqualToIgnoringCase(address);
  }

  /** BIP-173's and BIP-350's lists, and addresses of others. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bc1",
        "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
        "BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",
        "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",
        "BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R",
        "bc1pw5dgrnzv",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav",
        "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf",
        "bc1gmk9yu",
        "bc1qW508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        "LT2KVaAy1ppRuxRgrS5RNU3vBsy7RibPeA",
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfN0"
      })
  void whatIsNoAddressOfTheNetworkIsRefused(String text) {
    assertThatThrownBy(() -> BTC.script(text)).isInstanceOf(AddressException.class);
  }

  /** CashAddr's specification, by legacy hash. */
  @ParameterizedTest
  @CsvSource({
    "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a, "
        + "76a91476a04053bda0a88bda5177b86a15c3b29f55987388ac",
    "bitcoincash:ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq, "
        + "a91476a04053bda0a88bda5177b86a15c3b29f55987387"
  })
  void cashAddressesStandForScripts(String address, String script) {
    assertThat(HEX.formatHex(BCH.script(address))).isEqualTo(script);
    assertThat(HEX.formatHex(BCH.script(address.substring(12)))).isEqualTo(script);
    assertThat(HEX.formatHex(BCH.script(address.toUpperCase(java.util.Locale.ROOT))))
        .isEqualTo(script);
    assertThat(BCH.address(HEX.parseHex(script))).isEqualTo(address);
  }

  @Test
  void cashAddressesKnowTokensAndLongHashes() {
    byte[] script = HEX.parseHex("aa20" + "07".repeat(32) + "87");
    String plain = BCH.address(script);
    String aware = BCH.address(script, true);
    assertThat(plain).isNotNull().startsWith("bitcoincash:p");
    assertThat(aware).isNotNull().isNotEqualTo(plain).startsWith("bitcoincash:r");
    assertThat(BCH.script(plain)).isEqualTo(script);
    assertThat(BCH.script(aware)).isEqualTo(script);
    assertThat(CashAddr.decode("bitcoincash", aware).type().isTokenAware()).isTrue();
  }

  @Test
  void bitcoinCashTakesNoBase58AndNoOtherNetwork() {
    for (String text :
        new String[] {
          "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
          "bchtest:qpm2qsznhks23z7629mms6s4cwef74vcwvqcw003ap",
          "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6b",
          "bitcoincash:",
          "bitcoincash"
        }) {
      assertThatThrownBy(() -> BCH.script(text)).isInstanceOf(AddressException.class);
    }
  }

  @Test
  void everySingleErrorInACashAddressIsFound() {
    String address = "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a";
    for (int i = 12; i < address.length(); i++) {
      for (char c : "qpzry9x8gf2tvdw0s3jn54khce6mua7l".toCharArray()) {
        if (c != address.charAt(i)) {
          String wrong = address.substring(0, i) + c + address.substring(i + 1);
          assertThatThrownBy(() -> BCH.script(wrong)).isInstanceOf(AddressException.class);
        }
      }
    }
  }

  @Test
  void extensionBlocksAreDeclinedInClearWords() {
    assertThatThrownBy(() -> LTC.script("ltcmweb1qqw5p8f3"))
        .hasMessage("MWEB addresses are not supported");
  }

  @Test
  void litecoinReadsOldScriptHashesAndWritesNew() {
    byte[] script = HEX.parseHex("a914" + "01".repeat(20) + "87");
    String written = LTC.address(script);
    assertThat(written).isNotNull().startsWith("M");
    String old = BTC.address(script);
    assertThat(old).isNotNull().startsWith("3");
    assertThat(LTC.script(old)).isEqualTo(script);
  }

  @Test
  void randomPayloadsComeBack() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      for (int k = 0; k < bytes.length && random.nextBoolean(); k++) {
        bytes[k] = 0;
      }
      assertThat(Base58.decodeChecked(Base58.encodeChecked(bytes))).isEqualTo(bytes);
      assertThat(Base32.toBytes(Base32.toGroups(bytes))).isEqualTo(bytes);
    }
  }

  @Test
  void aPrivateKeyComesBack() {
    AddressFormat.PrivateKey key =
        new AddressFormat.PrivateKey(HEX.parseHex("0c".repeat(32)), true);
    AddressFormat.PrivateKey read = BTC.privateKey(BTC.text(key));
    assertThat(read.bytes()).isEqualTo(key.bytes());
    assertThat(read.compressed()).isTrue();
    assertThatThrownBy(() -> LTC.privateKey(BTC.text(key)))
        .hasMessage("not a private key of this network");
  }
}
