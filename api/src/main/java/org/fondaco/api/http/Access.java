package org.fondaco.api.http;

/** Who may call an endpoint [rest-api.md §Endpoint security type]. */
public enum Access {
  /** Anybody. */
  PUBLIC,
  /** A signed request by a key that may read its account. */
  USER_DATA,
  /** A signed request by a key that may trade. */
  TRADE
}
