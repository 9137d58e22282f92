package org.fondaco.api.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fondaco.api.error.Problem;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a flat JSON object as parameters. A number is taken as it is written, never as floating
 * point; an array of texts becomes a list with commas; null is as good as absent; an object within
 * stays JSON, for the parameters that are of type JSON.
 */
final class JsonBody {
  private static final String TYPE = "application/json";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).build();

  private JsonBody() {}

  static boolean isJson(@Nullable String contentType) {
    return contentType != null && contentType.regionMatches(true, 0, TYPE, 0, TYPE.length());
  }

  /**
   * @param body as sent, a character a byte
   * @throws org.fondaco.api.error.ApiException -8017 when it is something else
   */
  static List<Map.Entry<String, String>> parse(String body) {
    List<Map.Entry<String, String>> members = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(body.getBytes(StandardCharsets.ISO_8859_1))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw Problem.BODY.exception();
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        String value = value(parser);
        if (value != null) {
          members.add(Map.entry(name, value));
        }
      }
      if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        throw Problem.BODY.exception();
      }
    } catch (JacksonException e) {
      throw Problem.BODY.exception();
    }
    return members;
  }

  private static @Nullable String value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> null;
      case START_OBJECT -> parser.readValueAsTree().toString();
      case START_ARRAY -> list(parser);
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
          parser.getString();
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw Problem.BODY.exception();
    };
  }

  private static String list(JsonParser parser) {
    List<String> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      JsonToken token = parser.currentToken();
      if (token == null || !token.isScalarValue()) {
        throw Problem.BODY.exception();
      }
      values.add(parser.getString());
    }
    return String.join(",", values);
  }
}
