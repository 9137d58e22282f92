package org.fondaco.api.wsapi;

import java.nio.ByteBuffer;
import org.fondaco.api.error.ApiError;
import org.fondaco.api.http.Answer;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.limit.Limits;
import org.fondaco.api.limit.OrderCounts;
import org.fondaco.api.limit.RequestWeights;
import org.jspecify.annotations.Nullable;

/** Answers in the shape of the WebSocket API [web-socket-api.md §Response format]. */
final class Response {

  private Response() {}

  /**
   * @param use weight used, null when the request was not counted
   * @param limits to tell about, null = nothing is told
   */
  static ByteBuffer of(
      @Nullable Object id,
      Answer answer,
      RequestWeights.@Nullable Use use,
      @Nullable Limits limits) {
    JsonWriter json = new JsonWriter(512 + answer.body().buffer().remaining()).beginObject();
    json.name("id");
    switch (id) {
      case null -> json.nullValue();
      case Long number -> json.value(number);
      default -> json.value(id.toString());
    }
    json.field("status", answer.status());
    if (answer.status() == 200) {
      json.name("result").copy(answer.body());
    } else {
      json.name("error");
      error(json, answer, use);
    }
    if (limits != null) {
      json.name("rateLimits").beginArray();
      rateLimits(json, answer.orderCounts(), use, limits);
      json.endArray();
    }
    return json.endObject().buffer();
  }

  private static void error(JsonWriter json, Answer answer, RequestWeights.@Nullable Use use) {
    ApiError refusal = answer.refusal();
    boolean limited = answer.status() == 429 || answer.status() == 418;
    if (refusal == null || !limited || use == null) {
      json.copy(answer.body());
      return;
    }
    long now = System.currentTimeMillis();
    json.beginObject().field("code", refusal.code()).field("msg", refusal.message());
    json.name("data").beginObject();
    json.field("serverTime", now);
    // Too many orders: the next interval of ten seconds may take more.
    json.field(
        "retryAfter",
        use.refusal() == null
            ? (now / 10_000 + 1) * 10_000
            : (now / 1_000 + use.retryAfterSeconds()) * 1_000);
    json.endObject().endObject();
  }

  private static void rateLimits(
      JsonWriter json,
      OrderCounts.@Nullable Usage orders,
      RequestWeights.@Nullable Use use,
      Limits limits) {
    if (orders != null) {
      limit(json, "ORDERS", "SECOND", 10, limits.ordersPerTenSeconds(), orders.tenSeconds());
      limit(json, "ORDERS", "DAY", 1, limits.ordersPerDay(), orders.day());
    }
    if (use != null) {
      limit(json, "REQUEST_WEIGHT", "MINUTE", 1, use.limit(), use.used());
    }
  }

  private static void limit(
      JsonWriter json, String type, String interval, int intervals, int limit, int count) {
    json.beginObject();
    json.field("rateLimitType", type);
    json.field("interval", interval);
    json.field("intervalNum", intervals);
    json.field("limit", limit);
    json.field("count", count);
    json.endObject();
  }
}
