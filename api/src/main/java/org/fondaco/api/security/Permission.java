package org.fondaco.api.security;

/** What an API key may do. */
public enum Permission {
  /** Read its account, orders and trades. */
  USER_DATA,
  /** Place, amend and cancel orders. */
  TRADE,
  /** Move assets out of the venue; only from addresses that the key names. */
  WITHDRAW,
  /** Change the venue, as far as its user's role may. */
  ADMINISTER
}
