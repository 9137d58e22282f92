package org.fondaco.api.security;

/** What an API key may do. */
public enum Permission {
  /** Read its account, orders and trades. */
  USER_DATA,
  /** Place, amend and cancel orders. */
  TRADE,
  /** Change the venue, as far as its user's role may. */
  ADMINISTER
}
