package org.fondaco.api.security;

import java.util.Set;

/** An API key that is valid now, and whose it is. */
public record Identity(
    String apiKey, long userId, long account, Set<Permission> permissions, KeyVerifier verifier) {

  public boolean may(Permission permission) {
    return permissions.contains(permission);
  }
}
