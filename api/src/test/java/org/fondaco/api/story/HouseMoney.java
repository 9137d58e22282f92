package org.fondaco.api.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fondaco.custody.Custody;
import org.fondaco.custody.address.Addresses;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.liability.ReserveStatements;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the story's people see of the house's money on a venue that has played the story: a proof
 * that each checks for himself, and movements that two of them approve.
 */
final class HouseMoney {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final URI venue;
  private final StoryCredentials credentials;
  private final Narrator narrator;
  private final Path folder;

  HouseMoney(URI venue, StoryCredentials credentials, Narrator narrator, Path folder) {
    this.venue = venue;
    this.credentials = credentials;
    this.narrator = narrator;
    this.folder = folder;
  }

  private Trader person(String name) {
    return new Trader(HTTP, venue, credentials.user(name));
  }

  /** What anybody gets who has not signed in. */
  private HttpResponse<String> open(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(venue.resolve(path)).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Epoch, proof and verifier over HTTP, the verifier as a process, every forgery refused. */
  void proveLiabilities() throws IOException, InterruptedException {
    JsonNode made = person("administrator").post("/admin/v1/liabilities");
    long epoch = made.path("epoch").asLong();
    JsonNode published = JsonMapper.shared().readTree(open("/v1/liabilities/" + epoch).body());
    assertThat(published).isEqualTo(made);
    assertThat(open("/v1/liabilities").body()).contains("\"epoch\":" + epoch);
    assertThat(open("/v1/liabilities/" + (epoch + 1)).statusCode()).isEqualTo(404);
    HttpResponse<String> verifier = open("/v1/liabilities/verifier");
    assertThat(verifier.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"Verify.java\"");
    Files.writeString(folder.resolve("Verify.java"), verifier.body());
    assertThat(open("/v1/liabilities/" + epoch + "/proof?asset=BTC").statusCode()).isEqualTo(401);

    JsonNode btc = asset(published, "BTC");
    String root = btc.path("root").asString();
    String units = btc.path("totalUnits").asString();
    Trader alice = person("alice");
    String proof = alice.get("/v1/liabilities/" + epoch + "/proof", "asset", "BTC").toString();
    String own = alice.balance("BTC").movePointRight(8).toBigIntegerExact().toString();
    assertThat(proof).contains("\"units\":\"" + own + "\"");
    assertThat(verify(proof, root, units)).contains("The proof holds", own + " units of BTC");
    JsonNode bobs = person("bob").get("/v1/liabilities/" + epoch + "/proof", "asset", "BTC");
    assertThat(verify(bobs.toString(), root, units)).contains("The proof holds");
    assertThat(bobs.path("salt")).isNotEqualTo(JsonMapper.shared().readTree(proof).path("salt"));

    String less = Long.toString(Long.parseLong(own) - 1);
    assertThat(verify(proof.replace("\"" + own + "\"", "\"" + less + "\""), root, units))
        .contains("does not lead to the root");
    refuseUnboundSum(proof, units);
    statements(published);
    assertThatThrownBy(() -> alice.get("/v1/liabilities/" + epoch + "/proof", "asset", "DOGE"))
        .isInstanceOf(StoryFailed.class)
        .hasMessageContaining("HTTP 400");
  }

  /**
   * The attack of eprint 2018/1139 on a real proof: a sibling keeps its hash and loses a part of
   * its sum, and the total is smaller by as much.
   */
  private void refuseUnboundSum(String proof, String units)
      throws IOException, InterruptedException {
    for (JsonNode step : JsonMapper.shared().readTree(proof).path("path")) {
      long sum = step.path("sum").asLong();
      if (sum > 0) {
        String smaller = Long.toString(Long.parseLong(units) - sum);
        String forged =
            proof
                .replace("\"sum\":\"" + sum + "\"", "\"sum\":\"0\"")
                .replace("\"total\":\"" + units + "\"", "\"total\":\"" + smaller + "\"");
        assertThat(verify(forged)).contains("does not lead to the root");
        return;
      }
    }
    throw new AssertionError("alice is alone in " + proof);
  }

  /** Every address with coins has signed, and the message is about this epoch. */
  private void statements(JsonNode published) {
    List<String> networks = new ArrayList<>();
    for (JsonNode reserve : published.path("reserves")) {
      ChainName chain = ChainName.valueOf(reserve.path("network").asString());
      String message = reserve.path("message").asString();
      byte[] script =
          Addresses.parse(chain, Network.REGTEST, reserve.path("address").asString()).target();
      assertThat(message)
          .contains("reserves of epoch " + published.path("epoch").asLong())
          .contains(reserve.path("blockHash").asString(), reserve.path("address").asString());
      String signature = reserve.path("signature").asString();
      assertThat(ReserveStatements.holds(chain, script, message, signature)).isTrue();
      assertThat(ReserveStatements.holds(chain, script, message + " ", signature)).isFalse();
      networks.add(chain.name());
    }
    assertThat(networks).contains("BTC", "BCH", "LTC", "ETH");
    for (JsonNode asset : published.path("assets")) {
      BigDecimal there =
          decimal(asset, "onReserveAddresses").add(decimal(asset, "onDepositAddresses"));
      assertThat(there.add(decimal(asset, "testFunds")))
          .as("%s", asset)
          .isGreaterThanOrEqualTo(decimal(asset, "total"));
    }
  }

  private static JsonNode asset(JsonNode published, String code) {
    for (JsonNode asset : published.path("assets")) {
      if (asset.path("asset").asString().equals(code)) {
        return asset;
      }
    }
    throw new AssertionError(code + " is not in " + published);
  }

  private static BigDecimal decimal(JsonNode node, String name) {
    return new BigDecimal(node.path(name).asString());
  }

  private String verify(String proof, String... published)
      throws IOException, InterruptedException {
    Path file = folder.resolve("proof.json");
    Files.writeString(file, proof);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                folder.resolve("Verify.java").toString(),
                file.toString()));
    command.addAll(List.of(published));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(said.contains("The proof holds") ? 0 : 1);
    return said;
  }

  /** Custody has proposed by itself; nothing moves before two people have agreed. */
  void moveToCold(String... codes) {
    Trader administrator = person("administrator");
    Trader deputy = person("deputy");
    List<String> ids = new ArrayList<>();
    for (String code : codes) {
      JsonNode proposed =
          narrator.await("a proposal for " + code, () -> "", () -> movement("asset", code));
      assertThat(proposed.path("state").asString()).isEqualTo("PROPOSED");
      assertThat(proposed.path("proposedBy").asString()).isEqualTo("custody");
      assertThat(proposed.path("to").asString()).isEqualTo("COLD");
      String id = proposed.path("id").asString();
      String approval = "/admin/v1/movements/" + id + "/approval";
      administrator.post(approval, "note", "too much is hot");
      JsonNode once = administrator.post(approval, "note", "again");
      assertThat(once.path("state").asString()).as("one person twice").isEqualTo("PROPOSED");
      assertThat(once.path("words")).hasSize(1);
      assertThat(deputy.post(approval).path("state").asString()).isEqualTo("APPROVED");
      ids.add(id);
    }
    refuseByHand(administrator, deputy);
    for (String id : ids) {
      JsonNode done =
          narrator.await(
              "movement " + id,
              () -> "",
              () -> movement("id", id).filter(m -> m.path("state").asString().equals("DONE")));
      BigDecimal cold = tier(done.path("asset").asString(), "cold");
      assertThat(cold).isEqualByComparingTo(done.path("amount").asString());
    }
    reconcile();
  }

  /**
   * Out of the cold tier: the transaction leaves, is signed far away and comes back, after others
   * did not. And a cold address says that it is the venue's.
   */
  void moveBack(Custody custody, String code, String coins) throws Exception {
    BigDecimal before = tier(code, "cold");
    Asset asset = asset(custody, code);
    BigInteger atoms = new BigDecimal(coins).movePointRight(asset.decimals()).toBigIntegerExact();
    long id =
        custody
            .transactions()
            .result(t ->
                custody.movements().propose(t, asset.id(), "COLD", "HOT", atoms, "carol", "paid"));
    String path = "/admin/v1/movements/" + id;
    Trader administrator = person("administrator");
    administrator.post(path + "/approval");
    person("deputy").post(path + "/approval");
    JsonNode export =
        narrator.await(
            "an export of " + code, () -> "", () -> answered(administrator, path + "/unsigned"));
    String unsigned = export.path(export.has("psbt") ? "psbt" : "raw").asString();
    refused(administrator, path, unsigned);
    String signed = ColdWallet.sign(export);
    refused(administrator, path, signed.substring(0, 60) + "0000" + signed.substring(64));
    administrator.post(path + "/signed", "transaction", signed);
    narrator.await(
        "movement " + id,
        () -> "",
        () ->
            movement("id", Long.toString(id))
                .filter(m -> m.path("state").asString().equals("DONE")));
    BigDecimal fee = before.subtract(new BigDecimal(coins)).subtract(tier(code, "cold"));
    assertThat(fee).as("paid by the cold tier").isBetween(BigDecimal.ZERO, new BigDecimal("0.1"));
    assertThat(fee).isPositive();
    refused(administrator, path, signed);
  }

  private static Asset asset(Custody custody, String code) {
    return custody.assets().values().stream()
        .filter(asset -> asset.code().equals(code))
        .findAny()
        .orElseThrow();
  }

  private static Optional<JsonNode> answered(Trader trader, String path) {
    try {
      return Optional.of(trader.get(path));
    } catch (StoryFailed e) {
      assertThat(e).hasMessageContaining("HTTP 409");
      return Optional.empty();
    }
  }

  private static void refused(Trader trader, String path, String transaction) {
    assertThatThrownBy(() -> trader.post(path + "/signed", "transaction", transaction))
        .hasMessageContaining("HTTP 4");
  }

  /** The second epoch names the cold address; its key's owner signs it. */
  void signForTheColdTier() throws IOException, InterruptedException {
    Trader administrator = person("administrator");
    JsonNode made = administrator.post("/admin/v1/liabilities");
    String cold = ColdWallet.address(ChainName.LTC);
    JsonNode named = reserve(made, cold);
    assertThat(named.has("signature")).isFalse();
    String path = "/admin/v1/liabilities/" + made.path("epoch").asString() + "/signature";
    String message = named.path("message").asString();
    String wrong = ColdWallet.message("Litecoin Signed Message:\n", message + "!");
    assertThatThrownBy(() -> administrator.post(path, "address", cold, "signed", wrong))
        .hasMessageContaining("HTTP 400");
    String right = ColdWallet.message("Litecoin Signed Message:\n", message);
    administrator.post(path, "address", cold, "signed", right);
    JsonNode published =
        JsonMapper.shared()
            .readTree(open("/v1/liabilities/" + made.path("epoch").asString()).body());
    assertThat(reserve(published, cold).path("signature").asString()).isEqualTo(right);
  }

  private static JsonNode reserve(JsonNode published, String address) {
    for (JsonNode reserve : published.path("reserves")) {
      if (reserve.path("address").asString().equals(address)) {
        return reserve;
      }
    }
    throw new AssertionError(address + " is not in " + published);
  }

  void reconcile() {
    new Books(person("administrator"), narrator).reconcile();
  }

  /** Who proposed does not approve, and one word against it is enough. */
  private static void refuseByHand(Trader administrator, Trader deputy) {
    JsonNode byHand =
        administrator.post(
            "/admin/v1/movements",
            "asset",
            "BTC",
            "from",
            "HOT",
            "to",
            "COLD",
            "amount",
            "0.01",
            "reason",
            "a rainy day");
    String path = "/admin/v1/movements/" + byHand.path("id").asString();
    assertThatThrownBy(() -> administrator.post(path + "/approval"))
        .hasMessageContaining("HTTP 409")
        .hasMessageContaining("nobody approves what he initiated himself");
    JsonNode rejected = deputy.post(path + "/rejection", "note", "it does not rain");
    assertThat(rejected.path("state").asString()).isEqualTo("REJECTED");
    assertThatThrownBy(() -> deputy.post(path + "/approval")).hasMessageContaining("HTTP 409");
  }

  private Optional<JsonNode> movement(String field, String value) {
    for (JsonNode movement : person("administrator").get("/admin/v1/movements")) {
      if (movement.path(field).asString().equals(value)) {
        return Optional.of(movement);
      }
    }
    return Optional.empty();
  }

  private BigDecimal tier(String code, String tier) {
    for (JsonNode asset : person("deputy").get("/admin/v1/custody/tiers")) {
      if (asset.path("asset").asString().equals(code)) {
        return decimal(asset, tier);
      }
    }
    throw new AssertionError("no tiers of " + code);
  }
}
