package org.fondaco.chain.utxo.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Every method by name. Filled before the node serves, read only afterwards. */
final class CoreMethods {
  private final Map<String, CoreMethod> byName = new TreeMap<>();

  void add(String category, String name, String usage, String help, CoreMethod.Body body) {
    if (byName.put(name, new CoreMethod(category, name, usage, help, body)) != null) {
      throw new IllegalArgumentException(name + " is there");
    }
  }

  /**
   * Calls a method with what a request has as {@code params}.
   *
   * @param wallet that the path names; empty for the node's own
   */
  @Nullable JsonNode call(String name, JsonNode params, String wallet) throws CoreException {
    CoreMethod method = byName.get(name);
    if (method == null) {
      throw new CoreException(CoreException.METHOD_NOT_FOUND, "Method not found");
    }
    return method.body().call(arguments(method, params, wallet));
  }

  private static Arguments arguments(CoreMethod method, JsonNode params, String wallet)
      throws CoreException {
    List<String> names = method.parameters();
    @Nullable JsonNode[] values = new @Nullable JsonNode[names.size()];
    int count = 0;
    if (params.isObject()) {
      for (Map.Entry<String, JsonNode> each : params.properties()) {
        int index = names.indexOf(each.getKey());
        if (index < 0) {
          throw CoreException.parameter("Unknown named parameter " + each.getKey());
        }
        values[index] = each.getValue().isNull() ? null : each.getValue();
        count = Math.max(count, index + 1);
      }
    } else {
      count = params.size();
      for (int i = 0; i < Math.min(count, values.length); i++) {
        values[i] = params.get(i).isNull() ? null : params.get(i);
      }
    }
    if (count > values.length || count < method.required()) {
      throw new CoreException(CoreException.MISC, text(method));
    }
    return new Arguments(values, wallet);
  }

  private static String text(CoreMethod method) {
    return method.line() + "\n\n" + method.help() + "\n";
  }

  /** The words of one method, or a line for each by category. */
  JsonNode help(@Nullable String name) throws CoreException {
    if (name != null) {
      CoreMethod method = byName.get(name);
      return StringNode.valueOf(method == null ? "help: unknown command: " + name : text(method));
    }
    Map<String, List<String>> categories = new TreeMap<>();
    for (CoreMethod method : byName.values()) {
      categories.computeIfAbsent(method.category(), _ -> new ArrayList<>()).add(method.line());
    }
    StringBuilder all = new StringBuilder();
    categories.forEach((category, lines) -> {
      all.append(all.isEmpty() ? "" : "\n").append("== ").append(category).append(" ==\n");
      lines.forEach(line -> all.append(line).append('\n'));
    });
    return StringNode.valueOf(all.toString().strip());
  }
}
