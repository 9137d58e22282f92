package org.fondaco.api.market;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.fondaco.api.http.Access;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.json.JsonWriter;

/**
 * The markets that this venue does not have, for clients that ask for all kinds before they trade
 * on one: ccxt loads margin pairs, linear and inverse derivatives by default and fails unless each
 * is answered. The answers are true: there are none.
 */
public final class OtherMarkets {
  private static final String TAG = "Market data";

  private OtherMarkets() {}

  public static List<Endpoint> endpoints() {
    return List.of(
        pairs("/sapi/v1/margin/allPairs", "Cross margin pairs: none"),
        pairs("/sapi/v1/margin/isolated/allPairs", "Isolated margin pairs: none"),
        derivatives("/fapi/v1/exchangeInfo", "Linear derivatives: none"),
        derivatives("/dapi/v1/exchangeInfo", "Inverse derivatives: none"));
  }

  private static Endpoint pairs(String path, String summary) {
    return Endpoint.of(
        Method.GET,
        path,
        TAG,
        summary,
        Access.USER_DATA,
        1,
        List.of(),
        _ ->
            CompletableFuture.completedFuture(
                Answer.ok(new JsonWriter(2).beginArray().endArray())));
  }

  private static Endpoint derivatives(String path, String summary) {
    return Endpoint.of(
        Method.GET,
        path,
        TAG,
        summary,
        Access.PUBLIC,
        1,
        List.of(),
        _ -> {
          JsonWriter json = new JsonWriter(160);
          json.beginObject()
              .field("timezone", "UTC")
              .field("serverTime", Instant.now().toEpochMilli());
          for (String list : List.of("rateLimits", "exchangeFilters", "assets", "symbols")) {
            json.name(list).beginArray().endArray();
          }
          return CompletableFuture.completedFuture(Answer.ok(json.endObject()));
        });
  }
}
