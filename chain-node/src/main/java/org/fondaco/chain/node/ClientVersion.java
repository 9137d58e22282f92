package org.fondaco.chain.node;

import java.util.Locale;

/** How the node names itself to clients and peers: name, version, platform, language. */
public final class ClientVersion {
  public static final String TEXT =
      "Fondaco/v0.1.0/%s-%s/java%d"
          .formatted(
              System.getProperty("os.name").toLowerCase(Locale.ROOT),
              System.getProperty("os.arch"),
              Runtime.version().feature());

  private ClientVersion() {}
}
