package org.fondaco.api.identity;

import org.fondaco.api.json.JsonWriter;

/** A user as the API shows it. */
final class UserJson {
  private UserJson() {}

  /** Writes the user's fields into an object that is open. */
  static JsonWriter fields(JsonWriter json, User user) {
    return json.field("userId", user.userId())
        .field("name", user.name())
        .field("email", user.email())
        .field("role", user.role().name())
        .field("locked", user.locked())
        .field("account", user.account());
  }
}
