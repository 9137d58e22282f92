package org.fondaco.api.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.fondaco.api.audit.AuditLog;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Venue control as an operator uses it, over HTTP. */
class VenueControlTest {
  private static final String LIMIT_ORDER =
      "side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=70&symbol=";

  @TempDir static Path temporary;
  private static VenueProcess venue;
  private static DemoUsers users;
  private static TradingClient administrator;
  private static TradingClient deputy;

  @BeforeAll
  static void start() throws Exception {
    venue = VenueProcess.start(DemoFolder.at(temporary.resolve("data")), Map.of()).awaitReady();
    users = venue.users();
    administrator = users.client(users.withRole("administrator").get(0));
    deputy = users.client(users.withRole("administrator").get(1));
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  /** The endpoints are read from the OpenAPI page, so that a new one cannot be forgotten here. */
  @Test
  void whoMayDoWhat() throws Exception {
    Map<String, List<String>> mayCall = new TreeMap<>();
    List<String> endpoints = new ArrayList<>();
    JsonNode paths =
        TradingClient.anonymous(venue.baseUrl()).get("/v3/api-docs", "").body().get("paths");
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      if (path.getKey().startsWith("/admin/") && !path.getKey().startsWith("/admin/v1/users")) {
        for (String method : path.getValue().propertyNames()) {
          endpoints.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
        }
      }
    }
    assertThat(endpoints).hasSizeGreaterThanOrEqualTo(15);
    for (Map.Entry<String, TradingClient> user : users.all().entrySet()) {
      for (String endpoint : endpoints) {
        if (mayCall(user.getValue(), endpoint)) {
          mayCall.computeIfAbsent(endpoint, _ -> new ArrayList<>()).add(user.getKey());
        }
      }
    }
    List<String> administrators = users.withRole("administrator");
    List<String> operators = new ArrayList<>(administrators);
    operators.addAll(users.withRole("operator"));
    List<String> readers = new ArrayList<>(operators);
    readers.addAll(users.withRole("auditor"));
    for (String endpoint : endpoints) {
      boolean market =
          endpoint.contains("/kill")
              || Stream.of("/status", "/custody/halt", "/reconciliation", "/owner", "/evaluation")
                  .anyMatch(endpoint::endsWith);
      // What waits to be signed elsewhere is only for those who sign.
      boolean read = endpoint.startsWith("GET ") && !endpoint.endsWith("/unsigned");
      assertThat(mayCall.get(endpoint))
          .as(endpoint)
          .containsExactlyInAnyOrderElementsOf(
              read ? readers : market ? operators : administrators);
    }
  }

  /**
   * An administrator's empty request is refused for what it lacks, everybody else's for who asks.
   */
  private static boolean mayCall(TradingClient client, String endpoint) throws Exception {
    String[] words = endpoint.split(" ");
    String path = words[1].replaceAll("\\{[a-z]+\\}", "x");
    Reply reply = client.signed(words[0], path, "");
    if (reply.ok()) {
      return true;
    }
    assertThat(reply.contentType()).isEqualTo("application/problem+json");
    assertThat(reply.body().get("status").asInt()).isEqualTo(reply.status());
    assertThat(reply.body().get("detail").asString()).isNotEmpty();
    // What does not exist or is in another state is told to those only who may know.
    assertThat(reply.status()).isIn(400, 401, 403, 404, 409);
    return reply.status() != 401 && reply.status() != 403;
  }

  @Test
  void withoutAKeyOrAValidSignatureNothingIsTold() throws Exception {
    TradingClient nobody = TradingClient.anonymous(venue.baseUrl());
    assertThat(nobody.get("/admin/v1/status", "").status()).isEqualTo(401);
    String signed = administrator.sign("scope=VENUE");
    Reply forged =
        administrator.sendSigned("POST", "/admin/v1/kill", signed.replace("VENUE", "ACCOUNT"));
    assertThat(forged.status()).isEqualTo(400);
    assertThat(forged.code()).isEqualTo(-1022);
    assertThat(administrator.signed("POST", "/admin/v1/nonsense", "").status()).isEqualTo(404);
  }

  @Test
  void aNewMarketFromNothingToHalt() throws Exception {
    long rows = auditRows();
    post("assets", "asset=DOT&scale=8");
    assertThat(administrator.signed("POST", "/admin/v1/assets", "asset=DOT&scale=8").status())
        .isEqualTo(409);
    Reply symbol =
        post(
            "symbols",
            "symbol=DOTUSDT&baseAsset=DOT&quoteAsset=USDT&tickUnit=0.01&lotUnit=0.01"
                + "&maxPrice=1000&maxQuantity=100000&minNotional=5");
    assertThat(symbol.body().get("status").asString()).isEqualTo("BREAK");
    JsonNode filters = put("symbols/DOTUSDT/filters", "tickSize=0.1").body().get("filters");
    assertThat(filters.get("tickSize").asString()).isEqualTo("0.10000000");
    assertThat(filters.get("minNotional").asString()).isEqualTo("5.00000000");
    put("symbols/DOTUSDT/fees", "tier=0&makerRate=0.001&takerRate=0.002");
    Reply priced = put("symbols/DOTUSDT/reference-price", "referencePrice=70.5");
    assertThat(priced.body().get("referencePrice").asString()).isEqualTo("70.50000000");

    TradingClient carol = users.client("carol");
    assertThat(carol.signed("POST", "/api/v3/order", LIMIT_ORDER + "DOTUSDT").body())
        .hasToString("{\"code\":-2010,\"msg\":\"Market is closed.\"}");
    put("symbols/DOTUSDT/status", "status=TRADING");
    Reply order = carol.signed("POST", "/api/v3/order", LIMIT_ORDER + "DOTUSDT").expectOk();
    put("symbols/DOTUSDT/status", "status=HALT");
    assertThat(carol.signed("POST", "/api/v3/order", LIMIT_ORDER + "DOTUSDT").code())
        .isEqualTo(-2010);
    carol
        .signed(
            "DELETE",
            "/api/v3/order",
            "symbol=DOTUSDT&orderId=" + order.body().get("orderId").asLong())
        .expectOk();

    put("accounts/5000", "feeTier=3&tradeGroupId=7");
    Reply account = put("accounts/5000", "clientIdWindow=10&tradeGroupId=none");
    assertThat(account.body().get("feeTier").asInt()).isEqualTo(3);
    assertThat(account.body().get("tradeGroupId").asInt()).isEqualTo(-1);
    assertThat(administrator.signed("PUT", "/admin/v1/accounts/5", "feeTier=3").status())
        .isEqualTo(400);

    List<String> acts = auditedSince(rows);
    assertThat(acts.stream().filter(act -> !act.contains("SetFees"))).hasSize(11);
    assertThat(acts.stream().filter(act -> act.contains("SetFees[symbol=6")))
        .as("every tier has rates as soon as the first has")
        .hasSize(10);
    assertThat(acts)
        .allMatch(act ->
            act.startsWith("administrator venue.control ")
                || act.startsWith("administrator fee.override "))
        .anyMatch(act -> act.contains("AddAsset"))
        .anyMatch(act -> act.contains("AddSymbol"))
        .anyMatch(act -> act.contains("SetFilters"))
        .anyMatch(act -> act.contains("SetFees"))
        .anyMatch(act -> act.contains("SetReferencePrice"))
        .anyMatch(act -> act.contains("SetStatus"))
        .anyMatch(act -> act.contains("SetAccount"));
    requireChainIntact();
  }

  @Test
  void aRepeatedRequestProposesOnceAndTwoPersonsCreditOnce() throws Exception {
    put("accounts/5001", "");
    String request = administrator.sign("account=5001&asset=USDT&amount=12.5&reason=test");
    Reply first = administrator.sendSigned("POST", "/admin/v1/adjustments", request);
    assertThat(first.status()).isEqualTo(202);
    assertThat(first.body().get("state").asString()).isEqualTo("PROPOSED");
    assertThat(administrator.sendSigned("POST", "/admin/v1/adjustments", request).status())
        .isEqualTo(409);
    String approval = "/admin/v1/adjustments/" + first.body().get("id").asLong() + "/approval";
    assertThat(administrator.signed("POST", approval, "").status()).isEqualTo(403);
    Reply approved = deputy.signed("POST", approval, "").expectOk();
    assertThat(approved.body().get("state").asString()).isEqualTo("EXECUTED");
    assertThat(deputy.signed("POST", approval, "").status()).isEqualTo(409);
    assertThat(administrator.signed("POST", "/admin/v1/test-funds", "").status()).isEqualTo(404);
  }

  @Test
  void onePersonKillsAndTwoLift() throws Exception {
    long rows = auditRows();
    TradingClient bob = users.client("bob");
    Reply order = bob.signed("POST", "/api/v3/order", LIMIT_ORDER + "LTCUSDT").expectOk();
    post("kill", "scope=VENUE");
    Reply expired =
        bob.signed(
                "GET",
                "/api/v3/order",
                "symbol=LTCUSDT&orderId=" + order.body().get("orderId").asLong())
            .expectOk();
    assertThat(expired.body().get("status").asString()).isEqualTo("EXPIRED");
    assertThat(bob.signed("POST", "/api/v3/order", LIMIT_ORDER + "LTCUSDT").ok()).isFalse();

    Reply proposed = administrator.signed("POST", "/admin/v1/kill/lift", "scope=VENUE");
    assertThat(proposed.status()).isEqualTo(202);
    assertThat(administrator.signed("POST", "/admin/v1/kill/lift", "scope=VENUE").status())
        .isEqualTo(409);
    // Whoever kills again does not agree with the proposal.
    post("kill", "scope=VENUE");
    assertThat(deputy.signed("POST", "/admin/v1/kill/lift", "scope=VENUE").status()).isEqualTo(202);
    assertThat(bob.signed("POST", "/api/v3/order", LIMIT_ORDER + "LTCUSDT").ok()).isFalse();
    Reply lifted = administrator.signed("POST", "/admin/v1/kill/lift", "scope=VENUE").expectOk();
    assertThat(lifted.body().get("state").asString()).isEqualTo("LIFTED");
    bob.signed("POST", "/api/v3/order", LIMIT_ORDER + "LTCUSDT").expectOk();

    assertThat(auditedSince(rows))
        .extracting(act -> act.substring(0, act.indexOf(" {")))
        .containsExactly(
            "administrator venue.kill",
            "administrator venue.kill.lift.proposed",
            "administrator venue.kill",
            users.withRole("administrator").get(1) + " venue.kill.lift.proposed",
            users.withRole("administrator").get(1) + " and administrator venue.control");
    requireChainIntact();
  }

  @Test
  void statusTellsHowFarHistoryIs() throws Exception {
    JsonNode status = administrator.signed("GET", "/admin/v1/status", "").expectOk().body();
    assertThat(status.get("sequence").asLong()).isPositive();
    assertThat(status.get("projectorLag").asLong())
        .isEqualTo(Math.max(0, status.get("sequence").asLong() - status.get("watermark").asLong()));
    assertThat(status.get("journalBytes").asLong()).isPositive();
    assertThat(status.get("halted").asBoolean()).isFalse();
  }

  private static Reply post(String path, String query) throws Exception {
    return administrator.signed("POST", "/admin/v1/" + path, query).expectOk();
  }

  private static Reply put(String path, String query) throws Exception {
    return administrator.signed("PUT", "/admin/v1/" + path, query).expectOk();
  }

  private static long auditRows() throws Exception {
    return Long.parseLong(venue.database().rows("select max(seq) from audit_log").getFirst());
  }

  private static List<String> auditedSince(long seq) throws Exception {
    List<String> acts = new ArrayList<>();
    TradingClient auditor = users.client(users.withRole("auditor").getFirst());
    for (JsonNode row :
        auditor.signed("GET", "/admin/v1/audit", "fromSeq=" + (seq + 1)).expectOk().body()) {
      acts.add(
          row.get("actor").asString()
              + " "
              + row.get("action").asString()
              + " "
              + row.get("detail").asString());
    }
    return acts;
  }

  private static void requireChainIntact() throws Exception {
    try (var connection = venue.database().connect()) {
      assertThat(new AuditLog(DSL.using(connection, SQLDialect.POSTGRES)).firstBroken()).isEmpty();
    }
  }
}
