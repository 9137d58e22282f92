package org.fondaco.chain.rpc;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Every method of a node by name. Filled before the node serves, read only afterwards. */
public final class Methods {
  private final Map<String, RpcMethod> byName = new TreeMap<>();

  /**
   * Adds a method.
   *
   * @param name {@code namespace_name}
   * @throws IllegalArgumentException if it is there
   */
  public void add(String name, RpcMethod method) {
    if (name.indexOf('_') < 1) {
      throw new IllegalArgumentException(name + " has no namespace");
    }
    if (byName.putIfAbsent(name, method) != null) {
      throw new IllegalArgumentException(name + " is there");
    }
  }

  public @Nullable RpcMethod find(String name) {
    return byName.get(name);
  }

  public Set<String> names() {
    return byName.keySet();
  }

  /** The namespaces that have a method, for {@code rpc_modules}. */
  public Set<String> namespaces() {
    Set<String> namespaces = new TreeSet<>();
    byName.keySet().forEach(name -> namespaces.add(name.substring(0, name.indexOf('_'))));
    return namespaces;
  }
}
