package org.fondaco.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordHashTest {

  /** From the reference implementation's tests, phc-winner-argon2 src/test.c. */
  private static final String REFERENCE =
      "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

  @Test
  void agreesWithTheReferenceImplementation() {
    assertThat(PasswordHash.matches("password", REFERENCE)).isTrue();
    assertThat(PasswordHash.matches("Password", REFERENCE)).isFalse();
  }

  @Test
  void aHashIsOfItsPasswordOnlyAndSaltedAfresh() {
    String hash = PasswordHash.of("correct horse");
    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(PasswordHash.matches("correct horse", hash)).isTrue();
    assertThat(PasswordHash.matches("correct hors", hash)).isFalse();
    assertThat(PasswordHash.of("correct horse")).isNotEqualTo(hash);
  }

  @Test
  void whatIsNoSuchHashMatchesNothing() {
    assertThat(PasswordHash.matches("password", "")).isFalse();
    assertThat(PasswordHash.matches("password", "password")).isFalse();
    assertThat(PasswordHash.matches("password", REFERENCE.replace("argon2id", "argon2i")))
        .isFalse();
  }
}
