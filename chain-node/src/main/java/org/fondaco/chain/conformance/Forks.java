package org.fondaco.chain.conformance;

import org.fondaco.chain.fork.Fork;

/** What the official tests call the forks. */
final class Forks {
  private Forks() {}

  static Fork named(String name) {
    return switch (name) {
      case "Frontier" -> Fork.FRONTIER;
      case "Homestead" -> Fork.HOMESTEAD;
      case "EIP150" -> Fork.TANGERINE_WHISTLE;
      case "EIP158" -> Fork.SPURIOUS_DRAGON;
      case "Byzantium" -> Fork.BYZANTIUM;
      case "Constantinople" -> Fork.CONSTANTINOPLE;
      case "ConstantinopleFix" -> Fork.PETERSBURG;
      case "Istanbul" -> Fork.ISTANBUL;
      case "Berlin" -> Fork.BERLIN;
      case "London", "ArrowGlacier", "GrayGlacier" -> Fork.LONDON;
      case "Merge", "Paris" -> Fork.PARIS;
      case "Shanghai" -> Fork.SHANGHAI;
      case "Cancun" -> Fork.CANCUN;
      default -> throw new IllegalArgumentException("no such fork: " + name);
    };
  }
}
