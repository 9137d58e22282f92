package org.fondaco.api.torture;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who the demo made, as its credentials file tells. */
final class DemoUsers {
  private final Map<String, TradingClient> clients = new LinkedHashMap<>();
  private final Map<String, List<String>> byRole = new LinkedHashMap<>();

  private DemoUsers() {}

  static DemoUsers read(Path folder, URI baseUrl) {
    DemoUsers users = new DemoUsers();
    try {
      JsonNode file =
          JsonMapper.builder()
              .build()
              .readTree(Files.readAllBytes(folder.resolve("demo-credentials.json")));
      for (JsonNode user : file.get("users")) {
        String name = user.get("name").asString();
        users.clients.put(
            name,
            new TradingClient(
                baseUrl, user.get("apiKey").asString(), user.get("secretKey").asString()));
        users.byRole.computeIfAbsent(user.get("role").asString(), _ -> new ArrayList<>()).add(name);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return users;
  }

  TradingClient client(String name) {
    TradingClient client = clients.get(name);
    if (client == null) {
      throw new AssertionError("the demo has no " + name + " but " + clients.keySet());
    }
    return client;
  }

  /** Names of the users with this role, in lower case. */
  List<String> withRole(String role) {
    return byRole.getOrDefault(role, List.of());
  }

  /** Everybody, by name. */
  Map<String, TradingClient> all() {
    return clients;
  }
}
