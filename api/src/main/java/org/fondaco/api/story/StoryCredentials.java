package org.fondaco.api.story;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who plays in the story, and where the outside world is: what a demo venue writes into
 * demo-credentials.json.
 *
 * @param baseUrl of the venue, empty when it is given otherwise
 * @param nodes where the outside world keeps its coins
 */
record StoryCredentials(String baseUrl, List<User> users, List<Node> nodes) {

  /** A person with an API key; {@code role} in lower case. */
  record User(
      String name, String email, String password, String apiKey, String secretKey, String role) {}

  /**
   * A node with a wallet, or with an unlocked account, that is not the venue's.
   *
   * @param chain BTC, BCH, LTC or ETH
   * @param url of its JSON-RPC
   * @param cookie file with `user:password`, empty for none
   * @param dollar contract of USDT, empty on UTXO chains
   */
  record Node(String chain, String url, String cookie, String dollar) {}

  static StoryCredentials read(Path file) throws IOException {
    try {
      StoryCredentials read =
          JsonMapper.shared().readValue(Files.readAllBytes(file), StoryCredentials.class);
      return new StoryCredentials(
          read.baseUrl == null ? "" : read.baseUrl,
          read.users == null ? List.of() : read.users,
          read.nodes == null ? List.of() : read.nodes);
    } catch (JacksonException e) {
      throw new IOException(file + " is no credentials file: " + e.getOriginalMessage(), e);
    }
  }

  User user(String name) {
    return users.stream()
        .filter(user -> user.name().equals(name))
        .findAny()
        .orElseThrow(() -> new StoryFailed("the credentials have no user " + name));
  }

  Node node(String chain) {
    return nodes.stream()
        .filter(node -> node.chain().equals(chain))
        .findAny()
        .orElseThrow(() -> new StoryFailed("the credentials have no node of " + chain));
  }
}
