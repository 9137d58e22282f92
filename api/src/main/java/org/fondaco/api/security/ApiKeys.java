package org.fondaco.api.security;

import static org.fondaco.db.schema.Tables.API_KEYS;
import static org.fondaco.db.schema.Tables.USERS;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.fondaco.api.address.Addresses;
import org.fondaco.api.error.VenueErrors;
import org.fondaco.db.schema.tables.records.ApiKeysRecord;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The venue's API keys. All valid keys are in memory, so that requests are checked, and trading
 * goes on, while the database is down; only making, listing and revoking keys needs it.
 * Thread-safe.
 */
public final class ApiKeys {

  /** Valid keys that a user may have at a time. */
  public static final int KEYS_PER_USER_MAX = 100;

  private static final int KEY_LENGTH = 64;
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private final DSLContext database;
  private final SecretBox box;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, ApiKey> valid = new ConcurrentHashMap<>();
  private final Set<Long> suspended = ConcurrentHashMap.newKeySet();
  private final List<Consumer<String>> revocationListeners = new CopyOnWriteArrayList<>();

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
        .forEach(row -> keys.valid.put(row.getApiKey(), keys.valid(row)));
    return keys;
  }

  /** A key and its secret, which is shown once and never again. */
  public record NewKey(String apiKey, String secretKey) {}

  /** Makes an HMAC key that may be used from anywhere; as {@link #createHmac}. */
  public NewKey create(long userId, long account, String label, Set<Permission> permissions) {
    return createHmac(userId, account, new KeyRequest(label, permissions, Addresses.NONE));
  }

  /**
   * Makes a key with a secret that both sides know; it is valid when this returns.
   *
   * @param account an account of that user, in table accounts
   * @throws KeyRefused when the user has too many keys
   */
  public NewKey createHmac(long userId, long account, KeyRequest request) {
    String apiKey = randomText();
    String secretKey = randomText();
    ApiKeysRecord row = row(apiKey, userId, account, KeyType.HMAC, request);
    row.setSealedSecret(box.seal(apiKey, secretKey.getBytes(StandardCharsets.US_ASCII)));
    store(row);
    return new NewKey(apiKey, secretKey);
  }

  /**
   * Makes a key whose secret half the user has made and keeps; RSA or Ed25519. It is valid when
   * this returns.
   *
   * @param account an account of that user, in table accounts
   * @param pem the public key as PEM of a SubjectPublicKeyInfo
   * @throws KeyRefused when the public key is malformed, weak or of another kind, or the user has
   *     too many keys
   */
  public KeyInfo createFromPublicKey(long userId, long account, KeyRequest request, String pem) {
    PublicKeys.Uploaded uploaded = PublicKeys.fromPem(pem);
    ApiKeysRecord row = row(randomText(), userId, account, uploaded.type(), request);
    row.setPublicKey(uploaded.der());
    store(row);
    return info(row);
  }

  /** The valid keys of a user, the oldest first. */
  public List<KeyInfo> ofUser(long userId) {
    return database
        .selectFrom(API_KEYS)
        .where(API_KEYS.USER_ID.eq(userId).and(API_KEYS.REVOKED_AT.isNull()))
        .orderBy(API_KEYS.CREATED_AT, API_KEYS.API_KEY)
        .fetch(ApiKeys::info);
  }

  /** Ends a key at once and for ever; an unknown key is left alone. */
  public void revoke(String apiKey) {
    boolean known = valid.remove(apiKey) != null;
    try {
      database
          .update(API_KEYS)
          .set(API_KEYS.REVOKED_AT, OffsetDateTime.now())
          .where(API_KEYS.API_KEY.eq(apiKey).and(API_KEYS.REVOKED_AT.isNull()))
          .execute();
    } finally {
      // Its sessions end even when the database is down and the key comes back with a restart.
      if (known) {
        revocationListeners.forEach(listener -> listener.accept(apiKey));
      }
    }
  }

  /**
   * Ends a key if it is that user's.
   *
   * @return false when the user has no such valid key
   */
  public boolean revoke(long userId, String apiKey) {
    ApiKey key = valid.get(apiKey);
    if (key == null || key.identity().userId() != userId) {
      return false;
    }
    revoke(apiKey);
    return true;
  }

  /** Ends all keys of a user. */
  public void revokeAll(long userId) {
    valid.values().stream()
        .map(ApiKey::identity)
        .filter(identity -> identity.userId() == userId)
        .map(Identity::credential)
        .toList()
        .forEach(this::revoke);
  }

  /** Adds a listener that is told each key that was revoked, after it has become invalid. */
  public void onRevoked(Consumer<String> listener) {
    revocationListeners.add(listener);
  }

  /** The key, null when it is unknown or revoked, or its user is suspended. */
  public @Nullable ApiKey find(String apiKey) {
    ApiKey key = valid.get(apiKey);
    return key == null || suspended.contains(key.identity().userId()) ? null : key;
  }

  /** From now on, none of a user's keys is found; those that are in use are told as revoked. */
  public void suspend(long userId) {
    suspended.add(userId);
    for (ApiKey key : valid.values()) {
      if (key.identity().userId() == userId) {
        revocationListeners.forEach(listener -> listener.accept(key.identity().credential()));
      }
    }
  }

  /** Ends {@link #suspend}; a user who is not suspended is left alone. */
  public void resume(long userId) {
    suspended.remove(userId);
  }

  /**
   * The key that a request names, if it may do that from there; whoever sent it still has to prove
   * to hold it.
   *
   * @param apiKey as sent, null = none
   * @param address of the client
   * @throws org.fondaco.api.error.ApiException -2014 or -2015
   */
  public ApiKey admit(@Nullable String apiKey, Permission needed, String address) {
    if (apiKey == null || !wellFormed(apiKey)) {
      throw VenueErrors.keyFormat();
    }
    ApiKey key = find(apiKey);
    if (key == null || !key.identity().may(needed) || !key.allows(address)) {
      throw VenueErrors.keyRejected();
    }
    return key;
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

  private static ApiKeysRecord row(
      String apiKey, long userId, long account, KeyType type, KeyRequest request) {
    ApiKeysRecord row = new ApiKeysRecord();
    row.setApiKey(apiKey);
    row.setUserId(userId);
    row.setAccountId(account);
    row.setType(type.name());
    row.setLabel(request.label());
    row.setPermissions(
        request.permissions().stream().map(Permission::name).sorted().toArray(String[]::new));
    row.setAddresses(request.addresses().texts().toArray(String[]::new));
    row.setCreatedAt(OffsetDateTime.now());
    return row;
  }

  private void store(ApiKeysRecord row) {
    database.transaction(configuration -> {
      DSLContext transaction = configuration.dsl();
      // The user's row is locked so that two requests cannot both make the last key.
      transaction
          .selectOne()
          .from(USERS)
          .where(USERS.USER_ID.eq(row.getUserId()))
          .forUpdate()
          .fetch();
      int keys =
          transaction.fetchCount(
              API_KEYS, API_KEYS.USER_ID.eq(row.getUserId()).and(API_KEYS.REVOKED_AT.isNull()));
      if (keys >= KEYS_PER_USER_MAX) {
        throw new KeyRefused(
            KeyRefused.Reason.TOO_MANY_KEYS,
            "A user has at most " + KEYS_PER_USER_MAX + " keys; revoke one first.");
      }
      transaction.insertInto(API_KEYS).set(row).execute();
    });
    valid.put(row.getApiKey(), valid(row));
  }

  private ApiKey valid(ApiKeysRecord row) {
    KeyType type = KeyType.valueOf(row.getType());
    KeyVerifier verifier =
        switch (type) {
          case HMAC ->
              new HmacVerifier(
                  box.open(row.getApiKey(), Objects.requireNonNull(row.getSealedSecret())));
          case RSA, ED25519 ->
              PublicKeys.fromDer(Objects.requireNonNull(row.getPublicKey())).verifier();
        };
    return new ApiKey(
        new Identity(row.getApiKey(), row.getUserId(), row.getAccountId(), permissions(row)),
        verifier,
        type,
        Addresses.of(Arrays.asList(row.getAddresses())));
  }

  private static KeyInfo info(ApiKeysRecord row) {
    byte[] publicKey = row.getPublicKey();
    return new KeyInfo(
        row.getApiKey(),
        row.getAccountId(),
        KeyType.valueOf(row.getType()),
        row.getLabel(),
        permissions(row),
        List.of(row.getAddresses()),
        publicKey == null ? "" : PublicKeys.toPem(publicKey),
        row.getCreatedAt().toInstant());
  }

  private static Set<Permission> permissions(ApiKeysRecord row) {
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    Arrays.stream(row.getPermissions()).map(Permission::valueOf).forEach(permissions::add);
    return Set.copyOf(permissions);
  }

  private String randomText() {
    StringBuilder text = new StringBuilder(KEY_LENGTH);
    for (int i = 0; i < KEY_LENGTH; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
