package org.fondaco.chain.utxo.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.fondaco.chain.utxo.profile.NetworkProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the vectors of BIP-32, BIP-49, BIP-84, BIP-86 and the descriptors of BIP-381 to 386. */
class DescriptorTest {
  private static final AddressFormat MAIN = NetworkProfile.BTC_MAIN.addresses();

  /** The master key of "abandon … about", which BIP-84 and BIP-86 take. */
  private static final String ABANDON =
      "xprv9s21ZrQH143K3GJpoapnV8SFfukcVBSfeCficPSGfubmSFDxo1kuHnLisriDvSnRRuL2Qrg5ggqHKNVpxR86QEC8w"
          + "35uxmGoggxtQTPvfUu";

  private static ExtendedKey master(String seed) {
    return ExtendedKey.master(HexFormat.of().parseHex(seed));
  }

  private static String script(String descriptor, int index) {
    List<Expanded> all = Descriptor.parse(descriptor, MAIN, false).expand(index);
    return HexFormat.of().formatHex(all.getFirst().script());
  }

  /** BIP-32's first, third (leading zeros of a secret) and fourth vectors. */
  @ParameterizedTest
  @CsvSource({
    "000102030405060708090a0b0c0d0e0f, m,"
        + " xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi",
    "000102030405060708090a0b0c0d0e0f, m/0h,"
        + " xprv9uHRZZhk6KAJC1avXpDAp4MDc3sQKNxDiPvvkX8Br5ngLNv1TxvUxt4cV1rGL5hj6KCesnDYUhd7oWgT11eZG7XnxHrnYeSvkzY7d2bhkJ7",
    "000102030405060708090a0b0c0d0e0f, m/0h/1,"
        + " xprv9wTYmMFdV23N2TdNG573QoEsfRrWKQgWeibmLntzniatZvR9BmLnvSxqu53Kw1UmYPxLgboyZQaXwTCg8MSY3H2EU4pWcQDnRnrVA1xe8fs",
    "4b381541583be4423346c643850da4b320e46a87ae3d2a4e6da11eba819cd4acba45d239319ac14f863b8d5ab5a0d0c64d2e8a1e7d1457df2e5a3c51c73235be, m/0h,"
        + " xprv9uPDJpEQgRQfDcW7BkF7eTya6RPxXeJCqCJGHuCJ4GiRVLzkTXBAJMu2qaMWPrS7AANYqdq6vcBcBUdJCVVFceUvJFjaPdGZ2y9WACViL4L"
  })
  void keysAreDerivedAsInBip32(String seed, String path, String expected) {
    ExtendedKey key = master(seed);
    for (String step : path.split("/")) {
      if (!step.equals("m")) {
        boolean hardened = step.endsWith("h");
        int number = Integer.parseInt(step.replace("h", ""));
        key = key.child(hardened ? number | ExtendedKey.HARDENED : number);
      }
    }
    assertThat(key.text(false)).isEqualTo(expected);
    assertThat(ExtendedKey.parse(expected, false).text(false)).isEqualTo(expected);
    assertThat(key.toString()).doesNotContain("xprv");
  }

  @ParameterizedTest
  @CsvSource({
    "84, 0, 0, bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu",
    "84, 0, 1, bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g",
    "84, 1, 0, bc1q8c6fshw2dlwun7ekn9qwf37cu2rn755upcp6el",
    "86, 0, 0, bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr",
    "86, 0, 1, bc1p4qhjn9zdvkux4e44uhx8tc55attvtyu358kutcqkudyccelu0was9fqzwh",
    "86, 1, 0, bc1p3qkhfews2uk44qtvauqyr2ttdsw7svhkl9nkm9s9c3x4ax5h60wqwruhk7"
  })
  void addressesAreThoseOfBip84AndBip86(int purpose, int change, int index, String address) {
    String path = "/" + purpose + "h/0h/0h/" + change + "/*)";
    String text = (purpose == 84 ? "wpkh(" : "tr(") + ABANDON + path;
    Descriptor descriptor = Descriptor.parse(text, MAIN, false);
    assertThat(MAIN.address(descriptor.expand(index).getFirst().script())).isEqualTo(address);
    assertThat(MAIN.address(descriptor.shortened().expand(index).getFirst().script()))
        .isEqualTo(address);
    Descriptor normalized = Descriptor.parse(descriptor.normalizedText(), MAIN, true);
    assertThat(normalized.hasPrivateKeys()).isFalse();
    assertThat(normalized.text()).startsWith(text.substring(0, text.indexOf('(')) + "([73c5da0a/");
    assertThat(MAIN.address(normalized.expand(index).getFirst().script())).isEqualTo(address);
  }

  @Test
  void scriptsAreThoseOfTheBips() {
    String key = "03a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c540c5bd";
    assertThat(script("pk(" + key + ")", 0)).isEqualTo("21" + key + "ac");
    assertThat(script("pkh(" + key + ")", 0))
        .isEqualTo("76a9149a1c78a507689f6f54b847ad1cef1e614ee23f1e88ac");
    assertThat(script("wpkh(" + key + ")", 0))
        .isEqualTo("00149a1c78a507689f6f54b847ad1cef1e614ee23f1e");
    assertThat(script("sh(wpkh(" + key + "))", 0))
        .isEqualTo("a91484ab21b1b2fd065d4504ff693d832434b6108d7b87");
    assertThat(script("tr(a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c540c5bd)", 0))
        .isEqualTo("512077aab6e066f8a7419c5ab714c12c67d25007ed55a43cadcacb4d7a970a093f11");
    List<Expanded> combo = Descriptor.parse("combo(" + key + ")", MAIN, false).expand(0);
    assertThat(combo).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          raw(deadbeef)#                | Expected 8 character checksum, not 0 characters
          raw(deadbeef)#89f8spxmx       | Expected 8 character checksum, not 9 characters
          raw(deedbeef)#89f8spxm        | Provided checksum '89f8spxm' does not match
          raw(deadbeef)##9f8spxm        | Multiple '#' symbols
          raw(Ü)#00000000               | Invalid characters in payload
          pk(nothing)                   | key 'nothing' is not valid
          sh(sh(pk(00)))                | Can only have sh() at top level
          wsh(wpkh(00))                 | Can only have wpkh() at top level or inside sh()
          multi(0)                      | Cannot have 0 keys in multisig
          unknown(1)                    | 'unknown(1)' is not a valid descriptor function
          addr(nowhere)                 | Address is not valid
          """)
  void whatIsWrongIsSaid(String text, String message) {
    assertThatThrownBy(() -> Descriptor.parse(text, MAIN, false))
        .isInstanceOf(DescriptorException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void checksumsAndSecretsAreKept() {
    assertThat(Descriptor.parse("raw(deadbeef)#89f8spxm", MAIN, true).text())
        .isEqualTo("raw(deadbeef)#89f8spxm");
    assertThatThrownBy(() -> Descriptor.parse("raw(deadbeef)", MAIN, true))
        .hasMessage("Missing checksum");
    Descriptor secret = Descriptor.parse("pkh(" + ABANDON + "/1h/*h)", MAIN, false);
    assertThat(secret.toString()).doesNotContain("xprv");
    assertThat(secret.privateText()).startsWith("pkh(" + ABANDON + "/1h/*h)#");
    Descriptor open = Descriptor.parse(secret.text(), MAIN, true);
    assertThatThrownBy(() -> open.expand(0))
        .hasMessage("Cannot derive script without private keys");
  }
}
