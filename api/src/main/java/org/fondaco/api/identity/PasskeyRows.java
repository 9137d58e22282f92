package org.fondaco.api.identity;

import static org.fondaco.db.schema.Tables.PASSKEYS;
import static org.fondaco.db.schema.Tables.PASSKEY_OWNERS;
import static org.fondaco.db.schema.Tables.USERS;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.fondaco.api.error.Problem;
import org.fondaco.db.schema.tables.records.PasskeysRecord;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCose;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;

/** Passkeys and their owners in the database. */
final class PasskeyRows implements UserCredentialRepository {
  private final DSLContext database;

  PasskeyRows(DSLContext database) {
    this.database = database;
  }

  /** Gives a user the handle that its authenticators know it by, unless it has one. */
  void ownHandle(User user) {
    database
        .insertInto(PASSKEY_OWNERS)
        .set(PASSKEY_OWNERS.USER_ID, user.userId())
        .set(PASSKEY_OWNERS.HANDLE, Bytes.random().getBytes())
        .onConflict(PASSKEY_OWNERS.USER_ID)
        .doNothing()
        .execute();
  }

  /**
   * @throws org.fondaco.api.error.ApiException -8020 when it is nobody's
   */
  long userId(Bytes handle) {
    Long userId =
        database
            .select(PASSKEY_OWNERS.USER_ID)
            .from(PASSKEY_OWNERS)
            .where(PASSKEY_OWNERS.HANDLE.eq(handle.getBytes()))
            .fetchOne(PASSKEY_OWNERS.USER_ID);
    if (userId == null) {
      throw Problem.WRONG_PASSKEY.exception();
    }
    return userId;
  }

  /** A user's passkeys, oldest first. */
  List<PasskeysRecord> of(long userId) {
    return database
        .selectFrom(PASSKEYS)
        .where(PASSKEYS.USER_ID.eq(userId))
        .orderBy(PASSKEYS.CREATED_AT, PASSKEYS.CREDENTIAL_ID)
        .fetch();
  }

  /** Ends a passkey of this user; false when it has none of this id. */
  boolean delete(long userId, byte[] credentialId) {
    return database
            .deleteFrom(PASSKEYS)
            .where(PASSKEYS.CREDENTIAL_ID.eq(credentialId).and(PASSKEYS.USER_ID.eq(userId)))
            .execute()
        == 1;
  }

  @Override
  public void delete(Bytes credentialId) {
    database
        .deleteFrom(PASSKEYS)
        .where(PASSKEYS.CREDENTIAL_ID.eq(credentialId.getBytes()))
        .execute();
  }

  @Override
  public void save(CredentialRecord record) {
    PasskeysRecord row = new PasskeysRecord();
    row.setCredentialId(record.getCredentialId().getBytes());
    row.setUserId(userId(record.getUserEntityUserId()));
    row.setLabel(record.getLabel());
    row.setPublicKey(record.getPublicKey().getBytes());
    row.setSignatureCount(record.getSignatureCount());
    row.setUvInitialized(record.isUvInitialized());
    row.setBackupEligible(record.isBackupEligible());
    row.setBackupState(record.isBackupState());
    row.setTransports(
        record.getTransports().stream()
            .map(AuthenticatorTransport::getValue)
            .sorted()
            .toArray(String[]::new));
    Bytes attestation = record.getAttestationObject();
    row.setAttestationObject(attestation == null ? null : attestation.getBytes());
    Bytes clientData = record.getAttestationClientDataJSON();
    row.setAttestationClientData(clientData == null ? null : clientData.getBytes());
    row.setCreatedAt(at(record.getCreated()));
    row.setLastUsedAt(at(record.getLastUsed()));
    int written =
        database
            .insertInto(PASSKEYS)
            .set(row)
            .onConflict(PASSKEYS.CREDENTIAL_ID)
            .doUpdate()
            .set(PASSKEYS.SIGNATURE_COUNT, row.getSignatureCount())
            .set(PASSKEYS.UV_INITIALIZED, row.getUvInitialized())
            .set(PASSKEYS.BACKUP_STATE, row.getBackupState())
            .set(PASSKEYS.LAST_USED_AT, row.getLastUsedAt())
            .where(PASSKEYS.USER_ID.eq(row.getUserId()).and(countsOn(record.getSignatureCount())))
            .execute();
    if (written == 0) {
      throw new IllegalStateException("a clone of an authenticator counts again");
    }
  }

  /**
   * An authenticator counts its signatures up, or not at all [WebAuthn §6.1.1]. Spring Security
   * compares with the count at registration, so a clone is found out here.
   */
  private static Condition countsOn(long count) {
    return count == 0 ? PASSKEYS.SIGNATURE_COUNT.eq(0L) : PASSKEYS.SIGNATURE_COUNT.lt(count);
  }

  @Override
  public @Nullable CredentialRecord findByCredentialId(Bytes credentialId) {
    return find(PASSKEYS.CREDENTIAL_ID.eq(credentialId.getBytes())).stream()
        .findFirst()
        .orElse(null);
  }

  @Override
  public List<CredentialRecord> findByUserId(Bytes handle) {
    return find(PASSKEY_OWNERS.HANDLE.eq(handle.getBytes()));
  }

  private List<CredentialRecord> find(Condition where) {
    return database
        .select(PASSKEYS.fields())
        .select(PASSKEY_OWNERS.HANDLE)
        .from(PASSKEYS)
        .join(PASSKEY_OWNERS)
        .on(PASSKEY_OWNERS.USER_ID.eq(PASSKEYS.USER_ID))
        .where(where)
        .fetch(row -> record(row.into(PASSKEYS), row.get(PASSKEY_OWNERS.HANDLE)));
  }

  private static CredentialRecord record(PasskeysRecord row, byte[] handle) {
    var record =
        ImmutableCredentialRecord.builder()
            .credentialType(PublicKeyCredentialType.PUBLIC_KEY)
            .credentialId(new Bytes(row.getCredentialId()))
            .userEntityUserId(new Bytes(handle))
            .publicKey(new ImmutablePublicKeyCose(row.getPublicKey()))
            .signatureCount(row.getSignatureCount())
            .uvInitialized(row.getUvInitialized())
            .backupEligible(row.getBackupEligible())
            .backupState(row.getBackupState())
            .transports(
                Arrays.stream(row.getTransports())
                    .map(AuthenticatorTransport::valueOf)
                    .collect(Collectors.toSet()))
            .label(row.getLabel())
            .created(row.getCreatedAt().toInstant())
            .lastUsed(row.getLastUsedAt().toInstant());
    byte[] attestation = row.getAttestationObject();
    if (attestation != null) {
      record.attestationObject(new Bytes(attestation));
    }
    byte[] clientData = row.getAttestationClientData();
    if (clientData != null) {
      record.attestationClientDataJSON(new Bytes(clientData));
    }
    return record.build();
  }

  /** Who owns passkeys, as Spring Security asks for it. */
  PublicKeyCredentialUserEntityRepository owners() {
    return new Owners(database);
  }

  private record Owners(DSLContext database) implements PublicKeyCredentialUserEntityRepository {
    @Override
    public @Nullable PublicKeyCredentialUserEntity findById(Bytes handle) {
      return find(PASSKEY_OWNERS.HANDLE.eq(handle.getBytes()));
    }

    @Override
    public @Nullable PublicKeyCredentialUserEntity findByUsername(String name) {
      return find(USERS.NAME.eq(name));
    }

    @Override
    public void save(PublicKeyCredentialUserEntity owner) {
      throw new IllegalStateException("handles are given by ownHandle: " + owner.getName());
    }

    @Override
    public void delete(Bytes handle) {
      throw new IllegalStateException("handles are for ever");
    }

    private @Nullable PublicKeyCredentialUserEntity find(Condition where) {
      return database
          .select(USERS.NAME, USERS.EMAIL, PASSKEY_OWNERS.HANDLE)
          .from(PASSKEY_OWNERS)
          .join(USERS)
          .on(USERS.USER_ID.eq(PASSKEY_OWNERS.USER_ID))
          .where(where)
          .fetchOne(row ->
              ImmutablePublicKeyCredentialUserEntity.builder()
                  .name(row.value1())
                  .displayName(row.value2())
                  .id(new Bytes(row.value3()))
                  .build());
    }
  }

  private static OffsetDateTime at(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
