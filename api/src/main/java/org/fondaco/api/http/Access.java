package org.fondaco.api.http;

/** What an API key needs to call an endpoint [rest-api.md §Endpoint security type]. */
public enum Access {
  /** Nothing, not even a key. */
  PUBLIC,
  /** A signed request by a key that may read its account. */
  USER_DATA,
  /** A signed request by a key that may trade. */
  TRADE,
  /** A signed request by a key that may change what its user's role may. */
  ADMINISTER,
  /** No key will do: a person who has signed in. */
  SESSION
}
