package org.fondaco.api.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fondaco.api.Venue;
import org.fondaco.api.config.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole story on nodes that are not ours: ether and USDT on anvil, litecoins on litecoind, by
 * three settings and nothing else; Bitcoin and Bitcoin Cash on the embedded nodes.
 */
class ForeignNodesTest {
  private static final int FLOAT_ETHER = 5;

  @Test
  void aVenueOnAnvilAndLitecoindByConfigurationOnly(@TempDir Path folder) throws Exception {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    try (ForeignNodes nodes = new ForeignNodes(folder)) {
      Map<String, String> environment = new HashMap<>(nodes.settings());
      environment.put("FONDACO_DATA", folder.resolve("data").toString());
      environment.put("FONDACO_PORT", "0");
      environment.put("FONDACO_DEMO", "on");
      environment.put("FONDACO_SIMULATOR", "off");
      environment.put("FONDACO_WEIGHT_PER_MINUTE", "1000000");
      environment.put("FONDACO_CONFIRMATIONS", "BTC=1; LTC=2; BCH=2; ETH=2; USDT=2");
      environment.put("FONDACO_FINAL_DEPTH", "BTC=2; LTC=2; BCH=2; ETH=2");
      Settings settings = Settings.of(environment);
      try (Venue venue = Venue.start(settings)) {
        StoryCredentials written =
            StoryCredentials.read(settings.data().resolve(Settings.DEMO_CREDENTIALS));
        assertThat(written.nodes())
            .as("the embedded nodes of other people's chains are nobody's world")
            .extracting(StoryCredentials.Node::chain)
            .containsExactlyInAnyOrder("BTC", "BCH");
        bringEther(nodes, venue, written);
        List<StoryCredentials.Node> outside = new ArrayList<>(written.nodes());
        outside.addAll(nodes.outside());
        Path credentials = folder.resolve("credentials.json");
        Files.write(
            credentials,
            JsonMapper.shared()
                .writeValueAsBytes(
                    new StoryCredentials(written.baseUrl(), written.users(), outside)));
        Story.play(
            venue.address(), credentials, new PrintStream(told, true, StandardCharsets.UTF_8));
        requireRefusals(nodes, venue, written);
      }
    }
    assertThat(told.toString(StandardCharsets.UTF_8)).contains("zero breaks in 5 assets");
  }

  /** What an operator does once: ether for fees, to the addresses that the venue tells him. */
  private static void bringEther(ForeignNodes nodes, Venue venue, StoryCredentials people)
      throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      Trader administrator = new Trader(http, venue.address(), people.user("administrator"));
      for (JsonNode house : administrator.get("/admin/v1/custody/addresses")) {
        if (house.path("chain").asString().equals("ETH")) {
          nodes.bring(house.path("address").asString(), FLOAT_ETHER);
          assertThat(nodes.wei(house.path("address").asString())).isPositive();
        }
      }
    }
  }

  /** Places where coins would be lost, or that are the venue's own. */
  private static void requireRefusals(ForeignNodes nodes, Venue venue, StoryCredentials people) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      Trader bob = new Trader(http, venue.address(), people.user("bob"));
      Trader auditor = new Trader(http, venue.address(), people.user("administrator"));
      requireRefusal(bob, "ETH", nodes.dollar(), "ETH is not sent to contracts");
      requireRefusal(bob, "USDT", nodes.dollar(), "USDT's own contract");
      requireRefusal(bob, "LTC", depositAddress(bob, "BTC"), "n address of BTC, and this is LTC");
      requireRefusal(bob, "BTC", depositAddress(bob, "LTC"), "n address of LTC, and this is BTC");
      requireRefusal(bob, "BTC", depositAddress(bob, "ETH"), "n address of ETH, and this is BTC");
      requireRefusal(bob, "ETH", depositAddress(bob, "LTC"), "n address of LTC, and this is ETH");
      requireRefusal(bob, "ETH", "0x" + "00".repeat(20), "obody has the key");
      requireRefusal(bob, "LTC", depositAddress(bob, "LTC"), "your own deposit address");
      for (JsonNode house : auditor.get("/admin/v1/custody/addresses")) {
        requireRefusal(
            bob,
            house.path("chain").asString(),
            house.path("address").asString(),
            "belongs to the venue");
      }
    }
  }

  private static String depositAddress(Trader customer, String coin) {
    return customer
        .get("/sapi/v1/capital/deposit/address", "coin", coin, "network", coin)
        .path("address")
        .asString();
  }

  private static void requireRefusal(Trader customer, String coin, String address, String why) {
    assertThatThrownBy(() ->
            customer.post(
                "/sapi/v1/capital/withdraw/apply",
                "coin",
                coin,
                "address",
                address,
                "amount",
                coin.equals("USDT") ? "50" : "0.1"))
        .isInstanceOf(StoryFailed.class)
        .hasMessageContaining(why);
  }
}
