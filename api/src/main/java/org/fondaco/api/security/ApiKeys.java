package org.fondaco.api.security;

import static org.fondaco.db.schema.Tables.API_KEYS;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The venue's API keys. All valid keys are in memory, so that requests are checked, and trading
 * goes on, while the database is down; only making and revoking keys needs it. Thread-safe.
 */
public final class ApiKeys {
  private static final int KEY_LENGTH = 64;
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private final DSLContext database;
  private final SecretBox box;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, ApiKey> valid = new ConcurrentHashMap<>();
  private final Set<Long> suspended = ConcurrentHashMap.newKeySet();

  private ApiKeys(DSLContext database, SecretBox box) {
    this.database = database;
    this.box = box;
  }

  /**
   * Loads all keys that are not revoked.
   *
   * @param keyFile holds the key that seals secrets; made when absent
   * @throws IOException when the key file cannot be read or made
   * @throws IllegalStateException when it does not open what is in the database
   */
  public static ApiKeys open(DSLContext database, Path keyFile) throws IOException {
    ApiKeys keys = new ApiKeys(database, SecretBox.open(keyFile));
    database
        .selectFrom(API_KEYS)
        .where(API_KEYS.REVOKED_AT.isNull())
        .forEach(row -> {
          byte[] secret = keys.box.open(row.getApiKey(), row.getSealedSecret());
          Set<Permission> permissions = EnumSet.noneOf(Permission.class);
          Arrays.stream(row.getPermissions()).map(Permission::valueOf).forEach(permissions::add);
          keys.remember(row.getApiKey(), row.getUserId(), row.getAccountId(), permissions, secret);
        });
    return keys;
  }

  /** A key and its secret, which is shown once and never again. */
  public record NewKey(String apiKey, String secretKey) {}

  /**
   * Makes a key; it is valid when this returns.
   *
   * @param account an account of that user, in table accounts
   */
  public NewKey create(long userId, long account, String label, Set<Permission> permissions) {
    String apiKey = randomText();
    String secretKey = randomText();
    byte[] secret = secretKey.getBytes(StandardCharsets.US_ASCII);
    database
        .insertInto(API_KEYS)
        .set(API_KEYS.API_KEY, apiKey)
        .set(API_KEYS.ACCOUNT_ID, account)
        .set(API_KEYS.USER_ID, userId)
        .set(API_KEYS.SEALED_SECRET, box.seal(apiKey, secret))
        .set(API_KEYS.LABEL, label)
        .set(
            API_KEYS.PERMISSIONS,
            permissions.stream().map(Permission::name).sorted().toArray(String[]::new))
        .execute();
    remember(apiKey, userId, account, permissions, secret);
    return new NewKey(apiKey, secretKey);
  }

  /** Ends a key at once and for ever; an unknown key is left alone. */
  public void revoke(String apiKey) {
    valid.remove(apiKey);
    database
        .update(API_KEYS)
        .set(API_KEYS.REVOKED_AT, OffsetDateTime.now())
        .where(API_KEYS.API_KEY.eq(apiKey).and(API_KEYS.REVOKED_AT.isNull()))
        .execute();
  }

  /** The key, null when it is unknown or revoked, or its user is suspended. */
  public @Nullable ApiKey find(String apiKey) {
    ApiKey key = valid.get(apiKey);
    return key == null || suspended.contains(key.identity().userId()) ? null : key;
  }

  /** From now on, none of a user's keys is found. */
  public void suspend(long userId) {
    suspended.add(userId);
  }

  /** Ends {@link #suspend}; a user who is not suspended is left alone. */
  public void resume(long userId) {
    suspended.remove(userId);
  }

  /** Whether the text can be a key at all [errors.md -2014]. */
  public static boolean wellFormed(String apiKey) {
    if (apiKey.isEmpty() || apiKey.length() > 128) {
      return false;
    }
    for (int i = 0; i < apiKey.length(); i++) {
      char c = apiKey.charAt(i);
      boolean plain =
          c >= '0' && c <= '9'
              || c >= 'A' && c <= 'Z'
              || c >= 'a' && c <= 'z'
              || c == '-'
              || c == '_';
      if (!plain) {
        return false;
      }
    }
    return true;
  }

  private void remember(
      String apiKey, long userId, long account, Set<Permission> permissions, byte[] secret) {
    valid.put(
        apiKey,
        new ApiKey(
            new Identity(apiKey, userId, account, Set.copyOf(permissions)),
            new HmacVerifier(secret)));
  }

  private String randomText() {
    StringBuilder text = new StringBuilder(KEY_LENGTH);
    for (int i = 0; i < KEY_LENGTH; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
