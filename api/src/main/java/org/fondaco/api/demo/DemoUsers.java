package org.fondaco.api.demo;

import static org.fondaco.db.schema.Tables.ACCOUNTS;
import static org.fondaco.db.schema.Tables.API_KEYS;
import static org.fondaco.db.schema.Tables.USERS;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fondaco.api.address.Addresses;
import org.fondaco.api.security.ApiKeys;
import org.fondaco.api.security.KeyRequest;
import org.fondaco.api.security.PasswordHash;
import org.jooq.DSLContext;

/**
 * Registers the demo's users with fresh passwords and keys. May be done again after a crash: the
 * users stay, their passwords and keys are replaced, as those of the attempt before are unknown.
 */
final class DemoUsers {

  /** A key that may withdraw names where it is used from; a demo listens nowhere else. */
  private static final Addresses LOOPBACK = Addresses.parse("127.0.0.0/8,::1/128");

  private static final int PASSWORD_LENGTH = 20;

  /** No letters that are taken for one another. */
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  private final DSLContext database;
  private final ApiKeys keys;
  private final SecureRandom random = new SecureRandom();

  DemoUsers(DSLContext database, ApiKeys keys) {
    this.database = database;
    this.keys = keys;
  }

  List<Credentials.Entry> register() {
    List<Credentials.Entry> entries = new ArrayList<>();
    for (DemoUser user : DemoUser.values()) {
      String password = password();
      long userId = store(user, PasswordHash.of(password));
      revokeKeys(userId);
      ApiKeys.NewKey key =
          keys.createHmac(
              userId, user.account(), new KeyRequest("demo", user.permissions(), LOOPBACK));
      entries.add(
          new Credentials.Entry(
              user.userName(),
              user.email(),
              password,
              key.apiKey(),
              key.secretKey(),
              user.role().name().toLowerCase(Locale.ROOT)));
    }
    return entries;
  }

  private long store(DemoUser user, String passwordHash) {
    return database.transactionResult(configuration -> {
      DSLContext transaction = configuration.dsl();
      long userId =
          transaction
              .insertInto(USERS)
              .set(USERS.NAME, user.userName())
              .set(USERS.EMAIL, user.email())
              .set(USERS.PASSWORD_HASH, passwordHash)
              .set(USERS.ROLE, user.role().name())
              .onConflict(USERS.NAME)
              .doUpdate()
              .set(USERS.PASSWORD_HASH, passwordHash)
              .returning(USERS.USER_ID)
              .fetchSingle()
              .getUserId();
      own(transaction, userId, user.account(), "");
      if (user == DemoUser.MAKER) {
        own(transaction, userId, DemoUser.TAKER_ACCOUNT, "simulator's taker");
      }
      return userId;
    });
  }

  private static void own(DSLContext transaction, long userId, long account, String label) {
    transaction
        .insertInto(ACCOUNTS)
        .set(ACCOUNTS.ACCOUNT_ID, account)
        .set(ACCOUNTS.USER_ID, userId)
        .set(ACCOUNTS.LABEL, label)
        .onConflict(ACCOUNTS.ACCOUNT_ID)
        .doNothing()
        .execute();
    long owner =
        transaction
            .select(ACCOUNTS.USER_ID)
            .from(ACCOUNTS)
            .where(ACCOUNTS.ACCOUNT_ID.eq(account))
            .fetchSingle()
            .value1();
    if (owner != userId) {
      throw new IllegalStateException(
          "account " + account + " of this database is not the demo's: use an empty database");
    }
  }

  private void revokeKeys(long userId) {
    database
        .select(API_KEYS.API_KEY)
        .from(API_KEYS)
        .where(API_KEYS.USER_ID.eq(userId).and(API_KEYS.REVOKED_AT.isNull()))
        .fetch(API_KEYS.API_KEY)
        .forEach(keys::revoke);
  }

  private String password() {
    StringBuilder password = new StringBuilder(PASSWORD_LENGTH);
    for (int i = 0; i < PASSWORD_LENGTH; i++) {
      password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return password.toString();
  }
}
