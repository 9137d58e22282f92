package org.fondaco.api.identity;

import static org.fondaco.db.schema.Tables.ACCOUNTS;
import static org.fondaco.db.schema.Tables.USERS;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.fondaco.api.security.Role;
import org.fondaco.api.security.Roles;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record6;
import org.jooq.SelectJoinStep;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * All users, kept in memory so that roles are known, and the kill switch works, while the database
 * is down. Whoever changes a user calls {@link #reload}. Thread-safe.
 */
public final class Users implements Roles {
  private final DSLContext database;
  private final Map<Long, User> byId = new ConcurrentHashMap<>();

  private Users(DSLContext database) {
    this.database = database;
  }

  /** Reads all of them. */
  public static Users open(DSLContext database) {
    Users users = new Users(database);
    users.read(DSL.noCondition());
    return users;
  }

  /** The user; one who is new is looked up, and is not found while the database is down. */
  public Optional<User> find(long userId) {
    User known = byId.get(userId);
    if (known != null) {
      return Optional.of(known);
    }
    try {
      return reload(userId);
    } catch (DataAccessException e) {
      return Optional.empty();
    }
  }

  @Override
  public @Nullable Role of(long userId) {
    return find(userId).filter(user -> !user.locked()).map(User::role).orElse(null);
  }

  /** In the order of their making. */
  List<User> all() {
    read(DSL.noCondition());
    return byId.values().stream().sorted(java.util.Comparator.comparingLong(User::userId)).toList();
  }

  /** Somebody's present row. */
  Optional<User> reload(long userId) {
    read(USERS.USER_ID.eq(userId));
    return Optional.ofNullable(byId.get(userId));
  }

  /** The user's id and password hash by e-mail address, in any case. */
  @Nullable Secret byEmail(String email) {
    return database
        .select(USERS.USER_ID, USERS.PASSWORD_HASH)
        .from(USERS)
        .where(DSL.lower(USERS.EMAIL).eq(DSL.lower(DSL.val(email))))
        .fetchOne(row -> new Secret(row.value1(), row.value2()));
  }

  /** The user's password hash. */
  @Nullable Secret secret(long userId) {
    return database
        .select(USERS.USER_ID, USERS.PASSWORD_HASH)
        .from(USERS)
        .where(USERS.USER_ID.eq(userId))
        .fetchOne(row -> new Secret(row.value1(), row.value2()));
  }

  /** What a password is checked against; says nothing about it when printed. */
  record Secret(long userId, String passwordHash) {
    @Override
    public String toString() {
      return "Secret of user " + userId;
    }
  }

  /**
   * Writes a user and the account that is its own.
   *
   * @throws org.jooq.exception.IntegrityConstraintViolationException when name or address is taken
   */
  static long insert(
      DSLContext transaction, String name, String email, String passwordHash, Role role) {
    return transaction
        .insertInto(USERS)
        .set(USERS.NAME, name)
        .set(USERS.EMAIL, email)
        .set(USERS.PASSWORD_HASH, passwordHash)
        .set(USERS.ROLE, role.name())
        .returning(USERS.USER_ID)
        .fetchSingle()
        .getUserId();
  }

  /** Gives a user an account of the engine; none that somebody has. */
  static void own(DSLContext transaction, long userId, long account, String label) {
    transaction
        .insertInto(ACCOUNTS)
        .set(ACCOUNTS.ACCOUNT_ID, account)
        .set(ACCOUNTS.USER_ID, userId)
        .set(ACCOUNTS.LABEL, label)
        .execute();
  }

  static void setPassword(DSLContext transaction, long userId, String passwordHash) {
    transaction
        .update(USERS)
        .set(USERS.PASSWORD_HASH, passwordHash)
        .where(USERS.USER_ID.eq(userId))
        .execute();
  }

  static void setRole(DSLContext transaction, long userId, Role role) {
    transaction
        .update(USERS)
        .set(USERS.ROLE, role.name())
        .where(USERS.USER_ID.eq(userId))
        .execute();
  }

  static void setLocked(DSLContext transaction, long userId, boolean locked) {
    transaction
        .update(USERS)
        .set(USERS.LOCKED_AT, locked ? OffsetDateTime.now() : null)
        .where(USERS.USER_ID.eq(userId))
        .execute();
  }

  private void read(Condition condition) {
    SelectJoinStep<Record6<Long, String, String, String, OffsetDateTime, Long>> rows =
        database
            .select(
                USERS.USER_ID,
                USERS.NAME,
                USERS.EMAIL,
                USERS.ROLE,
                USERS.LOCKED_AT,
                DSL.field(
                    DSL.select(DSL.min(ACCOUNTS.ACCOUNT_ID))
                        .from(ACCOUNTS)
                        .where(ACCOUNTS.USER_ID.eq(USERS.USER_ID))))
            .from(USERS);
    rows.where(condition)
        .forEach(row ->
            byId.put(
                row.value1(),
                new User(
                    row.value1(),
                    row.value2(),
                    row.value3(),
                    Role.valueOf(row.value4()),
                    row.value5() != null,
                    row.value6() == null ? 0 : row.value6())));
  }
}
