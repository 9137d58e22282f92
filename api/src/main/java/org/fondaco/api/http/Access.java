package org.fondaco.api.http;

import org.fondaco.api.error.Problem;
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
  WITHDRAW,
  /** A signed request by a key that may change what its user's role may. */
  ADMINISTER,
  /** No key will do: a person who has signed in. */
  SESSION,
  /** A request that names a key that may read its account, without a signature. */
  USER_STREAM;

  /** Whether the holder of a key must sign. */
  public boolean signed() {
    return switch (this) {
      case PUBLIC, USER_STREAM -> false;
      case USER_DATA, TRADE, WITHDRAW, ADMINISTER, SESSION -> true;
    };
  }

  /**
   * What the key must be allowed to do.
   *
   * @throws IllegalStateException when anybody may call
   * @throws org.fondaco.api.error.ApiException -8006 when no key may call
   */
  public Permission permission() {
    return switch (this) {
      case PUBLIC -> throw new IllegalStateException("needs no key");
      case USER_DATA, USER_STREAM -> Permission.USER_DATA;
      case TRADE -> Permission.TRADE;
      case WITHDRAW -> Permission.WITHDRAW;
      case ADMINISTER -> Permission.ADMINISTER;
      case SESSION -> throw Problem.SESSION_ONLY.exception();
    };
  }
}
