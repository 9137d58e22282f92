package org.fondaco.api.http;

import java.util.List;

/**
 * A parameter that an endpoint reads. The same declaration refuses unknown parameters and makes the
 * OpenAPI page, so that the page cannot lie.
 *
 * @param values allowed values of an ENUM, else empty
 */
public record Parameter(
    String name,
    Place place,
    Type type,
    boolean mandatory,
    String description,
    List<String> values) {

  /** Where it is sent. */
  public enum Place {
    /** In the query string or the form body. */
    REQUEST,
    /** In the path. */
    PATH
  }

  /** Binance's names of the types. */
  public enum Type {
    STRING,
    LONG,
    INT,
    DECIMAL,
    /** As DECIMAL, and may be below zero. */
    SIGNED_DECIMAL,
    BOOLEAN,
    ENUM,
    /** An object of JSON. */
    JSON
  }

  /** A parameter that must be sent. */
  public static Parameter mandatory(String name, Type type, String description) {
    return new Parameter(name, Place.REQUEST, type, true, description, List.of());
  }

  /** A parameter that may be sent. */
  public static Parameter optional(String name, Type type, String description) {
    return new Parameter(name, Place.REQUEST, type, false, description, List.of());
  }

  /** A parameter that is a segment of the path. */
  public static Parameter inPath(String name, String description) {
    return new Parameter(name, Place.PATH, Type.STRING, true, description, List.of());
  }

  /** One of the constants of an enumeration. */
  public static <E extends Enum<E>> Parameter choice(
      String name, Class<E> type, boolean mandatory, String description) {
    List<String> values = java.util.Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    return new Parameter(name, Place.REQUEST, Type.ENUM, mandatory, description, values);
  }

  /** This parameter with a prefix in front of its name, capitalised after it. */
  public Parameter prefixed(String prefix) {
    String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    return new Parameter(prefix + capital, place, type, mandatory, description, values);
  }
}
