package org.fondaco.api.wsapi;

import java.util.SortedMap;
import java.util.TreeMap;
import org.fondaco.api.error.ApiException;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.json.JsonWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads requests token by token, so that nothing is built of what is too deep, too long or of
 * another shape. Takes JSON by the book: no comments, no repeated names, nothing behind the end.
 */
final class RequestParser {
  private static final int DEPTH_MAX = 8;
  private static final int ID_LENGTH_MAX = 256;
  private static final int PARAMETERS_MAX = 100;
  private static final int ELEMENTS_MAX = 2_000;
  private static final String VERSION = "v3/";

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxNameLength(64)
                  .maxStringLength(8_192)
                  .maxNumberLength(64)
                  .build())
          .build();

  private RequestParser() {}

  /**
   * A message that is no request.
   *
   * @param id of the request as far as it could be read
   */
  record Refusal(@Nullable Object id, ApiException cause) {}

  /**
   * @param request null when it was refused
   */
  record Parsed(@Nullable Request request, @Nullable Refusal refusal) {}

  static Parsed parse(String text) {
    Reading reading = new Reading();
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      return new Parsed(reading.request(json), null);
    } catch (JacksonException e) {
      return new Parsed(null, new Refusal(reading.id, RequestErrors.invalidJson()));
    } catch (ApiException e) {
      return new Parsed(null, new Refusal(reading.id, e));
    }
  }

  /** One request while it is read. */
  private static final class Reading {
    private @Nullable Object id;
    private boolean identified;
    private boolean parameterised;
    private @Nullable String method;
    private final SortedMap<String, String> parameters = new TreeMap<>();

    Request request(JsonParser json) {
      demand(json.nextToken() == JsonToken.START_OBJECT);
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        JsonToken token = json.nextToken();
        switch (name) {
          case "id" -> id(json, token);
          case "method" -> {
            demand(token == JsonToken.VALUE_STRING && method == null);
            method = json.getString();
          }
          case "params" -> {
            demand(token == JsonToken.START_OBJECT && !parameterised);
            parameterised = true;
            parameters(json);
          }
          default -> json.skipChildren();
        }
      }
      demand(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null);
      if (!identified) {
        throw RequestErrors.mandatory("id");
      }
      if (method == null) {
        throw RequestErrors.mandatory("method");
      }
      return new Request(
          id, method.startsWith(VERSION) ? method.substring(VERSION.length()) : method, parameters);
    }

    private void id(JsonParser json, JsonToken token) {
      demand(!identified);
      switch (token) {
        case VALUE_NUMBER_INT -> {
          demand(json.getNumberType() != JsonParser.NumberType.BIG_INTEGER);
          id = json.getLongValue();
        }
        case VALUE_STRING -> {
          demand(json.getString().length() <= ID_LENGTH_MAX);
          id = json.getString();
        }
        case VALUE_NULL -> id = null;
        default -> throw RequestErrors.invalidJson();
      }
      identified = true;
    }

    private void parameters(JsonParser json) {
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        if (parameters.size() == PARAMETERS_MAX) {
          throw RequestErrors.tooManyParameters(PARAMETERS_MAX, PARAMETERS_MAX + 1);
        }
        demand(parameters.put(name, value(json, name, json.nextToken())) == null);
      }
      demand(json.currentToken() == JsonToken.END_OBJECT);
    }

    private static String value(JsonParser json, String name, JsonToken token) {
      return switch (token) {
        case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
            json.getString();
        case VALUE_NULL -> "";
        case START_ARRAY -> array(json, name);
        default -> throw RequestErrors.invalidJson(name);
      };
    }

    /** As REST takes a list: JSON text. */
    private static String array(JsonParser json, String name) {
      JsonWriter text = new JsonWriter(128).beginArray();
      int elements = 0;
      for (JsonToken token = json.nextToken();
          token != JsonToken.END_ARRAY;
          token = json.nextToken()) {
        if (token != JsonToken.VALUE_STRING || ++elements > ELEMENTS_MAX) {
          throw RequestErrors.invalidJson(name);
        }
        text.value(json.getString());
      }
      return text.endArray().toString();
    }

    private static void demand(boolean wellFormed) {
      if (!wellFormed) {
        throw RequestErrors.invalidJson();
      }
    }
  }
}
