package org.fondaco.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.fondaco.api.address.Addresses;
import org.fondaco.api.address.ClientAddress;
import org.fondaco.api.chain.ChainNodeSettings;
import org.fondaco.api.chain.UtxoNodeSettings;
import org.fondaco.api.config.Settings.InvalidSetting;
import org.fondaco.api.limit.Limits;
import org.fondaco.api.socket.SocketLimits;
import org.fondaco.db.DatabaseConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                Optional.of(new ChainNodeSettings(0, 0, 12, new UtxoNodeSettings(0, 0, 0, 6)))));
    assertThat(settings.database())
        .isEqualTo(new DatabaseConfig.Embedded(data.resolve("postgres"), 0));
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
