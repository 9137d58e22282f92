package org.fondaco.api.security;

import java.util.Set;

/** What a user is to the venue; the names are those of the table users. */
public enum Role {
  /** Trades for itself. */
  TRADER(Permission.USER_DATA, Permission.TRADE, Permission.WITHDRAW),
  /** Trades for the house's OTC desk. */
  DEALER(Permission.USER_DATA, Permission.TRADE, Permission.WITHDRAW),
  /** Runs the market: halts and opens symbols, pulls the kill switch. */
  OPERATOR(Permission.USER_DATA, Permission.ADMINISTER),
  /** Reads everything, changes nothing. */
  AUDITOR(Permission.USER_DATA),
  /** Changes the venue and its people; money only together with a second one. */
  ADMINISTRATOR(Permission.USER_DATA, Permission.ADMINISTER);

  private final Set<Permission> permissions;

  Role(Permission... permissions) {
    this.permissions = Set.of(permissions);
  }

  /** What API keys of such users may be allowed at most. */
  public Set<Permission> permissions() {
    return permissions;
  }
}
