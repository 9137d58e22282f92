package org.fondaco.custody.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.fondaco.custody.key.Digest;
import org.fondaco.custody.vault.VaultException.Reason;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
  private static final Argon2 LIGHT = new Argon2(32, 1, 1);
  private static final byte[] SECRET =
      "thirty-two bytes of great secret".getBytes(StandardCharsets.UTF_8);
  private static final List<String> LINES = List.of("network regtest", "account of nobody");

  private static Passphrase passphrase(String text) {
    return Passphrase.of(text.toCharArray());
  }

  private static byte[] sealed() {
    return Envelope.seal("fondaco-test", 1, LINES, SECRET, passphrase("correct horse"), LIGHT);
  }

  private static void refused(byte[] file, Reason reason) {
    assertThatExceptionOfType(VaultException.class)
        .isThrownBy(() -> Envelope.read("fondaco-test", 1, file).open(passphrase("correct horse")))
        .extracting(VaultException::reason)
        .isEqualTo(reason);
  }

  @Test
  void opensWithThePassphraseAndShowsItsLinesWithout() {
    Envelope envelope = Envelope.read("fondaco-test", 1, sealed());
    assertThat(envelope.lines()).isEqualTo(LINES);
    assertThat(envelope.moduleKey()).isEmpty();
    assertThat(envelope.open(passphrase("correct horse"))).isEqualTo(SECRET);
    assertThat(sealed()).as("salt and nonce are new each time").isNotEqualTo(sealed());
  }

  @Test
  void aWrongPassphraseIsToldFromDamage() {
    assertThatExceptionOfType(VaultException.class)
        .isThrownBy(
            () -> Envelope.read("fondaco-test", 1, sealed()).open(passphrase("battery staple")))
        .withMessageContaining("wrong passphrase");
    assertThatExceptionOfType(VaultException.class)
        .isThrownBy(() -> passphrase("short"))
        .withMessageContaining("8 to 1,024 bytes");
  }

  @Test
  void everyTruncationIsFound() {
    byte[] file = sealed();
    Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThatExceptionOfType(VaultException.class)
          .as("cut to %d", length)
          .isThrownBy(() -> Envelope.read("fondaco-test", 1, cut))
          .satisfies(e -> reasons.merge(e.reason(), 1, Integer::sum));
    }
    assertThat(reasons.keySet()).containsExactlyInAnyOrder(Reason.FORMAT, Reason.TRUNCATED);
  }

  @Test
  void everyFlippedBitIsFound() {
    byte[] file = sealed();
    for (int i = 0; i < file.length * 8; i++) {
      byte[] flipped = file.clone();
      flipped[i / 8] ^= (byte) (1 << i % 8);
      assertThatExceptionOfType(VaultException.class)
          .as("bit %d", i)
          .isThrownBy(() -> Envelope.read("fondaco-test", 1, flipped));
    }
  }

  @Test
  void aLineInClearCannotBeAlteredByOneWhoKnowsTheSum() {
    String text = new String(sealed(), StandardCharsets.UTF_8).replace("regtest", "main");
    refused(withSum(text), Reason.WRONG_KEY);
    refused(withSum(text.replace("account of nobody\n", "")), Reason.WRONG_KEY);
    refused(
        withSum(
            new String(sealed(), StandardCharsets.UTF_8).replace("iterations=1", "iterations=2")),
        Reason.WRONG_KEY);
    refused(
        withSum(
            new String(sealed(), StandardCharsets.UTF_8).replace("iterations=1", "iterations=0")),
        Reason.FORMAT);
    refused(
        withSum(new String(sealed(), StandardCharsets.UTF_8).replace("argon2id", "argon3id")),
        Reason.FORMAT);
    refused(
        withSum(new String(sealed(), StandardCharsets.UTF_8).replace("nonce ", "nonse ")),
        Reason.FORMAT);
  }

  private static byte[] withSum(String text) {
    String body = text.substring(0, text.length() - 72);
    return (body + "sha256 " + Digest.sha256(body) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void otherKindsAndVersionsAreNotRead() {
    assertThatExceptionOfType(VaultException.class)
        .isThrownBy(() -> Envelope.read("fondaco-backup", 1, sealed()))
        .withMessage("this is no fondaco-backup");
    assertThatExceptionOfType(VaultException.class)
        .isThrownBy(() -> Envelope.read("fondaco-test", 2, sealed()))
        .withMessage("this version is not known: fondaco-test 1");
    assertThatIllegalArgumentException().isThrownBy(() -> new Argon2(1 << 21, 3, 4));
    assertThatIllegalArgumentException().isThrownBy(() -> new Argon2(64, 3, 16));
  }

  /** Written by version 1 for ever: what opens it today must open it always. */
  @Test
  void theGoldenFile() throws Exception {
    byte[] golden;
    try (var in = EnvelopeTest.class.getResourceAsStream("envelope-1.txt")) {
      golden = in.readAllBytes();
    }
    SecureRandom counting =
        new SecureRandom() {
          private static final long serialVersionUID = 1;

          @Override
          public void nextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
              bytes[i] = (byte) i;
            }
          }
        };
    assertThat(
            new String(
                Envelope.seal(
                    "fondaco-test", 1, LINES, SECRET, passphrase("correct horse"), LIGHT, counting),
                StandardCharsets.UTF_8))
        .isEqualTo(new String(golden, StandardCharsets.UTF_8));
    assertThat(Envelope.read("fondaco-test", 1, golden).open(passphrase("correct horse")))
        .isEqualTo(SECRET);
  }

  /** What the reference implementation's command line prints for the same arguments. */
  @Test
  void argon2IdGivesWhatTheReferenceGives() {
    byte[] salt = "somesaltsomesalt".getBytes(StandardCharsets.US_ASCII);
    byte[] password = "password".getBytes(StandardCharsets.US_ASCII);
    assertThat(new Argon2.Salted(new Argon2(64, 2, 1), salt).key(password))
        .asHexString()
        .isEqualToIgnoringCase("1a98fba8e6394425c9bdc333a9c750aaf811df070f5fb4a5788e1cf4db5793a1");
    assertThat(new Argon2.Salted(Argon2.STANDARD, salt).key(password))
        .asHexString()
        .isEqualToIgnoringCase("81db97a7e67a891784a2599bc879f957cb3512d273984bd97d8a18fc59ff01e2");
  }

  @Test
  void aSplitSecretIsWholeOnlyWhileItIsUsed() {
    byte[] secret = SECRET.clone();
    SplitSecret split = new SplitSecret(secret);
    assertThat(secret).isEqualTo(new byte[32]);
    byte[] seen =
        split.use(clear -> {
          assertThat(clear).isEqualTo(SECRET);
          return clear;
        });
    assertThat(seen).as("wiped when the use is over").isEqualTo(new byte[32]);
    split.close();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> split.use(clear -> clear.length));
  }
}
