package org.fondaco.api.security;

/** What a user is to the venue; the names are those of the table users. */
public enum Role {
  /** Trades for itself. */
  TRADER,
  /** Trades for the house's OTC desk. */
  DEALER,
  /** Runs the market: halts and opens symbols, pulls the kill switch. */
  OPERATOR,
  /** Reads everything, changes nothing. */
  AUDITOR,
  /** Changes the venue and its people; money only together with a second one. */
  ADMINISTRATOR
}
