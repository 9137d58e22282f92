package org.fondaco.api.http;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every endpoint of the API, found by method and path. */
public final class Routes {
  private static final String PEOPLE = "/v1/";
  private static final String ADMIN = "/admin/v1/";

  private final List<Endpoint> endpoints;
  private final Map<Method, Map<String, Endpoint>> byPath = new EnumMap<>(Method.class);
  private final Map<Method, List<PathTemplate>> templates = new EnumMap<>(Method.class);

  /**
   * An endpoint and what its path says.
   *
   * @param pathValues values of the path's parameters by name, decoded
   */
  public record Match(Endpoint endpoint, Map<String, String> pathValues) {}

  /**
   * @throws IllegalArgumentException when two endpoints have the same method and path
   */
  public Routes(List<Endpoint> endpoints) {
    this.endpoints = List.copyOf(endpoints);
    for (Endpoint endpoint : endpoints) {
      Map<String, Endpoint> paths = byPath.computeIfAbsent(endpoint.method(), _ -> new HashMap<>());
      if (paths.put(endpoint.path(), endpoint) != null) {
        throw new IllegalArgumentException("two of " + endpoint.method() + endpoint.path());
      }
      if (PathTemplate.isTemplate(endpoint.path())) {
        templates
            .computeIfAbsent(endpoint.method(), _ -> new ArrayList<>())
            .add(new PathTemplate(endpoint));
      }
    }
  }

  /** In the order given. */
  public List<Endpoint> endpoints() {
    return endpoints;
  }

  /**
   * The endpoint with this method and path.
   *
   * @throws IllegalArgumentException when there is none
   */
  public Endpoint endpoint(Method method, String path) {
    Endpoint endpoint = byPath.getOrDefault(method, Map.of()).get(path);
    if (endpoint == null) {
      throw new IllegalArgumentException("no endpoint " + method + " " + path);
    }
    return endpoint;
  }

  /** Paths that are the API's alone: what is not found there is refused, not passed on. */
  static boolean covers(String path) {
    return path.startsWith("/api/")
        || path.startsWith("/sapi/")
        || path.startsWith("/fapi/")
        || path.startsWith("/dapi/")
        || isOwn(path);
  }

  /** Paths of the venue's own REST, which sessions may use as well as signed requests. */
  public static boolean isOwn(String path) {
    return path.startsWith(PEOPLE) || path.startsWith(ADMIN);
  }

  /** Paths whose refusals are problem details [RFC 9457] instead of Binance's code and message. */
  public static boolean answersProblems(String path) {
    return isOwn(path);
  }

  /** The endpoint, null when there is none of this method and path. */
  public @Nullable Match find(String method, String path) {
    for (Map.Entry<Method, Map<String, Endpoint>> entry : byPath.entrySet()) {
      if (entry.getKey().name().equals(method)) {
        Endpoint exact = entry.getValue().get(path);
        return exact != null && !PathTemplate.isTemplate(path)
            ? new Match(exact, Map.of())
            : byTemplate(entry.getKey(), path);
      }
    }
    return null;
  }

  private @Nullable Match byTemplate(Method method, String path) {
    for (PathTemplate template : templates.getOrDefault(method, List.of())) {
      Map<String, String> values = template.match(path);
      if (values != null) {
        return new Match(template.endpoint(), values);
      }
    }
    return null;
  }
}
