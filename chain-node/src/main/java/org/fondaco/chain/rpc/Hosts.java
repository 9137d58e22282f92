package org.fondaco.chain.rpc;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who may reach a door, by the names that browsers send: Host and Origin. */
final class Hosts {
  private static final String ANY = "*";

  private Hosts() {}

  /**
   * Whether a request may name this host. An address is never the name that an attacker's page was
   * loaded under, so addresses may; so may requests without the header, which no browser sends.
   */
  static boolean isVirtualHost(Set<String> allowed, @Nullable String host) {
    if (host == null || host.isEmpty() || allowed.contains(ANY)) {
      return true;
    }
    String name = host.toLowerCase(Locale.ROOT);
    return isAddress(name) || lowerCase(allowed).contains(name);
  }

  /** Whether a page of this origin may connect; no page asks without an origin. */
  static boolean isWebSocketOrigin(Set<String> allowed, @Nullable String origin) {
    if (origin == null || allowed.contains(ANY)) {
      return true;
    }
    String text = origin.toLowerCase(Locale.ROOT);
    if (allowed.isEmpty()) {
      String host = host(text);
      return text.startsWith("http://") && ("localhost".equals(host) || "127.0.0.1".equals(host));
    }
    Set<String> rules = lowerCase(allowed);
    String host = host(text);
    // A rule is an origin, or a host under any scheme and port.
    return rules.contains(text) || host != null && rules.contains(host);
  }

  private static Set<String> lowerCase(Set<String> names) {
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  private static @Nullable String host(String origin) {
    try {
      return URI.create(origin).getHost();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** No name ends in a number (RFC 3696), and none contains a colon. */
  private static boolean isAddress(String name) {
    return name.indexOf(':') >= 0 || name.matches("\\d{1,3}(\\.\\d{1,3}){3}");
  }
}
