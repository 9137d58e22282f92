package org.fondaco.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.fondaco.api.json.JsonWriter;
import org.junit.jupiter.api.Test;

class RoutesTest {
  private final Routes routes =
      new Routes(
          List.of(
              endpoint(Method.GET, "/api/v3/order"),
              endpoint(Method.PUT, "/admin/v1/symbols/{symbol}/fees"),
              endpoint(Method.PUT, "/admin/v1/accounts/{account}")));

  @Test
  void findsByMethodAndPath() {
    assertThat(find("GET", "/api/v3/order")).isEqualTo("/api/v3/order {}");
    assertThat(find("POST", "/api/v3/order")).isEqualTo("nothing");
    assertThat(find("BREW", "/api/v3/order")).isEqualTo("nothing");
    assertThat(find("GET", "/api/v3/order/")).isEqualTo("nothing");
  }

  @Test
  void readsParametersFromThePath() {
    assertThat(find("PUT", "/admin/v1/symbols/BTCUSDT/fees"))
        .isEqualTo("/admin/v1/symbols/{symbol}/fees {symbol=BTCUSDT}");
    assertThat(find("PUT", "/admin/v1/accounts/1000"))
        .isEqualTo("/admin/v1/accounts/{account} {account=1000}");
  }

  @Test
  void aSegmentIsWholeAndNotEmpty() {
    assertThat(find("PUT", "/admin/v1/symbols//fees")).isEqualTo("nothing");
    assertThat(find("PUT", "/admin/v1/symbols/a/b/fees")).isEqualTo("nothing");
    assertThat(find("PUT", "/admin/v1/symbols/BTCUSDT")).isEqualTo("nothing");
    assertThat(find("PUT", "/admin/v1/accounts/1/")).isEqualTo("nothing");
    assertThat(find("PUT", "/admin/v1/accounts/{account}"))
        .as("a name in braces is a value like any other")
        .isEqualTo("/admin/v1/accounts/{account} {account={account}}");
  }

  @Test
  void whatIsInThePathIsNotTakenFromTheQuery() {
    Map<String, String> path = Map.of("symbol", "BTCUSDT");
    assertThat(Parameters.parse(path, "tier=1", "symbol=ETHUSDT").text("symbol"))
        .isEqualTo("BTCUSDT");
    assertThat(Parameters.parse(path, "tier=1", "").text("tier")).isEqualTo("1");
  }

  private String find(String method, String path) {
    Routes.Match match = routes.find(method, path);
    return match == null ? "nothing" : match.endpoint().path() + " " + match.pathValues();
  }

  private static Endpoint endpoint(Method method, String path) {
    Endpoint.Action action = _ -> CompletableFuture.completedFuture(Answer.ok(new JsonWriter(8)));
    return Routes.isOwn(path)
        ? Endpoint.own(method, path, "", "", Admission.everyRole(), List.of(), action)
        : Endpoint.of(method, path, "", "", Access.PUBLIC, 1, List.of(), action);
  }
}
