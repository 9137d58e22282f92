package org.fondaco.api.stream;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.api.json.JsonWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * A request of a client of the streams.
 *
 * @param params as sent: texts, truth values, and null for anything else
 */
record ControlMessage(Method method, List<@Nullable Object> params, Id id) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String VARIANTS =
      "expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`,"
          + " `GET_PROPERTY`";
  private static final String ID = "request ID must be an unsigned integer";
  private static final String ID_PATTERN = "[A-Za-z0-9_-]{1,36}";
  private static final String COMBINED = "combined";
  private static final int INVALID_REQUEST = 2;
  private static final int INVALID_JSON = 3;

  /** What it asks for. */
  enum Method {
    SUBSCRIBE,
    UNSUBSCRIBE,
    LIST_SUBSCRIPTIONS,
    SET_PROPERTY,
    GET_PROPERTY
  }

  /**
   * The id to repeat in the answer: a 64-bit number, a text, or null.
   *
   * @param value Long, String or null
   */
  record Id(@Nullable Object value) {
    void write(JsonWriter json) {
      if (value instanceof Long number) {
        json.value(number);
      } else if (value instanceof String text) {
        json.value(text);
      } else {
        json.nullValue();
      }
    }
  }

  /** The request is refused; the text is Binance's where it documents one. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final transient @Nullable Id id;

    Refused(int code, String message, @Nullable Id id) {
      super(message, null, false, false);
      this.code = code;
      this.id = id;
    }

    /** The answer, without its last bracket. */
    JsonWriter reply() {
      JsonWriter json = new JsonWriter(160).beginObject().name("error").beginObject();
      json.field("code", code).field("msg", String.valueOf(getMessage())).endObject();
      if (id != null) {
        id.write(json.name("id"));
      }
      return json;
    }
  }

  /**
   * @throws Refused when it is no JSON or no request
   */
  static ControlMessage parse(String text) throws Refused {
    Draft draft = new Draft();
    try (JsonParser parser = JSON.createParser(text)) {
      draft.read(parser);
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      throw new Refused(
          INVALID_JSON,
          "Invalid JSON: expected value at line %d column %d"
              .formatted(at == null ? 1 : at.getLineNr(), at == null ? 0 : at.getColumnNr()),
          null);
    }
    return draft.finished();
  }

  /** The streams named. */
  List<String> names() throws Refused {
    List<String> names = new ArrayList<>();
    for (Object param : params) {
      if (!(param instanceof String name)) {
        throw refused("stream names must be strings");
      }
      names.add(name);
    }
    return names;
  }

  void checkNoParameters() throws Refused {
    if (!params.isEmpty()) {
      throw refused("too many parameters");
    }
  }

  /** The value that the property is to have. */
  boolean combined() throws Refused {
    checkProperty(2);
    if (params.size() == 2 && params.get(1) instanceof Boolean value) {
      return value;
    }
    throw new Refused(1, "Invalid value type: expected Boolean", id);
  }

  /** Checks that the only property there is, is meant. */
  void checkProperty(int paramsMax) throws Refused {
    if (params.isEmpty() || !(params.getFirst() instanceof String property)) {
      throw refused("property name must be a string");
    }
    if (params.size() > paramsMax) {
      throw refused("too many parameters");
    }
    if (!property.equals(COMBINED)) {
      throw new Refused(0, "Unknown property", id);
    }
  }

  Refused refused(String why) {
    return new Refused(INVALID_REQUEST, "Invalid request: " + why, id);
  }

  /** A request while it is read. */
  private static final class Draft {
    private @Nullable String method;
    private String methodPlace = "";
    private String endPlace = "";
    private List<@Nullable Object> params = List.of();
    private @Nullable Id id;
    private boolean paramsWrong;

    void read(JsonParser parser) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new StreamReadException(parser, "nothing");
      }
      if (first == JsonToken.START_OBJECT) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String field = parser.currentName();
          parser.nextToken();
          field(parser, field);
        }
      } else {
        parser.skipChildren();
      }
      endPlace = place(parser);
      if (parser.nextToken() != null) {
        // Something follows the request; the parser says where it cannot stand.
        throw new StreamReadException(parser, "trailing characters");
      }
    }

    private void field(JsonParser parser, String field) {
      switch (field) {
        case "method" -> {
          method = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getString() : null;
          methodPlace = place(parser);
          parser.skipChildren();
        }
        case "params" -> params(parser);
        case "id" -> {
          id = id(parser);
          parser.skipChildren();
        }
        default -> parser.skipChildren();
      }
    }

    private void params(JsonParser parser) {
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        paramsWrong = parser.currentToken() != JsonToken.VALUE_NULL;
        parser.skipChildren();
        return;
      }
      params = new ArrayList<>();
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        params.add(
            switch (token) {
              case VALUE_STRING -> parser.getString();
              case VALUE_TRUE -> true;
              case VALUE_FALSE -> false;
              default -> null;
            });
        parser.skipChildren();
      }
    }

    private static @Nullable Id id(JsonParser parser) {
      return switch (parser.currentToken()) {
        case VALUE_NULL -> new Id(null);
        case VALUE_STRING ->
            parser.getString().matches(ID_PATTERN) ? new Id(parser.getString()) : null;
        case VALUE_NUMBER_INT ->
            parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? null
                : new Id(parser.getLongValue());
        default -> null;
      };
    }

    private static String place(JsonParser parser) {
      TokenStreamLocation at = parser.currentLocation();
      return " at line %d column %d".formatted(at.getLineNr(), Math.max(0, at.getColumnNr() - 1));
    }

    ControlMessage finished() throws Refused {
      if (method == null) {
        throw refused("missing field `method`" + endPlace);
      }
      Method known = null;
      for (Method candidate : Method.values()) {
        if (candidate.name().equals(method)) {
          known = candidate;
        }
      }
      if (known == null) {
        throw refused("unknown variant `" + method + "`, " + VARIANTS + methodPlace);
      }
      if (id == null) {
        throw refused(ID);
      }
      if (paramsWrong) {
        throw refused("params must be an array");
      }
      return new ControlMessage(known, params, id);
    }

    private Refused refused(String why) {
      return new Refused(INVALID_REQUEST, "Invalid request: " + why, id);
    }
  }
}
