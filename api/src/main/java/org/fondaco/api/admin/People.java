package org.fondaco.api.admin;

import static org.fondaco.db.schema.Tables.USERS;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.DSLContext;

/**
 * Names and roles of users, kept in memory so that the kill switch works while the database is
 * down. A user's role never changes. Thread-safe.
 */
final class People {
  private final DSLContext database;
  private final Map<Long, Person> byUserId = new ConcurrentHashMap<>();

  People(DSLContext database) {
    this.database = database;
    load();
  }

  /**
   * @throws org.jooq.exception.DataAccessException when the user is new and the database is down
   */
  Optional<Person> find(long userId) {
    if (!byUserId.containsKey(userId)) {
      load();
    }
    return Optional.ofNullable(byUserId.get(userId));
  }

  private void load() {
    database
        .select(USERS.USER_ID, USERS.NAME, USERS.ROLE)
        .from(USERS)
        .forEach(row ->
            byUserId.put(row.value1(), new Person(row.value2(), Role.valueOf(row.value3()))));
  }
}
