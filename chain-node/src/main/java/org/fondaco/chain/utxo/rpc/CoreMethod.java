package org.fondaco.chain.utxo.rpc;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One method.
 *
 * @param category under which {@code help} lists it
 * @param usage its parameters as Core writes them: {@code "blockhash" ( verbosity )}; what stands
 *     in parentheses may be left out
 * @param help what it does, then its parameters if they need words
 */
record CoreMethod(String category, String name, String usage, String help, Body body) {
  /** The work of a method; null is JSON's null. Safe for any thread. */
  @FunctionalInterface
  interface Body {
    @Nullable JsonNode call(Arguments arguments) throws CoreException;
  }

  /** Names of all parameters, in their order. */
  List<String> parameters() {
    return usage.isEmpty()
        ? List.of()
        : List.of(usage.replaceAll("[()\"\\[\\]{}]", " ").strip().split("\\s+"));
  }

  /** How many parameters must be there. */
  int required() {
    int optional = usage.indexOf('(');
    String before = optional < 0 ? usage : usage.substring(0, optional);
    String bare = before.replaceAll("[\"\\[\\]{}]", " ").strip();
    return bare.isEmpty() ? 0 : bare.split("\\s+").length;
  }

  String line() {
    return usage.isEmpty() ? name : name + " " + usage;
  }
}
