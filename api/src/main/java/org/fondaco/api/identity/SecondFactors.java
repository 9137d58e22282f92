package org.fondaco.api.identity;

import static org.fondaco.db.schema.Tables.RECOVERY_CODES;
import static org.fondaco.db.schema.Tables.TOTP;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fondaco.api.error.Problem;
import org.fondaco.api.http.Call;
import org.fondaco.api.security.SecretBox;
import org.fondaco.db.schema.tables.records.TotpRecord;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Second factors of those who have set one up. A code is taken once: the database remembers the
 * last step, and moves it forward only.
 */
final class SecondFactors {
  private static final int SECRET_LENGTH = 20;
  private static final int RECOVERY_CODES_MADE = 10;
  private static final int RECOVERY_LENGTH = 10;
  private static final int GROUP = 4;

  private final DSLContext database;
  private final SecretBox box;
  private final SecurityAudit audit;
  private final Attempts attempts;
  private final SecureRandom random = new SecureRandom();

  SecondFactors(DSLContext database, SecretBox box, SecurityAudit audit, Attempts attempts) {
    this.database = database;
    this.box = box;
    this.audit = audit;
    this.attempts = attempts;
  }

  /**
   * Checks the second factor of somebody whose password was right.
   *
   * @return whether one was proven; false = the user has none
   * @throws org.fondaco.api.error.ApiException -8003 when it was not sent, -8002 when it is wrong
   */
  boolean require(User user, Call call, Attempts.Attempt attempt) {
    if (!confirmed(user.userId())) {
      return false;
    }
    String code = call.parameters().text("totp");
    String recovery = call.parameters().text("recoveryCode");
    if (code == null && recovery == null) {
      attempts.giveBack(attempt);
      throw Problem.SECOND_FACTOR_REQUIRED.exception();
    }
    boolean right =
        code != null
            ? take(user.userId(), code, true)
            : recovery != null && takeRecovery(user, recovery);
    if (!right) {
      audit.note(user.name(), "second-factor.refused", "address", call.visit().address());
      throw Problem.WRONG_CREDENTIALS.exception();
    }
    return true;
  }

  boolean confirmed(long userId) {
    return database.fetchExists(TOTP, TOTP.USER_ID.eq(userId).and(TOTP.CONFIRMED_AT.isNotNull()));
  }

  /**
   * Makes a secret that counts once a code of it was seen; one that was never confirmed is
   * replaced.
   *
   * @throws org.fondaco.api.error.ApiException -8012 when there is a confirmed one
   */
  byte[] enrol(User user) {
    byte[] secret = new byte[SECRET_LENGTH];
    random.nextBytes(secret);
    byte[] sealed = box.seal(owner(user.userId()), secret);
    int written =
        database
            .insertInto(TOTP)
            .set(TOTP.USER_ID, user.userId())
            .set(TOTP.SEALED_SECRET, sealed)
            .onConflict(TOTP.USER_ID)
            .doUpdate()
            .set(TOTP.SEALED_SECRET, sealed)
            .set(TOTP.LAST_STEP, 0L)
            .where(TOTP.CONFIRMED_AT.isNull())
            .execute();
    if (written == 0) {
      throw Problem.CONFLICT.error("There is a second factor; remove it first.").exception();
    }
    audit.note(user.name(), "totp.enrolled");
    return secret;
  }

  /**
   * Confirms the enrolled secret.
   *
   * @return recovery codes, shown once
   * @throws org.fondaco.api.error.ApiException -8002 when the code is wrong
   */
  List<String> confirm(User user, String code) {
    if (!take(user.userId(), code, false)) {
      throw Problem.WRONG_CREDENTIALS
          .error("This code is wrong or spent.")
          .about("totp")
          .exception();
    }
    List<String> codes = new ArrayList<>();
    database.transaction(configuration -> {
      DSLContext transaction = configuration.dsl();
      transaction
          .update(TOTP)
          .set(TOTP.CONFIRMED_AT, OffsetDateTime.now())
          .where(TOTP.USER_ID.eq(user.userId()))
          .execute();
      codes.addAll(freshRecoveryCodes(transaction, user.userId()));
      SecurityAudit.note(transaction, user.name(), "totp.confirmed");
    });
    return codes;
  }

  /** Removes the second factor and its recovery codes. */
  void remove(User user) {
    database.transaction(configuration -> {
      DSLContext transaction = configuration.dsl();
      transaction.deleteFrom(TOTP).where(TOTP.USER_ID.eq(user.userId())).execute();
      transaction
          .deleteFrom(RECOVERY_CODES)
          .where(RECOVERY_CODES.USER_ID.eq(user.userId()))
          .execute();
      SecurityAudit.note(transaction, user.name(), "totp.removed");
    });
  }

  /** How many recovery codes are left. */
  int recoveryCodesLeft(long userId) {
    return database.fetchCount(
        RECOVERY_CODES, RECOVERY_CODES.USER_ID.eq(userId).and(RECOVERY_CODES.USED_AT.isNull()));
  }

  private boolean take(long userId, String code, boolean confirmed) {
    @Nullable TotpRecord row = database.selectFrom(TOTP).where(TOTP.USER_ID.eq(userId)).fetchOne();
    if (row == null || (row.getConfirmedAt() != null) != confirmed) {
      return false;
    }
    byte[] secret = box.open(owner(userId), row.getSealedSecret());
    long step = Totp.step(secret, code, Instant.now().getEpochSecond(), row.getLastStep());
    // The condition decides between two requests with the same code.
    return step > 0
        && database
                .update(TOTP)
                .set(TOTP.LAST_STEP, step)
                .where(TOTP.USER_ID.eq(userId).and(TOTP.LAST_STEP.lt(step)))
                .execute()
            == 1;
  }

  private boolean takeRecovery(User user, String code) {
    boolean right =
        database
                .update(RECOVERY_CODES)
                .set(RECOVERY_CODES.USED_AT, OffsetDateTime.now())
                .where(
                    RECOVERY_CODES
                        .USER_ID
                        .eq(user.userId())
                        .and(RECOVERY_CODES.HASH.eq(hash(code)))
                        .and(RECOVERY_CODES.USED_AT.isNull()))
                .execute()
            == 1;
    if (right) {
      audit.note(user.name(), "recovery-code.used");
    }
    return right;
  }

  private List<String> freshRecoveryCodes(DSLContext transaction, long userId) {
    transaction.deleteFrom(RECOVERY_CODES).where(RECOVERY_CODES.USER_ID.eq(userId)).execute();
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < RECOVERY_CODES_MADE; i++) {
      byte[] bytes = new byte[RECOVERY_LENGTH];
      random.nextBytes(bytes);
      String code = Totp.base32(bytes).replaceAll("(.{" + GROUP + "})(?!$)", "$1-");
      transaction
          .insertInto(RECOVERY_CODES)
          .set(RECOVERY_CODES.USER_ID, userId)
          .set(RECOVERY_CODES.HASH, hash(code))
          .execute();
      codes.add(code);
    }
    return codes;
  }

  private static byte[] hash(String code) {
    try {
      String plain = code.toUpperCase(Locale.ROOT).replaceAll("[^A-Z2-7]", "");
      return MessageDigest.getInstance("SHA-256").digest(plain.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String owner(long userId) {
    return "totp " + userId;
  }
}
