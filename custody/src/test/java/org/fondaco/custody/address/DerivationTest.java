package org.fondaco.custody.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.List;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.key.HdKey;
import org.fondaco.custody.key.KeyPath;
import org.fondaco.custody.key.KeyRef;
import org.fondaco.custody.key.Mnemonic;
import org.fondaco.custody.key.Tier;
import org.junit.jupiter.api.Test;

/** The vectors of BIP-49, 84 and 86, and what other wallets show for the same twelve words. */
class DerivationTest {
  /** abandon … about, the words of all these vectors. */
  private static final byte[] SEED = Mnemonic.seed(new byte[16], new byte[0]);

  private static AccountKey account(
      ChainName chain, Tier tier, Network network, KeyPath path, boolean watched) {
    try (HdKey key = HdKey.derive(SEED, path)) {
      return new AccountKey.Extended(
          chain, tier, path, watched, key.extendedPublicKey().encode(Derivation.prefix(network)));
    }
  }

  private static Derivation of(ChainName chain, Network network, String path) {
    return new Derivation(
        network, List.of(account(chain, Tier.CUSTOMER, network, KeyPath.parse(path), false)));
  }

  private static String address(Derivation derivation, ChainName chain, int index) {
    return derivation.derive(chain, Tier.CUSTOMER, index).address().text();
  }

  @Test
  void witnessKeysOfBip84() {
    Derivation derivation = of(ChainName.BTC, Network.MAIN, "m/84'/0'/0'");
    DerivedAddress first = derivation.derive(ChainName.BTC, Tier.CUSTOMER, 0);
    assertThat(first.address().text()).isEqualTo("bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu");
    assertThat(first.publicKey())
        .isEqualTo("0330d54fd0dd420a6e5f8d3624f5f3482cae350f79d5f0753bf5beef9c2d91af3c");
    assertThat(first.key()).isEqualTo(KeyRef.parse("m/84'/0'/0'/0/0"));
    assertThat(address(derivation, ChainName.BTC, 1))
        .isEqualTo("bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g");
  }

  @Test
  void taprootKeysOfBip86() {
    Derivation derivation = of(ChainName.BTC, Network.MAIN, "m/86'/0'/0'");
    DerivedAddress first = derivation.derive(ChainName.BTC, Tier.CUSTOMER, 0);
    assertThat(first.address().text())
        .isEqualTo("bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr");
    assertThat(HexFormat.of().formatHex(first.address().target()))
        .isEqualTo("5120a60869f0dbcf1dc659c9cecbaf8050135ea9e8cdc487053f1dc6880949dc684c");
    assertThat(address(derivation, ChainName.BTC, 1))
        .isEqualTo("bc1p4qhjn9zdvkux4e44uhx8tc55attvtyu358kutcqkudyccelu0was9fqzwh");
  }

  @Test
  void nestedKeysOfBip49() {
    Derivation derivation = of(ChainName.BTC, Network.TEST, "m/49'/1'/0'");
    assertThat(((AccountKey.Extended) derivation.accounts().getFirst()).extended())
        .startsWith("tpub");
    assertThat(address(derivation, ChainName.BTC, 0))
        .isEqualTo("2Mww8dCYPUpKHofjgcXcBCEGmniw9CoaiD2");
  }

  @Test
  void keysOfBip44OnTheOtherChains() {
    assertThat(address(of(ChainName.BTC, Network.MAIN, "m/44'/0'/0'"), ChainName.BTC, 0))
        .isEqualTo("1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA");
    assertThat(address(of(ChainName.ETH, Network.MAIN, "m/44'/60'/0'"), ChainName.ETH, 0))
        .isEqualTo("0x9858EfFD232B4033E47d90003D41EC34EcaEda94");
    assertThat(address(of(ChainName.BCH, Network.MAIN, "m/44'/145'/0'"), ChainName.BCH, 0))
        .isEqualTo("bitcoincash:qqyx49mu0kkn9ftfj6hje6g2wfer34yfnq5tahq3q6");
    assertThat(address(of(ChainName.LTC, Network.MAIN, "m/84'/2'/0'"), ChainName.LTC, 0))
        .isEqualTo("ltc1qjmxnz78nmc8nq77wuxh25n2es7rzm5c2rkk4wh");
  }

  @Test
  void pathsOfTiers() {
    assertThat(Derivation.account(ChainName.BTC, Tier.CUSTOMER)).hasToString("m/84'/0'/0'");
    assertThat(Derivation.account(ChainName.LTC, Tier.HOT)).hasToString("m/84'/2'/1'");
    assertThat(Derivation.account(ChainName.BCH, Tier.COLD)).hasToString("m/44'/145'/3'");
    assertThat(Derivation.account(ChainName.ETH, Tier.GAS)).hasToString("m/44'/60'/4'");
    assertThat(Derivation.account(ChainName.BTC, Tier.WARM, 86)).hasToString("m/86'/0'/2'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Derivation.account(ChainName.BCH, Tier.HOT, 84));
  }

  @Test
  void whatIsWatchedIsNamedSo() {
    Derivation derivation =
        new Derivation(
            Network.REGTEST,
            List.of(
                account(
                    ChainName.BTC,
                    Tier.COLD,
                    Network.REGTEST,
                    Derivation.account(ChainName.BTC, Tier.COLD),
                    true)));
    DerivedAddress cold = derivation.derive(ChainName.BTC, Tier.COLD, 7);
    assertThat(cold.key()).hasToString("watched:m/84'/0'/3'/0/7");
    assertThat(cold.address().text()).startsWith("bcrt1q");
  }

  @Test
  void oneKeyOfAModuleHasOneAddress() {
    AccountKey single =
        new AccountKey.Single(
            ChainName.ETH,
            Tier.HOT,
            new KeyRef.Hsm("hot-eth"),
            44,
            "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
    Derivation derivation = new Derivation(Network.MAIN, List.of(single));
    DerivedAddress hot = derivation.derive(ChainName.ETH, Tier.HOT, 0);
    assertThat(hot.address().text()).isEqualTo("0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf");
    assertThat(hot.key()).hasToString("hsm:hot-eth");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> derivation.derive(ChainName.ETH, Tier.HOT, 1));
    assertThat(AccountKey.parse(single.line())).isEqualTo(single);
  }

  @Test
  void accountsAreReadAsTheyAreWrittenAndCheckedWhenTheyAreUsed() {
    AccountKey account =
        account(ChainName.BTC, Tier.HOT, Network.MAIN, KeyPath.parse("m/84'/0'/1'"), false);
    assertThat(AccountKey.parse(account.line())).isEqualTo(account);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Derivation(Network.REGTEST, List.of(account)))
        .withMessageContaining("not of the network regtest");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Derivation(Network.MAIN, List.of(account, account)))
        .withMessageContaining("two accounts");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Derivation(Network.MAIN, List.of(AccountKey.parse(account.line() + "x"))));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new Derivation(Network.MAIN, List.of(account)).derive(ChainName.BTC, Tier.GAS, 0));
  }
}
