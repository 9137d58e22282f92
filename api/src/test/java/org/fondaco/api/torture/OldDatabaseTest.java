package org.fondaco.api.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** CUSTODY_FLOWS.md §Ten tests, 5: a backup of the database that has forgotten what was done. */
class OldDatabaseTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Map<String, String> SETTINGS =
      Map.of(
          "FONDACO_NODE_DEPTH", "3",
          "FONDACO_CONFIRMATIONS", "LTC=1",
          "FONDACO_FINAL_DEPTH", "LTC=1");

  @Test
  void isRefusedWhetherTheEngineOrTheGuardFileRemembersMore(@TempDir Path temporary)
      throws Exception {
    Path old = DemoFolder.at(temporary.resolve("old"));
    Path folder = DemoFolder.at(temporary.resolve("data"));
    try (VenueProcess venue = VenueProcess.start(folder, SETTINGS).awaitReady()) {
      payInAndOut(venue);
      venue.sigterm();
      assertThat(venue.awaitExit()).as(venue.log()).isZero();
    }

    Path newer = temporary.resolve("newer");
    DemoFolder.run("mv", folder.resolve("postgres/cluster").toString(), newer.toString());
    DemoFolder.run(
        "cp",
        "-a",
        old.resolve("postgres/cluster").toString(),
        folder.resolve("postgres").toString());
    requireRefused(folder, "it is older than the engine");

    // Engine and database of one old backup, and the guard file that has signed since.
    Path guard = folder.resolve("custody/guard");
    assertThat(guard).exists();
    DemoFolder.run("cp", "-a", guard.toString(), old.resolve("custody").toString());
    requireRefused(old, "it is older than the guard file");

    // With its own database the venue starts as if nothing had been tried.
    DemoFolder.run("rm", "-rf", folder.resolve("postgres/cluster").toString());
    DemoFolder.run("mv", newer.toString(), folder.resolve("postgres/cluster").toString());
    try (VenueProcess venue = VenueProcess.start(folder, SETTINGS).awaitReady()) {
      assertThat(history(venue, "withdraw/history").path("status").asInt()).isEqualTo(6);
    }
  }

  private static void payInAndOut(VenueProcess venue) throws Exception {
    OutsideWallet outside = new OutsideWallet(venue.folder(), "LTC");
    TradingClient alice = venue.users().client("alice");
    String coin = "coin=LTC&network=LTC";
    String address =
        alice
            .signed("GET", "/sapi/v1/capital/deposit/address", coin)
            .expectOk()
            .body()
            .path("address")
            .asString();
    for (String name : new String[] {"carol", "dealer"}) {
      venue
          .users()
          .client(name)
          .signed(
              "POST",
              "/api/v3/order",
              "symbol=LTCUSDT&type=LIMIT&timeInForce=GTC&quantity=1&price=80&side="
                  + (name.equals("carol") ? "SELL" : "BUY"))
          .expectOk();
    }
    Waiting.until("coins", PATIENCE, outside::isRich);
    outside.pay(address, BigDecimal.TEN);
    Waiting.until(
        "the deposit is credited",
        PATIENCE,
        () -> history(venue, "deposit/hisrec").path("status").asInt() == 1);
    alice
        .signed(
            "POST",
            "/sapi/v1/capital/withdraw/apply",
            coin + "&amount=2&address=" + outside.freshAddress(""))
        .expectOk();
    Waiting.until(
        "the withdrawal is paid",
        PATIENCE,
        () -> history(venue, "withdraw/history").path("status").asInt() == 6);
  }

  private static JsonNode history(VenueProcess venue, String what) throws Exception {
    return venue
        .users()
        .client("alice")
        .signed("GET", "/sapi/v1/capital/" + what, "coin=LTC")
        .orThrow()
        .path(0);
  }

  private static void requireRefused(Path folder, String why) throws Exception {
    try (VenueProcess venue = VenueProcess.start(folder, SETTINGS)) {
      assertThat(venue.awaitExit()).as(venue.log()).isEqualTo(1);
      assertThat(venue.log()).contains("custody refuses to start").contains(why);
    }
  }
}
