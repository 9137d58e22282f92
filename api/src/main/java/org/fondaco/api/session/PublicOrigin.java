package org.fondaco.api.session;

import java.net.URI;

/**
 * Where people reach the venue, as their browsers see it.
 *
 * @param url scheme, host and port only
 */
public record PublicOrigin(URI url) {

  public PublicOrigin {
    boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
    String path = url.getPath();
    if (!web
        || url.getHost() == null
        || url.getUserInfo() != null
        || url.getQuery() != null
        || url.getFragment() != null
        || (path != null && !path.isEmpty() && !path.equals("/"))) {
      throw new IllegalArgumentException("not scheme, host and port only: " + url);
    }
  }

  /** Whether cookies may be bound to HTTPS. */
  public boolean secure() {
    return "https".equals(url.getScheme());
  }

  /** As in the header Origin. */
  public String origin() {
    return url.getScheme() + "://" + url.getRawAuthority();
  }

  /**
   * The same for passkeys, which are bound to a name and never to an address: a browser on this
   * machine calls it localhost.
   */
  public PublicOrigin forPasskeys() {
    String host = url.getHost();
    boolean loopback = host.startsWith("127.") || host.equals("[::1]");
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return loopback ? new PublicOrigin(URI.create(url.getScheme() + "://localhost" + port)) : this;
  }

  /** The name of a cookie; browsers hold a host to the prefix, so that no neighbour can set it. */
  public String cookie(String name) {
    return secure() ? "__Host-" + name : name;
  }
}
