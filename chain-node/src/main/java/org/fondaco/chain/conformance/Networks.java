package org.fondaco.chain.conformance;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The networks of the blockchain tests as geth's {@code config}: one fork from the first block on,
 * or a change such as {@code BerlinToLondonAt5}, {@code ParisToShanghaiAtTime15k} and {@code
 * ArrowGlacierToParisAtDiffC0000}.
 */
final class Networks {
  private static final Pattern CHANGE =
      Pattern.compile("(\\w+?)To(\\w+?)At(Time|Diff|)([0-9A-Fa-f]+)(k?)");

  /** In their order, as the tests name them. */
  private static final List<String> FORKS =
      List.of(
          "Frontier",
          "Homestead",
          "Dao",
          "EIP150",
          "EIP158",
          "Byzantium",
          "Constantinople",
          "ConstantinopleFix",
          "Istanbul",
          "MuirGlacier",
          "Berlin",
          "London",
          "ArrowGlacier",
          "GrayGlacier",
          "Paris",
          "Shanghai",
          "Cancun");

  private Networks() {}

  /**
   * The config of a network.
   *
   * @throws IllegalArgumentException if there is no such network
   */
  static ObjectNode config(String network) {
    ObjectNode config = JsonNodeFactory.instance.objectNode().put("chainId", 1);
    config.putNull("petersburgBlock"); // or it would come with Constantinople
    Matcher change = CHANGE.matcher(network);
    if (!change.matches()) {
      start(config, network);
      return config;
    }
    start(config, change.group(1));
    String to = change.group(2);
    String at = change.group(4);
    switch (change.group(3)) {
      case "Time" -> put(config, to, Long.parseLong(at) * (change.group(5).isEmpty() ? 1 : 1_000));
      case "Diff" -> config.put("terminalTotalDifficulty", Long.parseLong(at, 16));
      default -> {
        for (String fork : FORKS.subList(index(change.group(1)) + 1, index(to))) {
          // A change may skip forks, as of ConstantinopleFix; a fork at its end includes them.
          if (!fork.equals("Dao") || to.equals("Dao")) {
            put(config, fork, Long.parseLong(at));
          }
        }
        put(config, to, Long.parseLong(at));
      }
    }
    return config;
  }

  private static void start(ObjectNode config, String network) {
    for (String fork : FORKS.subList(0, index(network) + 1)) {
      if (!fork.equals("Dao")) {
        put(config, fork, 0);
      }
    }
  }

  private static int index(String fork) {
    int index = FORKS.indexOf(fork.equals("Merge") ? "Paris" : fork);
    if (index < 0) {
      throw new IllegalArgumentException("no network of the fork " + fork);
    }
    return index;
  }

  private static void put(ObjectNode config, String fork, long at) {
    switch (fork) {
      case "Frontier" -> {}
      case "Dao" -> config.put("daoForkBlock", at).put("daoForkSupport", true);
      case "Paris" -> config.put("terminalTotalDifficulty", at);
      case "Shanghai", "Cancun" -> config.put(fork.toLowerCase(java.util.Locale.ROOT) + "Time", at);
      default -> config.put(key(fork), at);
    }
  }

  private static String key(String fork) {
    return switch (fork) {
      case "EIP150" -> "eip150Block";
      case "EIP158" -> "eip158Block";
      case "ConstantinopleFix" -> "petersburgBlock";
      default -> Character.toLowerCase(fork.charAt(0)) + fork.substring(1) + "Block";
    };
  }
}
