package org.fondaco.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fondaco.api.ApiClient.Reply;
import org.fondaco.api.address.Addresses;
import org.fondaco.api.security.ApiKeys;
import org.fondaco.api.security.KeyInfo;
import org.fondaco.api.security.KeyRefused;
import org.fondaco.api.security.KeyRequest;
import org.fondaco.api.security.KeyType;
import org.fondaco.api.security.Permission;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** API keys over real HTTP: the three types, permissions, allow-lists, proxies, revocation. */
class KeysTest {
  private static final Set<Permission> BOTH = Set.of(Permission.USER_DATA, Permission.TRADE);

  @TempDir static Path data;
  private static TestVenue venue;
  private static ApiKeys keys;
  private static long alice;

  @BeforeAll
  static void start() throws IOException {
    venue = TestVenue.start(data, "FONDACO_TRUSTED_PROXIES", "127.0.0.1").seed();
    keys = venue.venue().keys();
    alice = venue.userOf(TestVenue.ALICE);
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  /** A client that signs with a key pair of its own. */
  private record Pair(String apiKey, KeyPair pair, String algorithm) {

    static Pair upload(String algorithm, String signing, KeyRequest request)
        throws GeneralSecurityException {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      KeyPair pair = generator.generateKeyPair();
      KeyInfo info = keys.createFromPublicKey(alice, TestVenue.ALICE, request, pem(pair));
      return new Pair(info.apiKey(), pair, signing);
    }

    static String pem(KeyPair pair) {
      return "-----BEGIN PUBLIC KEY-----\n"
          + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
          + "\n-----END PUBLIC KEY-----";
    }

    String sign(String payload) throws GeneralSecurityException {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(pair.getPrivate());
      signature.update(payload.getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(signature.sign());
    }

    Reply send(String method, String path, String parameters) throws GeneralSecurityException {
      String query =
          parameters
              + (parameters.isEmpty() ? "" : "&")
              + "timestamp="
              + Instant.now().toEpochMilli();
      String signature = URLEncoder.encode(sign(query), StandardCharsets.US_ASCII);
      return client().send(method, path + "?" + query + "&signature=" + signature, "", Map.of());
    }

    ApiClient client() {
      return new ApiClient(venue.venue().address(), new ApiKeys.NewKey(apiKey, "none"));
    }
  }

  private static KeyRequest request(Set<Permission> permissions, String addresses) {
    return new KeyRequest("test", permissions, Addresses.parse(addresses));
  }

  @Test
  void tradesWithKeysOfBothPublicTypes() throws GeneralSecurityException {
    for (Pair pair :
        List.of(
            Pair.upload("RSA", "SHA256withRSA", request(BOTH, "")),
            Pair.upload("Ed25519", "Ed25519", request(BOTH, "")))) {
      Reply account = pair.send("GET", "/api/v3/account", "omitZeroBalances=true");
      assertThat(account.status()).as(account.text()).isEqualTo(200);
      String order =
          "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=10"
              + "&newClientOrderId=a%2Db"
              + pair.algorithm();
      Reply placed = pair.send("POST", "/api/v3/order", order);
      assertThat(placed.status()).as(placed.text()).isEqualTo(200);
      assertThat(placed.json().path("clientOrderId").asString()).startsWith("a-b");
      // Signed as decoded instead of as sent.
      String query = order + "&timestamp=" + Instant.now().toEpochMilli();
      String wrong =
          URLEncoder.encode(pair.sign(query.replace("%2D", "-")), StandardCharsets.US_ASCII);
      Reply refused =
          pair.client()
              .send("POST", "/api/v3/order?" + query + "&signature=" + wrong, "", Map.of());
      assertThat(refused.code()).isEqualTo(-1022);
      Reply rubbish =
          pair.client()
              .send("POST", "/api/v3/order?" + query + "&signature=ab%2B%2F", "", Map.of());
      assertThat(rubbish.code()).isEqualTo(-1022);
      assertThat(pair.send("DELETE", "/api/v3/openOrders", "symbol=BTCUSDT").status())
          .isEqualTo(200);
    }
  }

  @Test
  void answersAReplayedOrderAsADuplicateAndAStaleOneNotAtAll() throws GeneralSecurityException {
    Pair pair = Pair.upload("Ed25519", "Ed25519", request(BOTH, ""));
    String order = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=10";
    String query = order + "&timestamp=" + Instant.now().toEpochMilli();
    String signed =
        query + "&signature=" + URLEncoder.encode(pair.sign(query), StandardCharsets.US_ASCII);
    Reply first = pair.client().send("POST", "/api/v3/order?" + signed, "", Map.of());
    assertThat(first.status()).as(first.text()).isEqualTo(200);
    Reply again = pair.client().send("POST", "/api/v3/order?" + signed, "", Map.of());
    assertThat(again.code()).isEqualTo(-2010);
    assertThat(again.json().path("msg").asString()).isEqualTo("Duplicate order sent.");
    Reply inBody = pair.client().send("POST", "/api/v3/order", signed, ApiClient.form());
    assertThat(inBody.code()).as("the same payload from elsewhere").isEqualTo(-2010);
    String old = order + "&timestamp=" + (Instant.now().toEpochMilli() - 6_000);
    String stale =
        old + "&signature=" + URLEncoder.encode(pair.sign(old), StandardCharsets.US_ASCII);
    assertThat(pair.client().send("POST", "/api/v3/order?" + stale, "", Map.of()).code())
        .isEqualTo(-1021);
    pair.send("DELETE", "/api/v3/openOrders", "symbol=BTCUSDT");
  }

  @Test
  void refusesAnAddressThatTheKeyDoesNotName() throws GeneralSecurityException {
    ApiKeys.NewKey key =
        keys.createHmac(alice, TestVenue.ALICE, request(BOTH, "198.51.100.0/24,2001:db8::5"));
    ApiClient client = new ApiClient(venue.venue().address(), key);
    assertThat(from(client, "198.51.100.77").status()).isEqualTo(200);
    assertThat(from(client, "2001:db8:0::5").status()).isEqualTo(200);
    // Only what the trusted proxy appended last counts.
    assertThat(from(client, "203.0.113.1, 198.51.100.77").status()).isEqualTo(200);
    for (String elsewhere : List.of("", "203.0.113.1", "198.51.100.77, 203.0.113.1")) {
      Reply refused = from(client, elsewhere);
      assertThat(refused.status()).as(elsewhere).isEqualTo(401);
      assertThat(refused.code()).isEqualTo(-2015);
      assertThat(refused.json().path("msg").asString())
          .isEqualTo("Invalid API-key, IP, or permissions for action.");
    }
  }

  private static Reply from(ApiClient client, String forwardedFor) {
    return client.send(
        "GET",
        "/api/v3/account?" + client.signedQuery(""),
        "",
        forwardedFor.isEmpty() ? Map.of() : Map.of("X-Forwarded-For", forwardedFor));
  }

  @Test
  void tellsOfEveryRevokedKeyOnceItIsInvalid() {
    List<String> ended = new ArrayList<>();
    keys.onRevoked(key -> {
      assertThat(keys.find(key)).isNull();
      ended.add(key);
    });
    ApiKeys.NewKey key = keys.create(alice, TestVenue.ALICE, "short", BOTH);
    ApiClient client = new ApiClient(venue.venue().address(), key);
    assertThat(client.signed("GET", "/api/v3/account").status()).isEqualTo(200);
    assertThat(keys.revoke(venue.userOf(TestVenue.BOB), key.apiKey())).isFalse();
    assertThat(ended).isEmpty();
    assertThat(keys.revoke(alice, key.apiKey())).isTrue();
    assertThat(keys.revoke(alice, key.apiKey())).isFalse();
    keys.revoke(key.apiKey());
    assertThat(ended).containsExactly(key.apiKey());
    Reply refused = client.signed("GET", "/api/v3/account");
    assertThat(refused.code()).isEqualTo(-2015);
    assertThat(keys.ofUser(alice)).noneMatch(info -> info.apiKey().equals(key.apiKey()));
  }

  @Test
  void listsKeysWithoutSecretsAndLimitsThem() throws GeneralSecurityException {
    venue.account(1_100, "carol");
    long carol = venue.userOf(1_100);
    ApiKeys.NewKey hmac = keys.createHmac(carol, 1_100, request(BOTH, "192.0.2.1"));
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    KeyInfo ed25519 =
        keys.createFromPublicKey(
            carol,
            1_100,
            new KeyRequest("Bot", Set.of(Permission.USER_DATA), Addresses.NONE),
            Pair.pem(pair));
    List<KeyInfo> list = keys.ofUser(carol);
    assertThat(list).extracting(KeyInfo::type).containsExactly(KeyType.HMAC, KeyType.ED25519);
    assertThat(list.getFirst().addresses()).containsExactly("192.0.2.1");
    assertThat(list.getFirst().permissions()).isEqualTo(BOTH);
    assertThat(list.toString()).doesNotContain(hmac.secretKey());
    assertThat(list.getLast().publicKey()).isEqualTo(ed25519.publicKey()).contains("MCowBQYDK2Vw");
    assertThat(list.getLast().label()).isEqualTo("Bot");
    for (int i = list.size(); i < ApiKeys.KEYS_PER_USER_MAX; i++) {
      keys.create(carol, 1_100, "", BOTH);
    }
    assertThatThrownBy(() -> keys.create(carol, 1_100, "", BOTH))
        .isInstanceOfSatisfying(
            KeyRefused.class,
            e -> assertThat(e.reason()).isEqualTo(KeyRefused.Reason.TOO_MANY_KEYS));
    keys.revokeAll(carol);
    assertThat(keys.ofUser(carol)).isEmpty();
    assertThat(keys.find(hmac.apiKey())).isNull();
  }

  @Test
  void refusesKeysThatNobodyShouldHave() {
    assertThatThrownBy(() -> request(Set.of(Permission.WITHDRAW), ""))
        .isInstanceOf(KeyRefused.class)
        .hasMessageContaining("addresses");
    assertThatThrownBy(() -> request(Set.of(Permission.WITHDRAW), "0.0.0.0/0"))
        .isInstanceOf(KeyRefused.class);
    assertThatThrownBy(() -> request(Set.of(), "")).isInstanceOf(KeyRefused.class);
    assertThatThrownBy(() -> KeyRequest.of("x".repeat(65), BOTH, List.of()))
        .isInstanceOf(KeyRefused.class);
    assertThatThrownBy(() -> KeyRequest.of("a\nb", BOTH, List.of())).isInstanceOf(KeyRefused.class);
    assertThatThrownBy(() -> KeyRequest.of("", BOTH, List.of("example.org")))
        .isInstanceOfSatisfying(
            KeyRefused.class, e -> assertThat(e.reason()).isEqualTo(KeyRefused.Reason.ADDRESSES));
    assertThat(request(Set.of(Permission.WITHDRAW), "192.0.2.1").permissions())
        .containsExactly(Permission.WITHDRAW);
  }
}
