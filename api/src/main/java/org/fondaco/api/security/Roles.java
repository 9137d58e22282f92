package org.fondaco.api.security;

import org.jspecify.annotations.Nullable;

/** What users are to the venue now. Thread-safe. */
@FunctionalInterface
public interface Roles {

  /** The user's present role, null when there is no such user or the user is locked. */
  @Nullable Role of(long userId);
}
