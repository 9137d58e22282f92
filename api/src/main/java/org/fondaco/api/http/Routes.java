package org.fondaco.api.http;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every endpoint of the API, found by method and exact path. */
public final class Routes {
  private final List<Endpoint> endpoints;
  private final Map<Method, Map<String, Endpoint>> byPath = new EnumMap<>(Method.class);

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
    }
  }

  /** In the order given. */
  public List<Endpoint> endpoints() {
    return endpoints;
  }

  /** Paths that are the API's alone: what is not found there is refused, not passed on. */
  static boolean covers(String path) {
    return path.startsWith("/api/") || path.startsWith("/sapi/");
  }

  @Nullable Endpoint find(String method, String path) {
    for (Map.Entry<Method, Map<String, Endpoint>> entry : byPath.entrySet()) {
      if (entry.getKey().name().equals(method)) {
        return entry.getValue().get(path);
      }
    }
    return null;
  }
}
