package org.fondaco.api.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.fondaco.api.Venue;
import org.fondaco.api.config.Settings;
import org.fondaco.custody.chain.ChainName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code ./fondaco demo} plays: deposits, trades and withdrawals of five assets through the
 * public interface, real nodes, a real database, and books that agree to the last atom; again after
 * a restart.
 */
class StoryTest {
  @Test
  void moneyComesInTradesAndGoesOutAndTheBooksAgree(@TempDir Path folder) throws Exception {
    Settings settings =
        Settings.of(
            Map.of(
                "FONDACO_DATA", folder.resolve("data").toString(),
                "FONDACO_PORT", "0",
                "FONDACO_DEMO", "on",
                "FONDACO_SIMULATOR", "off",
                "FONDACO_NODE_DEPTH", "4",
                "FONDACO_CONFIRMATIONS", "LTC=2; BCH=2; ETH=3; USDT=3",
                "FONDACO_FINAL_DEPTH", "BTC=2; LTC=2; BCH=2; ETH=3",
                "FONDACO_HOT_MAXIMUM", "LTC=12; ETH=4",
                "FONDACO_COLD_ADDRESS",
                    "LTC=%s; ETH=%s"
                        .formatted(
                            ColdWallet.address(ChainName.LTC), ColdWallet.address(ChainName.ETH))));
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    for (int run = 0; run < 2; run++) {
      try (Venue venue = Venue.start(settings)) {
        Story.play(
            venue.address(),
            settings.data().resolve(Settings.DEMO_CREDENTIALS),
            new PrintStream(told, true, StandardCharsets.UTF_8));
        if (run == 1) {
          houseMoney(venue, settings, folder);
        }
      }
    }
    assertThat(told.toString(StandardCharsets.UTF_8).split("zero breaks in 5 assets", -1))
        .as("%s", told)
        .hasSize(3);
  }

  private static void houseMoney(Venue venue, Settings settings, Path folder) throws Exception {
    HouseMoney money =
        new HouseMoney(
            venue.address(),
            StoryCredentials.read(settings.data().resolve(Settings.DEMO_CREDENTIALS)),
            new Narrator(System.out, Duration.ofMinutes(3)),
            folder);
    money.proveLiabilities();
    money.moveToCold("LTC", "ETH");
  }
}
