package org.fondaco.api.security;

import java.util.Set;

/**
 * Who asks, proven.
 *
 * @param credential names what proved it, for digests and logs; no secret: an API key, or the
 *     public name of a session
 * @param account the engine's account that requests are about
 */
public record Identity(String credential, long userId, long account, Set<Permission> permissions) {

  public boolean may(Permission permission) {
    return permissions.contains(permission);
  }
}
