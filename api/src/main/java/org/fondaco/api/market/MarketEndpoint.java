package org.fondaco.api.market;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToIntFunction;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Access;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.http.Parameters;
import org.fondaco.api.json.JsonWriter;

/** What the endpoints of market data have in common: public, read only, a page of so many rows. */
final class MarketEndpoint {
  private static final int LIMIT = 500;
  private static final int LIMIT_MAX = 1_000;
  static final Parameter PAGE = Parameter.optional("limit", Type.INT, "Default 500, at most 1000.");

  private MarketEndpoint() {}

  static Endpoint get(
      String path, String summary, int weight, List<Parameter> parameters, Endpoint.Action action) {
    return get(path, summary, _ -> weight, parameters, action);
  }

  static Endpoint get(
      String path,
      String summary,
      ToIntFunction<Parameters> weight,
      List<Parameter> parameters,
      Endpoint.Action action) {
    return Endpoint.of(
        Method.GET,
        "/api/v3/" + path,
        "Market data",
        summary,
        Access.PUBLIC,
        weight,
        parameters,
        action);
  }

  /** Rows wanted; more than the most are the most [rest-api.md]. */
  static int page(Parameters parameters) {
    return limit(parameters, LIMIT, LIMIT_MAX);
  }

  static int limit(Parameters parameters, int initial, int max) {
    int limit = parameters.wholeInt("limit", initial);
    if (limit == 0) {
      throw RequestErrors.invalidData("limit");
    }
    return Math.min(limit, max);
  }

  static CompletableFuture<Answer> done(JsonWriter json) {
    return CompletableFuture.completedFuture(Answer.ok(json));
  }
}
