package org.fondaco.custody.chain;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a node serves JSON-RPC and how one is let in.
 *
 * @param url http or https
 * @param cookie file with `user:password`, read again at each connection failure of kind 401; null
 *     for none
 * @param user with {@code password}, null for none
 */
public record NodeAddress(
    URI url, @Nullable Path cookie, @Nullable String user, @Nullable String password) {

  /**
   * The address in a URL that may carry `user:password@`.
   *
   * @throws IllegalArgumentException when it is no http or https URL
   */
  public static NodeAddress of(String url, @Nullable Path cookie) {
    URI uri = URI.create(url);
    String scheme = uri.getScheme();
    if (uri.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException("a node's address begins with http:// or https://");
    }
    String login = uri.getUserInfo();
    int colon = login == null ? -1 : login.indexOf(':');
    String user = colon < 0 ? null : login.substring(0, colon);
    String password = colon < 0 ? null : login.substring(colon + 1);
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new NodeAddress(
        URI.create(scheme + "://" + uri.getHost() + port + path + query), cookie, user, password);
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return url.getScheme() + "://" + url.getHost() + ":" + url.getPort() + url.getPath();
  }
}
