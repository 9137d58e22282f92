package org.fondaco.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.db.schema.Tables.ADJUSTMENTS;

import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fondaco.api.security.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Four eyes on the ledger, and what administrators do to people. */
class AdjustmentTest {
  @TempDir static Path data;
  private static TestVenue venue;
  private static Browser ada;
  private static Browser ben;

  @BeforeAll
  static void start() throws Exception {
    venue = TestVenue.start(data).seed();
    ada = venue.person("ada", Role.ADMINISTRATOR);
    ben = venue.person("ben", Role.ADMINISTRATOR);
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  @Test
  void oneProposesAnotherDecidesAndTheEngineExecutesOnce() throws Exception {
    Browser aud = venue.person("aud", Role.AUDITOR);

    long id = propose(ada, "250.5");
    assertThat(ada.post("/admin/v1/adjustments/" + id + "/approval").code()).isEqualTo(-8013);
    assertThat(aud.post("/admin/v1/adjustments/" + id + "/approval").status()).isEqualTo(403);
    JsonNode done = ben.post("/admin/v1/adjustments/" + id + "/approval").ok().json();
    assertThat(done.path("state").asString()).isEqualTo("EXECUTED");
    assertThat(done.path("proposedBy").asString()).isEqualTo("ada");
    assertThat(done.path("decidedBy").asString()).isEqualTo("ben");
    assertThat(total(TestVenue.ALICE)).isEqualTo("1000250.50000000");
    assertThat(ben.post("/admin/v1/adjustments/" + id + "/approval").status()).isEqualTo(409);

    long back = propose(ben, "-250.5");
    ada.post("/admin/v1/adjustments/" + back + "/approval").ok();
    assertThat(total(TestVenue.ALICE)).isEqualTo("1000000.00000000");

    long tooMuch = propose(ben, "-5000000");
    Browser.Reply refused = ada.post("/admin/v1/adjustments/" + tooMuch + "/approval");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("detail").asString()).contains("engine refused");

    long rejected = propose(ada, "1");
    ben.post("/admin/v1/adjustments/" + rejected + "/rejection").ok();
    assertThat(ben.post("/admin/v1/adjustments/" + rejected + "/approval").status()).isEqualTo(409);
    long late = propose(ada, "1");
    venue
        .venue()
        .database()
        .jooq()
        .update(ADJUSTMENTS)
        .set(ADJUSTMENTS.EXPIRES_AT, OffsetDateTime.now())
        .where(ADJUSTMENTS.ADJUSTMENT_ID.eq(late))
        .execute();
    assertThat(ben.post("/admin/v1/adjustments/" + late + "/approval").code()).isEqualTo(-8014);
    assertThat(ben.post("/admin/v1/adjustments/999/approval").status()).isEqualTo(404);

    assertThat(states(aud, id))
        .containsExactly("EXECUTED", "EXECUTED", "REFUSED", "REJECTED", "EXPIRED");
    assertThat(aud.get("/admin/v1/adjustments?state=REFUSED").ok().json().size()).isEqualTo(1);
    assertThat(total(TestVenue.ALICE)).isEqualTo("1000000.00000000");
  }

  @Test
  void manyApprovalsAtOnceAreOne() throws Exception {
    long id = propose(ada, "7", TestVenue.BOB);
    List<Browser> approvers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      approvers.add(new Browser(venue.venue().address()).signIn("ben", Browser.PASSWORD));
    }
    List<Integer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> sent = new ArrayList<>();
      for (Browser approver : approvers) {
        sent.add(
            threads.submit(
                () -> approver.post("/admin/v1/adjustments/" + id + "/approval").status()));
      }
      for (Future<Integer> answer : sent) {
        answers.add(answer.get());
      }
    }
    assertThat(answers).containsOnlyOnce(200);
    assertThat(answers).containsOnly(200, 409);
    assertThat(total(TestVenue.BOB)).isEqualTo("7.00000000");
  }

  @Test
  void wrongProposalsAreRefusedByName() throws Exception {
    for (String[] wrong :
        new String[][] {
          {"amount", "0"},
          {"amount", "1.000000001"},
          {"amount", "--1"},
          {"asset", "NONE"},
          {"reason", " "},
          {"account", "77"},
          {"account", "-1"}
        }) {
      Browser.Reply reply =
          ada.post(
              "/admin/v1/adjustments",
              "account",
              wrong[0].equals("account") ? wrong[1] : "1000",
              "asset",
              wrong[0].equals("asset") ? wrong[1] : "USDT",
              "amount",
              wrong[0].equals("amount") ? wrong[1] : "1",
              "reason",
              wrong[0].equals("reason") ? wrong[1] : "test");
      assertThat(reply.status()).as(String.join(" ", wrong)).isIn(400, 404);
      assertThat(reply.json().path("parameter").asString()).isEqualTo(wrong[0]);
    }
  }

  private static long propose(Browser by, String amount) {
    return propose(by, amount, TestVenue.ALICE);
  }

  private static long propose(Browser by, String amount, long account) {
    return by.post(
            "/admin/v1/adjustments",
            "account",
            Long.toString(account),
            "asset",
            "USDT",
            "amount",
            amount,
            "reason",
            "a test")
        .ok()
        .json()
        .path("id")
        .asLong();
  }

  private static String total(long account) {
    for (JsonNode balance : venue.client(account).signed("GET", "/v1/balances").json()) {
      if (balance.path("asset").asString().equals("USDT")) {
        return balance.path("total").asString();
      }
    }
    return "none";
  }

  private static List<String> states(Browser browser, long from) {
    List<String> states = new ArrayList<>();
    browser
        .get("/admin/v1/adjustments?fromId=" + from)
        .ok()
        .json()
        .forEach(row -> states.add(row.path("state").asString()));
    return states;
  }
}
