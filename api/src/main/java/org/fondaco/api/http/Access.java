package org.fondaco.api.http;

import org.fondaco.api.security.Permission;

/** Who may call an endpoint [rest-api.md §Request Security]. */
public enum Access {
  /** Anybody. */
  PUBLIC,
  /** A signed request by a key that may read its account. */
  USER_DATA,
  /** A signed request by a key that may trade. */
  TRADE,
  /** A signed request by a key that may withdraw. */
  WITHDRAW;

  /**
   * What the key must be allowed to do.
   *
   * @throws IllegalStateException when anybody may call
   */
  public Permission permission() {
    return switch (this) {
      case PUBLIC -> throw new IllegalStateException("needs no key");
      case USER_DATA -> Permission.USER_DATA;
      case TRADE -> Permission.TRADE;
      case WITHDRAW -> Permission.WITHDRAW;
    };
  }
}
