package org.fondaco.api.admin;

/** What a user is to the venue; the names are those of the table users. */
enum Role {
  TRADER,
  DEALER,
  ADMINISTRATOR,
  AUDITOR
}
