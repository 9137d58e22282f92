package org.fondaco.chain.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.generators.SCrypt;
import org.fondaco.chain.crypto.Keccak;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeystoreTest {
  private static final byte[] KEY = Keccak.hash256(new byte[] {1});

  @ParameterizedTest
  @EnumSource(Keystore.Derivation.class)
  void aKeyComesBackWithItsPasswordOnly(Keystore.Derivation derivation) throws KeystoreException {
    String file = Keystore.encrypt(KEY, "pässword".toCharArray(), derivation);
    assertThat(Keystore.decrypt(file, "pässword".toCharArray())).isEqualTo(KEY);
    assertThatThrownBy(() -> Keystore.decrypt(file, "password".toCharArray()))
        .isInstanceOf(KeystoreException.class)
        .hasMessage("could not decrypt key with given password");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"version\":1}",
        "{\"version\":3}",
        "{\"version\":3,\"crypto\":{\"cipher\":\"aes-128-ctr\",\"ciphertext\":\"00\","
            + "\"cipherparams\":{\"iv\":\"00\"},\"kdf\":\"scrypt\",\"kdfparams\":{\"salt\":\"00\","
            + "\"dklen\":32,\"n\":16777216,\"r\":1000,\"p\":1},\"mac\":\"00\"}}"
      })
  void aFileThatIsNoKeyIsRefused(String file) {
    assertThatThrownBy(() -> Keystore.decrypt(file, "x".toCharArray()))
        .isInstanceOf(KeystoreException.class);
  }

  @Test
  void scryptIsBouncyCastlesWhereThatAgrees() {
    byte[] password = "pleaseletmein".getBytes(StandardCharsets.UTF_8);
    byte[] salt = "SodiumChloride".getBytes(StandardCharsets.UTF_8);
    assertThat(Scrypt.derive(password, salt, 1024, 8, 2, 64))
        .isEqualTo(SCrypt.generate(password, salt, 1024, 8, 2, 64));
    assertThat(Scrypt.derive(password, salt, 16, 3, 1, 32))
        .isEqualTo(SCrypt.generate(password, salt, 16, 3, 1, 32));
  }
}
