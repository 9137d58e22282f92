package org.fondaco.custody.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import org.fondaco.custody.address.AddressException.Reason;
import org.fondaco.custody.chain.ChainName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The vectors of EIP-55, BIP-173, BIP-350, CashAddr and Litecoin, and what is refused and why. */
class AddressesTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final long SEED = 20261128;

  private static String script(ChainName chain, Network network, String text) {
    return HEX.formatHex(Addresses.parse(chain, network, text).target());
  }

  private static void refused(ChainName chain, Network network, String text, Reason reason) {
    assertThatExceptionOfType(AddressException.class)
        .as("%s %s %s", chain, network, text)
        .isThrownBy(() -> Addresses.parse(chain, network, text))
        .extracting(AddressException::reason)
        .isEqualTo(reason);
  }

  @Test
  void checksumsOfEip55() {
    for (String address :
        new String[] {
          "0x52908400098527886E0F7030069857D2E4169EE7",
          "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
          "0xde709f2102306220921060314715629080e2fb77",
          "0x27b1fdb04752bbc536007a920d24acb045561c26",
          "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
          "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
          "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
          "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"
        }) {
      for (String spelling : new String[] {address, address.toLowerCase(Locale.ROOT)}) {
        Address parsed = Addresses.parse(ChainName.ETH, Network.MAIN, spelling);
        assertThat(parsed.text()).isEqualTo(address);
        assertThat(parsed.target()).hasSize(20);
      }
    }
    refused(
        ChainName.ETH,
        Network.MAIN,
        "0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        Reason.MALFORMED);
    refused(
        ChainName.ETH, Network.MAIN, "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", Reason.MALFORMED);
    refused(ChainName.ETH, Network.MAIN, "0x" + "0".repeat(40), Reason.UNSPENDABLE);
  }

  @Test
  void witnessProgramsOfBip173And350() {
    assertThat(script(ChainName.BTC, Network.MAIN, "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"))
        .isEqualTo("0014751e76e8199196d454941c45d1b3a323f1433bd6");
    assertThat(
            script(
                ChainName.BTC,
                Network.TEST,
                "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7"))
        .isEqualTo("00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262");
    assertThat(
            script(
                ChainName.BTC,
                Network.MAIN,
                "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"))
        .isEqualTo("512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
    for (String anyoneCanSpend :
        new String[] {
          "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
          "BC1SW50QGDZ25J",
          "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs",
        }) {
      refused(ChainName.BTC, Network.MAIN, anyoneCanSpend, Reason.UNSPENDABLE);
    }
    for (String invalid :
        new String[] {
          "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
          "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
          "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",
          "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",
          "BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R",
          "bc1pw5dgrnzv",
          "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P",
          "bc1gmk9yu",
          "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kV8f3t4",
        }) {
      refused(ChainName.BTC, Network.MAIN, invalid, Reason.MALFORMED);
    }
    refused(
        ChainName.BTC,
        Network.MAIN,
        OutputFormats.taproot("bc", HEX.parseHex("00".repeat(31) + "05")),
        Reason.UNSPENDABLE);
  }

  @Test
  void litecoinsOwnVectors() throws Exception {
    int read = 0;
    for (JsonNode vector : json("litecoin_key_io_valid.json")) {
      if (vector.get(2).get("isPrivkey").asBoolean()) {
        continue;
      }
      String text = vector.get(0).asString();
      Network network = Network.parse(vector.get(2).get("chain").asString());
      if (isUnprotected(vector.get(1).asString())) {
        refused(ChainName.LTC, network, text, Reason.UNSPENDABLE);
      } else {
        assertThat(script(ChainName.LTC, network, text)).isEqualTo(vector.get(1).asString());
      }
      read++;
    }
    assertThat(read).isGreaterThan(30);
    for (JsonNode vector : json("litecoin_key_io_invalid.json")) {
      for (Network network : Network.values()) {
        refused(ChainName.LTC, network, vector.get(0).asString(), Reason.MALFORMED);
      }
    }
  }

  /** Witness programs that no rule protects, and taproot outputs whose bytes are no key. */
  private static boolean isUnprotected(String script) {
    if (script.startsWith("5120")) {
      return !OutputFormats.isPoint(HEX.parseHex(script.substring(4)));
    }
    return script.startsWith("5") || script.startsWith("60");
  }

  @Test
  void cashAddressesOfTheSpecification() {
    assertThat(
            script(
                ChainName.BCH,
                Network.MAIN,
                "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"))
        .isEqualTo("76a91476a04053bda0a88bda5177b86a15c3b29f55987388ac");
    assertThat(script(ChainName.BCH, Network.MAIN, "ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq"))
        .isEqualTo("a91476a04053bda0a88bda5177b86a15c3b29f55987387");
    assertThat(
            script(
                ChainName.BCH,
                Network.MAIN,
                "BITCOINCASH:QPM2QSZNHKS23Z7629MMS6S4CWEF74VCWVY22GDX6A"))
        .isEqualTo("76a91476a04053bda0a88bda5177b86a15c3b29f55987388ac");
    assertThat(
            Addresses.parse(
                    ChainName.BCH,
                    Network.MAIN,
                    CashAddr.write("bitcoincash", CashAddr.TOKEN_KEY, new byte[20]))
                .text())
        .as("who can hold tokens can hold coins")
        .isEqualTo(CashAddr.write("bitcoincash", CashAddr.KEY, new byte[20]));
    assertThat(
            script(
                ChainName.BCH,
                Network.REGTEST,
                CashAddr.write("bchreg", CashAddr.SCRIPT, new byte[32])))
        .isEqualTo("aa20" + "00".repeat(32) + "87");
    refused(
        ChainName.BCH,
        Network.MAIN,
        "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6b",
        Reason.MALFORMED);
    refused(
        ChainName.BCH,
        Network.MAIN,
        CashAddr.write("bitcoincash", CashAddr.KEY, new byte[24]),
        Reason.MALFORMED);
  }

  @Test
  void theRightAddressOfTheWrongChain() {
    refused(
        ChainName.ETH,
        Network.MAIN,
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        Reason.WRONG_CHAIN);
    refused(
        ChainName.BTC,
        Network.MAIN,
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        Reason.WRONG_CHAIN);
    refused(
        ChainName.BTC,
        Network.MAIN,
        "ltc1qjmxnz78nmc8nq77wuxh25n2es7rzm5c2rkk4wh",
        Reason.WRONG_CHAIN);
    refused(
        ChainName.LTC,
        Network.MAIN,
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        Reason.WRONG_CHAIN);
    refused(ChainName.LTC, Network.MAIN, "1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA", Reason.WRONG_CHAIN);
    refused(
        ChainName.BTC,
        Network.MAIN,
        "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
        Reason.WRONG_CHAIN);
    assertThatExceptionOfType(AddressException.class)
        .isThrownBy(() ->
            Addresses.parse(
                ChainName.ETH, Network.MAIN, "ltc1qjmxnz78nmc8nq77wuxh25n2es7rzm5c2rkk4wh"))
        .withMessage("an address of LTC, and this is ETH");
  }

  @Test
  void theRightAddressOfTheWrongNetwork() {
    refused(
        ChainName.BTC,
        Network.REGTEST,
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        Reason.WRONG_NETWORK);
    refused(
        ChainName.BTC, Network.MAIN, "2Mww8dCYPUpKHofjgcXcBCEGmniw9CoaiD2", Reason.WRONG_NETWORK);
    refused(
        ChainName.BCH,
        Network.REGTEST,
        "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
        Reason.WRONG_NETWORK);
  }

  @Test
  void whatTwoChainsWriteAlikeIsWrittenTheOtherWay() {
    refused(ChainName.BCH, Network.MAIN, "1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA", Reason.AMBIGUOUS);
    assertThatExceptionOfType(AddressException.class)
        .isThrownBy(() ->
            Addresses.parse(ChainName.LTC, Network.MAIN, "3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC"))
        .withMessageContaining("both have this address")
        .withMessageContaining("M");
    assertThat(script(ChainName.BTC, Network.MAIN, "3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC"))
        .startsWith("a914");
  }

  @Test
  void noTypingErrorPasses() {
    Random random = new Random(SEED);
    String[][] addresses = {
      {"BTC", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"},
      {"BTC", "1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA"},
      {"BCH", "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"},
      {"LTC", "MHrYRxAiMNBTku3eoDHwhA1LQGDjUStZW2"},
    };
    for (String[] address : addresses) {
      for (int i = 0; i < 150; i++) {
        char[] letters = address[1].toCharArray();
        int at = random.nextInt(letters.length);
        letters[at] = (char) ('0' + random.nextInt(75));
        String typo = new String(letters);
        if (!typo.equals(address[1])) {
          assertThatExceptionOfType(AddressException.class)
              .as("seed %d: %s", SEED, typo)
              .isThrownBy(() -> Addresses.parse(ChainName.valueOf(address[0]), Network.MAIN, typo));
        }
      }
    }
  }

  @Test
  void anyTextIsAnsweredByAnAddressOrARefusal() {
    Random random = new Random(SEED);
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "bc1" : "");
      for (int length = random.nextInt(60); length > 0; length--) {
        text.append((char) random.nextInt(random.nextBoolean() ? 128 : 0x3000));
      }
      for (ChainName chain : ChainName.values()) {
        try {
          Addresses.parse(chain, Network.MAIN, text.toString());
        } catch (AddressException e) {
          refused++;
        }
      }
    }
    assertThat(refused).isEqualTo(2_000);
    refused(ChainName.BTC, Network.MAIN, "1".repeat(100_000), Reason.MALFORMED);
  }

  private static JsonNode json(String name) throws IOException {
    try (InputStream in = AddressesTest.class.getResourceAsStream(name)) {
      return JsonMapper.builder().build().readTree(in);
    }
  }
}
