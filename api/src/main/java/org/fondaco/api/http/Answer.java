package org.fondaco.api.http;

import org.eclipse.jetty.http.HttpStatus;
import org.fondaco.api.error.ApiError;
import org.fondaco.api.error.Problem;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.limit.OrderCounts;
import org.jspecify.annotations.Nullable;

/**
 * What to send back.
 *
 * @param status HTTP status
 * @param body complete JSON
 * @param orderCounts the account's order counts for the headers, null = none
 * @param refusal what the body says, when it says nothing but that the request was refused
 * @param file name under which a browser saves the body, null = shown; when it does not end as JSON
 *     does, the body is plain text
 */
public record Answer(
    int status,
    JsonWriter body,
    OrderCounts.@Nullable Usage orderCounts,
    @Nullable ApiError refusal,
    @Nullable String file) {

  private static final String JSON = "application/json;charset=UTF-8";
  private static final String TEXT = "text/plain;charset=UTF-8";

  public Answer(int status, JsonWriter body, OrderCounts.@Nullable Usage orderCounts) {
    this(status, body, orderCounts, null, null);
  }

  /** 200. */
  public static Answer ok(JsonWriter body) {
    return new Answer(200, body, null);
  }

  /** 200 to a request that counts as orders. */
  public static Answer ok(JsonWriter body, OrderCounts.Usage orderCounts) {
    return new Answer(200, body, orderCounts);
  }

  /**
   * 200 and something to save.
   *
   * @param name letters, digits, dots and dashes
   * @param text ASCII
   */
  public static Answer file(String name, String text) {
    return new Answer(200, new JsonWriter(text.length()).json(text), null, null, name);
  }

  /** Media type of the body, unless it is a refusal. */
  public String contentType() {
    return file == null || file.endsWith(".json") ? JSON : TEXT;
  }

  /** {@code {"code":…,"msg":…}}. */
  public static Answer error(ApiError error) {
    JsonWriter body = new JsonWriter(160);
    write(error, body);
    return new Answer(error.status(), body, null, error, null);
  }

  /** The refusal as problem details [RFC 9457]; with about:blank the title is the status's own. */
  public static JsonWriter problem(ApiError error) {
    JsonWriter json =
        new JsonWriter(224)
            .beginObject()
            .field("type", Problem.type(error.code()))
            .field("title", Problem.title(error.code(), HttpStatus.getMessage(error.status())))
            .field("status", error.status())
            .field("detail", error.message())
            .field("code", error.code());
    if (error.parameter() != null) {
      json.field("parameter", error.parameter());
    }
    return json.endObject();
  }

  /** Writes a refusal as an object, for answers that contain one. */
  public static void write(ApiError error, JsonWriter to) {
    to.beginObject().field("code", error.code()).field("msg", error.message()).endObject();
  }
}
