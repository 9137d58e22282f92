package org.fondaco.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.fondaco.api.address.Addresses;
import org.fondaco.api.address.ClientAddress;
import org.fondaco.api.chain.ChainNodeSettings;
import org.fondaco.api.chain.UtxoNodeSettings;
import org.fondaco.api.config.Settings.InvalidSetting;
import org.fondaco.api.custody.CustodySettings;
import org.fondaco.api.limit.Limits;
import org.fondaco.api.socket.SocketLimits;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.NodeAddress;
import org.fondaco.db.DatabaseConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @TempDir Path temporary;

  @Test
  void defaultsAreADemoOnLoopback() {
    Path data = temporary.resolve("new");
    Settings settings = Settings.of(Map.of("FONDACO_DATA", data.toString(), "PATH", "/bin"));
    assertThat(settings)
        .usingRecursiveComparison()
        .isEqualTo(
            new Settings(
                "127.0.0.1",
                8080,
                data,
                true,
                true,
                Optional.empty(),
                0,
                Limits.DEFAULT,
                64,
                16_384,
                new ClientAddress(Addresses.NONE, ClientAddress.ProxyHeader.X_FORWARDED_FOR),
                Optional.empty(),
                SocketLimits.documented(10_000, 300),
                PeopleSettings.DEFAULT,
                "USDT",
                Optional.empty(),
                Optional.of(new ChainNodeSettings(0, 0, 12, new UtxoNodeSettings(0, 0, 0, 6))),
                settings.custody()));
    assertThat(settings.database())
        .isEqualTo(new DatabaseConfig.Embedded(data.resolve("postgres"), 0));
  }

  @Test
  void custodyIsSetByAssetAndByChainAndWhatIsLeftOutHasItsDefault() {
    CustodySettings custody =
        Settings.of(
                Map.of(
                    "FONDACO_DATA", temporary.toString(),
                    "FONDACO_CONFIRMATIONS", "BTC=1, 4@2.5",
                    "FONDACO_FINAL_DEPTH", "ETH=20",
                    "FONDACO_WITHDRAWAL_FEE", "USDT=0.5",
                    "FONDACO_SCAN_FROM", "BTC=0; LTC=2700000",
                    "FONDACO_LTC_URL", "http://user:pass:word@127.0.0.1:19443/wallet/x",
                    "FONDACO_USDT_CONTRACT", "0xABCDEF0123456789abcdef0123456789abcdef01"))
            .custody();
    assertThat(custody.mode()).isEqualTo(CustodySettings.Mode.AUTO);
    assertThat(Objects.requireNonNull(custody.assets().get("BTC")).confirmations())
        .containsExactly(
            new CustodySettings.ConfirmationTier(BigDecimal.ZERO, 1),
            new CustodySettings.ConfirmationTier(new BigDecimal("2.5"), 4));
    assertThat(Objects.requireNonNull(custody.assets().get("LTC")).confirmations())
        .containsExactly(new CustodySettings.ConfirmationTier(BigDecimal.ZERO, 6));
    assertThat(custody.chains().get(ChainName.ETH))
        .isEqualTo(new CustodySettings.ChainTerms(20, 128, OptionalLong.empty()));
    assertThat(Objects.requireNonNull(custody.chains().get(ChainName.BTC)).scanFrom()).hasValue(0);
    assertThat(Objects.requireNonNull(custody.chains().get(ChainName.LTC)).scanFrom())
        .hasValue(2_700_000);
    assertThat(Objects.requireNonNull(custody.assets().get("USDT")).withdrawalFee())
        .isEqualByComparingTo("0.5");
    assertThat(custody.nodes().get(ChainName.LTC))
        .isEqualTo(
            new NodeAddress(
                URI.create("http://127.0.0.1:19443/wallet/x"), null, "user", "pass:word"));
    assertThat(custody.dollar()).contains("abcdef0123456789abcdef0123456789abcdef01");
    assertThat(custody.toString()).doesNotContain("pass:word");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FONDACO_CUSTODY | maybe",
        "FONDACO_CHAIN_NETWORK | signet",
        "FONDACO_BTC_URL | ftp://x",
        "FONDACO_USDT_CONTRACT | 0x12",
        "FONDACO_CONFIRMATIONS | DOGE=1",
        "FONDACO_CONFIRMATIONS | BTC=0",
        "FONDACO_CONFIRMATIONS | BTC=1@-5",
        "FONDACO_FINAL_DEPTH | BTC=101",
        "FONDACO_SCAN_FROM | BTC",
        "FONDACO_SCAN_FROM | USDT=1",
        "FONDACO_SCAN_FROM | BTC=-1",
        "FONDACO_WITHDRAWAL_FEE | BTC=1e-4"
      })
  void aWrongValueOfCustodyIsRefusedAndNamed(String name, String value) {
    assertThatThrownBy(() -> Settings.of(Map.of("FONDACO_DATA", temporary.toString(), name, value)))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining(name);
  }

  @Test
  void theDemoIsNotAddedToDataThatExistsUnlessAskedFor() throws IOException {
    Files.createFile(temporary.resolve("anything"));
    String data = temporary.toString();
    assertThat(Settings.of(Map.of("FONDACO_DATA", data)).demo()).isFalse();
    assertThat(Settings.of(Map.of("FONDACO_DATA", data, "FONDACO_DEMO", "on")).demo()).isTrue();
  }

  @Test
  void aDemoStaysADemo() throws IOException {
    Files.createFile(temporary.resolve(Settings.DEMO_CREDENTIALS));
    String data = temporary.toString();
    assertThat(Settings.of(Map.of("FONDACO_DATA", data)).demo()).isTrue();
    assertThat(Settings.of(Map.of("FONDACO_DATA", data, "FONDACO_DEMO", "off")).demo()).isFalse();
    assertThatThrownBy(() -> Settings.of(Map.of("FONDACO_DATA", data, "FONDACO_HOST", "0.0.0.0")))
        .isInstanceOf(InvalidSetting.class);
  }

  @Test
  void theDemoNeverListensBeyondLoopback() {
    String data = temporary.resolve("new").toString();
    assertThatThrownBy(() ->
            Settings.of(
                Map.of("FONDACO_DATA", data, "FONDACO_DEMO", "on", "FONDACO_HOST", "0.0.0.0")))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("0.0.0.0");
    assertThat(Settings.of(Map.of("FONDACO_DATA", data, "FONDACO_HOST", "0.0.0.0")).demo())
        .isFalse();
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> Settings.of(Map.of("FONDACO_PROT", "1")))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("FONDACO_PROT");
    assertThatThrownBy(() -> Settings.of(Map.of("FONDACO_PORT", "65536")))
        .isInstanceOf(InvalidSetting.class)
        .hasMessage("FONDACO_PORT must be a port, not 65536");
    assertThatThrownBy(() -> Settings.of(Map.of("FONDACO_ORDERS_PER_DAY", "0")))
        .isInstanceOf(InvalidSetting.class)
        .hasMessage("FONDACO_ORDERS_PER_DAY must be a positive number, not 0");
    assertThatThrownBy(() -> Settings.of(Map.of("FONDACO_SIMULATOR", "yes")))
        .isInstanceOf(InvalidSetting.class)
        .hasMessage("FONDACO_SIMULATOR must be on or off");
  }

  @Test
  void anotherServerReplacesTheEmbeddedOne() {
    assertThat(Settings.of(Map.of("FONDACO_DB_URL", "postgresql://u:p@h/d")).database())
        .isEqualTo(new DatabaseConfig.External("postgresql://u:p@h/d"));
  }

  @Test
  void describesEverySetting() {
    for (Setting setting : Setting.values()) {
      assertThat(Settings.describe()).contains(setting.name()).contains(setting.meaning());
    }
  }
}
