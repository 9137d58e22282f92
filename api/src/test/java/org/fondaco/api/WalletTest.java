package org.fondaco.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;
import org.fondaco.api.ApiClient.Reply;
import org.fondaco.api.security.KeyRequest;
import org.fondaco.api.security.Permission;
import org.fondaco.api.security.Role;
import org.fondaco.custody.chain.ChainName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Deposits and withdrawals over HTTP, in Binance's words and in ours. */
@Timeout(120)
class WalletTest {
  private static final String CAPITAL = "/sapi/v1/capital/";
  private static final String APPLY = CAPITAL + "withdraw/apply";
  private static final String HISTORY = CAPITAL + "withdraw/history";
  private static final String TO = "&address=" + TestCustody.FOREIGN;
  private static final long COIN = 100_000_000;

  @TempDir static Path data;
  private static TestVenue venue;
  private static TestCustody custody;
  private static ApiClient alice;
  private static ApiClient bob;

  @BeforeAll
  static void start() throws Exception {
    AtomicReference<TestCustody> made = new AtomicReference<>();
    venue =
        TestVenue.start(
                data,
                present -> {
                  made.set(new TestCustody(present));
                  return made.get().capital();
                })
            .seed();
    custody = made.get();
    alice = client(TestVenue.ALICE);
    bob = client(TestVenue.BOB);
  }

  @AfterAll
  static void stop() throws Exception {
    custody.close();
    venue.close();
  }

  private static ApiClient client(long account) throws Exception {
    return new ApiClient(
        venue.venue().address(),
        venue
            .venue()
            .keys()
            .createHmac(
                venue.userOf(account),
                account,
                KeyRequest.of(
                    "wallet",
                    EnumSet.of(Permission.USER_DATA, Permission.WITHDRAW),
                    List.of("127.0.0.0/8", "::1"))));
  }

  private static JsonNode ok(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  private static JsonNode coin(ApiClient client, String code) {
    return StreamSupport.stream(
            ok(client.signed("GET", CAPITAL + "config/getall")).spliterator(), false)
        .filter(node -> node.path("coin").asString().equals(code))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void tellsNetworksFeesMinimumsAndConfirmations() {
    JsonNode btc = coin(bob, "BTC");
    assertThat(btc.path("depositAllEnable").asBoolean()).isTrue();
    assertThat(btc.path("withdrawAllEnable").asBoolean()).isTrue();
    JsonNode network = btc.path("networkList").path(0);
    assertThat(network.path("network").asString()).isEqualTo("BTC");
    assertThat(network.path("withdrawFee").asString()).isEqualTo("0.00005000");
    assertThat(network.path("withdrawMin").asString()).as("fee included").isEqualTo("0.00015000");
    assertThat(network.path("withdrawIntegerMultiple").asString()).isEqualTo("0.00000001");
    assertThat(network.path("minConfirm").asInt()).isEqualTo(2);
    assertThat(network.path("specialTips").asString()).contains("6 confirmations");
    JsonNode usdt = coin(bob, "USDT").path("networkList").path(0);
    assertThat(usdt.path("network").asString()).isEqualTo("ETH");
    assertThat(usdt.path("contractAddress").asString()).startsWith("0xa0b8");
    assertThat(usdt.path("withdrawIntegerMultiple").asString()).isEqualTo("0.00000100");
    JsonNode detail = ok(bob.signed("GET", "/sapi/v1/asset/assetDetail", "asset=BTC")).path("BTC");
    assertThat(detail.path("withdrawFee").asString()).isEqualTo("0.00005000");
    assertThat(detail.path("withdrawStatus").asBoolean()).isTrue();
  }

  @Test
  void issuesOneAddressAndShowsDeposits() {
    JsonNode address = ok(alice.signed("GET", CAPITAL + "deposit/address", "coin=BTC"));
    assertThat(address.path("coin").asString()).isEqualTo("BTC");
    assertThat(address.path("address").asString()).startsWith("bcrt1q");
    assertThat(ok(alice.signed("GET", CAPITAL + "deposit/address", "coin=BTC&network=BTC")))
        .isEqualTo(address);
    assertThat(ok(alice.signed("GET", CAPITAL + "deposit/address/list", "coin=BTC")).path(0))
        .isEqualTo(
            ok(alice.signed("GET", CAPITAL + "deposit/address/list", "coin=BTC&network=BTC"))
                .path(0));
    JsonNode ether = ok(alice.signed("GET", CAPITAL + "deposit/address", "coin=ETH"));
    assertThat(ok(alice.signed("GET", CAPITAL + "deposit/address", "coin=USDT")).path("address"))
        .as("tokens share it")
        .isEqualTo(ether.path("address"));
    assertThat(alice.signed("GET", CAPITAL + "deposit/address", "coin=BTC&network=ETH").code())
        .isEqualTo(-4018);
    assertThat(alice.signed("GET", CAPITAL + "deposit/address", "coin=DOGE").code())
        .isEqualTo(-4018);

    custody.deposit(TestVenue.ALICE, ChainName.BTC, TestVenue.BTC, 3 * COIN, 99, "SEEN");
    custody.deposit(TestVenue.ALICE, ChainName.BTC, TestVenue.BTC, COIN / 2, 90, "CREDITED");
    custody.deposit(TestVenue.ALICE, ChainName.BTC, TestVenue.BTC, 5, 90, "BELOW_MIN");
    custody.deposit(TestVenue.ALICE, ChainName.ETH, TestVenue.ETH, COIN, 90, "CREDITED_ORPHANED");
    JsonNode all = ok(alice.signed("GET", CAPITAL + "deposit/hisrec"));
    assertThat(all.findValuesAsString("status")).containsExactly("6", "7", "1", "0");
    assertThat(all.path(0).path("txId").asString()).startsWith("0x0000").endsWith("03");
    JsonNode pending = ok(alice.signed("GET", CAPITAL + "deposit/hisrec", "status=0"));
    assertThat(pending).hasSize(1);
    assertThat(pending.path(0).path("amount").asString()).isEqualTo("3.00000000");
    assertThat(pending.path(0).path("confirmTimes").asString()).isEqualTo("2/6");
    assertThat(pending.path(0).has("completeTime")).isFalse();
    assertThat(ok(alice.signed("GET", CAPITAL + "deposit/hisrec", "coin=ETH"))).hasSize(1);
    assertThat(ok(alice.signed("GET", CAPITAL + "deposit/hisrec", "offset=1&limit=2"))).hasSize(2);
    assertThat(
            ok(
                alice.signed(
                    "GET",
                    CAPITAL + "deposit/hisrec",
                    "txId=" + all.path(0).path("txId").asString())))
        .hasSize(1);
    assertThat(
            alice
                .signed("GET", CAPITAL + "deposit/hisrec", "startTime=1&endTime=9999999999999")
                .code())
        .isEqualTo(-4047);
    assertThat(ok(bob.signed("GET", CAPITAL + "deposit/hisrec"))).as("another's").isEmpty();
  }

  @Test
  void aLargeAmountInSmallPiecesWaitsAsLong() {
    Browser elena = venue.person("elena", Role.TRADER);
    long account = elena.get("/v1/account").ok().json().path("account").asLong();
    elena.post("/v1/wallet/addresses", "coin", "BTC").ok();
    custody.deposit(account, ChainName.BTC, TestVenue.BTC, COIN * 6 / 10, 98, "SEEN");
    JsonNode small = elena.get("/v1/wallet/deposits").ok().json();
    assertThat(small.findValuesAsString("confirmationsNeeded")).containsExactly("2");
    custody.deposit(account, ChainName.BTC, TestVenue.BTC, COIN * 6 / 10, 99, "SEEN");
    JsonNode both = elena.get("/v1/wallet/deposits?status=PENDING").ok().json();
    assertThat(both.findValuesAsString("confirmationsNeeded")).containsExactly("6", "6");
    assertThat(both.findValuesAsString("confirmations")).containsExactly("2", "3");
    assertThat(elena.get("/v1/wallet/addresses").ok().json()).hasSize(1);
    JsonNode networks = elena.get("/v1/wallet/networks").ok().json();
    assertThat(networks.findValuesAsString("depositMinimum"))
        .containsExactly("0.00010000", "1.00000000", "0.00001000");
  }

  @Test
  void withdrawsAnAmountThatIncludesTheFee() {
    JsonNode before = coin(bob, "BTC");
    String order = "coin=BTC&amount=1.5&withdrawOrderId=rent-1" + TO;
    JsonNode id = ok(bob.signed("POST", APPLY, order)).path("id");
    assertThat(ok(bob.signed("POST", APPLY, order)).path("id")).as("again").isEqualTo(id);
    assertThat(bob.signed("POST", APPLY, "coin=BTC&amount=2&withdrawOrderId=rent-1" + TO).code())
        .isEqualTo(-1130);
    JsonNode shown = ok(bob.signed("GET", HISTORY, "coin=BTC&withdrawOrderId=rent-1")).path(0);
    assertThat(shown.path("id")).isEqualTo(id);
    assertThat(shown.path("amount").asString()).isEqualTo("1.49995000");
    assertThat(shown.path("transactionFee").asString()).isEqualTo("0.00005000");
    assertThat(shown.path("status").asInt()).isIn(2, 4);
    assertThat(shown.path("address").asString()).isEqualTo(TestCustody.FOREIGN);
    assertThat(shown.path("applyTime").asString())
        .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
    assertThat(ok(bob.signed("GET", HISTORY, "idList=" + id.asString() + ",999999"))).hasSize(1);
    JsonNode after = coin(bob, "BTC");
    assertThat(units(after, "free")).isEqualTo(units(before, "free") - 150_000_000);
    assertThat(units(after, "withdrawing"))
        .as("held, and told apart from orders")
        .isEqualTo(units(before, "withdrawing") + 150_000_000);
    assertThat(units(after, "locked")).isEqualTo(units(before, "locked"));
  }

  private static long units(JsonNode coin, String field) {
    return new java.math.BigDecimal(coin.path(field).asString()).movePointRight(8).longValueExact();
  }

  @Test
  void saysPreciselyWhatIsWrong() {
    assertThat(bob.signed("POST", APPLY, "coin=BTC&amount=100000" + TO).code()).isEqualTo(-4026);
    assertThat(bob.signed("POST", APPLY, "coin=BTC&amount=0.00005" + TO).code()).isEqualTo(-4028);
    assertThat(bob.signed("POST", APPLY, "coin=BTC&amount=0.0001" + TO).code()).isEqualTo(-4022);
    assertThat(bob.signed("POST", APPLY, "coin=BTC&amount=1&address=nonsense").code())
        .isEqualTo(-4033);
    Reply usdt =
        bob.signed(
            "POST",
            APPLY,
            "coin=USDT&amount=5.00000001&address=0x00000000000000000000000000000000000000aa");
    assertThat(usdt.code()).isEqualTo(-4021);
    assertThat(usdt.text()).contains("0.00000100");
    assertThat(bob.signed("POST", APPLY, "coin=DOGE&amount=1" + TO).code()).isEqualTo(-4018);
    assertThat(bob.signed("POST", APPLY, "coin=BTC&amount=1&addressTag=x" + TO).code())
        .isEqualTo(-1130);
    assertThat(bob.signed("POST", APPLY, "coin=BTC&amount=1&walletType=1" + TO).code())
        .isEqualTo(-1130);
    assertThat(venue.client(TestVenue.BOB).signed("POST", APPLY, "coin=BTC&amount=1" + TO).code())
        .as("a key that may not withdraw")
        .isEqualTo(-2015);
  }

  @Test
  void aFriendOfTheHouseIsPaidInsideWithoutAFee() throws Exception {
    String own =
        ok(alice.signed("GET", CAPITAL + "deposit/address", "coin=BTC")).path("address").asString();
    assertThat(alice.signed("POST", APPLY, "coin=BTC&amount=1&address=" + own).code())
        .as("to himself")
        .isEqualTo(-4033);
    long before = units(coin(alice, "BTC"), "free");
    ok(bob.signed("POST", APPLY, "coin=BTC&amount=1&address=" + own + "&withdrawOrderId=gift"));
    ok(
        bob.signed(
            "POST",
            APPLY,
            "coin=BTC&amount=1&address=" + own + "&transactionFeeFlag=true&withdrawOrderId=gift2"));
    await(() -> units(coin(alice, "BTC"), "free") == before + 2 * COIN - 5_000);
    await(() -> history("withdrawOrderId=gift").path("status").asInt() == 6);
    JsonNode done = history("withdrawOrderId=gift");
    assertThat(done.path("transferType").asInt()).isEqualTo(1);
    assertThat(done.path("transactionFee").asString()).isEqualTo("0.00000000");
    assertThat(done.path("txId").asString()).startsWith("Internal transfer ");
  }

  private static JsonNode history(String parameters) {
    return ok(bob.signed("GET", HISTORY, parameters)).path(0);
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }

  @Test
  void aPersonWithdrawsFollowsAndCancels() {
    Browser carla = venue.person("carla", Role.TRADER);
    long account = carla.get("/v1/account").ok().json().path("account").asLong();
    venue.credit(account, TestVenue.BTC, 300);
    JsonNode quote = carla.get("/v1/wallet/withdrawals/quote?coin=BTC&amount=6").ok().json();
    assertThat(quote.path("total").asString()).isEqualTo("6.00005000");
    JsonNode made =
        carla
            .post(
                "/v1/wallet/withdrawals",
                "coin",
                "BTC",
                "amount",
                "6",
                "address",
                TestCustody.FOREIGN,
                "orderId",
                "house")
            .json();
    assertThat(made.path("amount").asString()).isEqualTo("6.00000000");
    String path = "/v1/wallet/withdrawals/" + made.path("id").asLong();
    await(() -> carla.get(path).ok().json().path("state").asString().equals("AWAITING"));
    JsonNode steps = carla.get(path).ok().json().path("steps");
    assertThat(steps.findValuesAsString("state"))
        .containsExactly("REQUESTED", "RESERVED", "AWAITING");
    assertThat(steps.findValuesAsString("memo")).doesNotContain("");
    assertThat(venue.person("stranger", Role.TRADER).get(path).status()).isEqualTo(404);
    assertThat(carla.delete(path).ok().json().path("status").asString()).isEqualTo("CANCELLED");
    await(() -> carla.get(path).ok().json().path("state").asString().equals("VOIDED"));
    assertThat(carla.get("/v1/balances").ok().json().path(0).path("free").asString())
        .isEqualTo("300.00000000");
    assertThat(carla.get("/v1/wallet/withdrawals?status=CANCELLED").ok().json()).hasSize(1);
    assertThat(carla.get("/v1/wallet/withdrawals?status=REJECTED").ok().json()).isEmpty();
    JsonNode denied =
        carla
            .post(
                "/v1/wallet/withdrawals",
                "coin",
                "BTC",
                "amount",
                "150",
                "address",
                TestCustody.FOREIGN)
            .json();
    String deniedPath = "/v1/wallet/withdrawals/" + denied.path("id").asLong();
    await(() -> carla.get(deniedPath).ok().json().path("state").asString().equals("VOIDED"));
    JsonNode told = carla.get(deniedPath).ok().json();
    assertThat(told.path("status").asString()).isEqualTo("REJECTED");
    assertThat(told.path("reason").asString()).isEqualTo("more than a day's limit");
  }

  @Test
  void anAddressBookCoolsDown() {
    Browser dario = venue.person("dario", Role.TRADER);
    JsonNode entry =
        dario
            .post(
                "/v1/wallet/address-book",
                "coin",
                "BTC",
                "address",
                TestCustody.FOREIGN,
                "label",
                "my vault")
            .json();
    assertThat(entry.path("usable").asLong())
        .isGreaterThan(System.currentTimeMillis() + 23 * 3_600_000L);
    assertThat(
            dario
                .change("PUT", "/v1/wallet/address-book", "listedOnly", "true")
                .ok()
                .json()
                .path("listedOnly")
                .asBoolean())
        .isTrue();
    JsonNode book = dario.get("/v1/wallet/address-book").ok().json();
    assertThat(book.path("listedOnly").asBoolean()).isTrue();
    assertThat(book.path("entries").path(0).path("label").asString()).isEqualTo("my vault");
    dario.delete("/v1/wallet/address-book/" + entry.path("entry").asLong()).ok();
    assertThat(dario.delete("/v1/wallet/address-book/" + entry.path("entry").asLong()).status())
        .isEqualTo(404);
    assertThat(
            dario
                .post("/v1/wallet/address-book", "coin", "BTC", "address", "x", "label", "y")
                .code())
        .isEqualTo(-4033);
    ok(bob.signed("POST", APPLY, "coin=BTC&amount=1&name=cold" + TO));
    JsonNode listed = ok(bob.signed("GET", CAPITAL + "withdraw/address/list")).path(0);
    assertThat(listed.path("name").asString()).isEqualTo("cold");
    assertThat(listed.path("coin").asString()).isEqualTo("BTC");
    assertThat(listed.path("whiteStatus").asBoolean()).isFalse();
  }
}
