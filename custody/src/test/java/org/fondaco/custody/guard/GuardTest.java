package org.fondaco.custody.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.fondaco.custody.guard.GuardException.Reason;
import org.fondaco.custody.key.Digest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {
  private static final long SEED = 20261128;
  private static final Anchor NONCE =
      Anchor.nonce("ETH", "0x00000000000000000000000000000000000000AA", BigInteger.TWO);
  private static final Digest ALICE =
      Payee.digest(List.of(Payee.of("ETH", new byte[20], BigInteger.TEN)));
  private static final Digest BOB =
      Payee.digest(List.of(Payee.of("ETH", new byte[20], BigInteger.ONE)));

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void create() throws Exception {
    file = folder.resolve("guard");
    Guard.create(file);
  }

  private static GuardEntry entry(Anchor anchor, Digest payees, int attempt, String transaction) {
    return new GuardEntry(
        anchor,
        payees,
        attempt,
        Digest.sha256("unsigned " + transaction),
        List.of(Digest.sha256(transaction)));
  }

  private static void refused(Guard guard, GuardEntry entry, Reason reason) {
    assertThatExceptionOfType(GuardException.class)
        .isThrownBy(() -> guard.append(entry))
        .extracting(GuardException::reason)
        .isEqualTo(reason);
    assertThat(guard.permits(entry.digests().getFirst())).isFalse();
  }

  @Test
  void onlyWhatIsRecordedMayBeSigned() throws Exception {
    GuardEntry first = entry(NONCE, ALICE, 0, "a");
    try (Guard guard = Guard.open(file)) {
      assertThat(guard.opening()).isEqualTo(new Guard.Opening(0, 0));
      assertThat(guard.newest()).isEmpty();
      assertThat(guard.permits(Digest.sha256("a"))).isFalse();
      guard.append(first);
      guard.append(first);
      assertThat(guard.permits(Digest.sha256("a"))).isTrue();
      assertThat(guard.permits(Digest.sha256("b"))).isFalse();
      assertThat(guard.size()).as("the same attempt is one entry").isEqualTo(1);
    }
    try (Guard guard = Guard.open(file)) {
      assertThat(guard.newest()).contains(first);
      assertThat(guard.contains(first.unsigned())).isTrue();
      assertThat(guard.permits(Digest.sha256("a"))).isTrue();
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void anAnchorPaysOnePayeeSetAndMayBeCancelled() throws Exception {
    try (Guard guard = Guard.open(file)) {
      guard.append(entry(NONCE, ALICE, 0, "a"));
      guard.append(entry(NONCE, ALICE, 1, "a with a higher fee"));
      refused(guard, entry(NONCE, BOB, 2, "b"), Reason.OTHER_PAYEES);
      guard.append(entry(NONCE, GuardEntry.NOBODY, 2, "cancel"));
      refused(guard, entry(NONCE, BOB, 3, "b"), Reason.OTHER_PAYEES);
      refused(guard, entry(NONCE, ALICE, 1, "another a"), Reason.OTHER_TRANSACTION);
      refused(
          guard,
          new GuardEntry(
              Anchor.nonce("ETH", "0xaa", BigInteger.TEN),
              BOB,
              0,
              Digest.sha256("unsigned a"),
              List.of(Digest.sha256("c"))),
          Reason.OTHER_TRANSACTION);
    }
    try (Guard guard = Guard.open(file)) {
      refused(guard, entry(NONCE, BOB, 3, "b"), Reason.OTHER_PAYEES);
      assertThat(guard.size()).isEqualTo(3);
    }
  }

  @Test
  void anInputBelongsToOneAnchor() throws Exception {
    Anchor both = Anchor.inputs("BTC", List.of("aa:1", "aa:0"));
    assertThat(both).isEqualTo(Anchor.inputs("BTC", List.of("aa:0", "aa:1")));
    try (Guard guard = Guard.open(file)) {
      guard.append(entry(both, ALICE, 0, "a"));
      refused(
          guard, entry(Anchor.inputs("BTC", List.of("aa:1")), ALICE, 1, "b"), Reason.OTHER_ANCHOR);
      refused(
          guard,
          entry(Anchor.inputs("BTC", List.of("aa:1", "bb:0")), BOB, 0, "c"),
          Reason.OTHER_ANCHOR);
      guard.append(entry(Anchor.inputs("LTC", List.of("aa:1")), BOB, 0, "d"));
    }
  }

  @Test
  void payeeSetsAreSetsOfFields() {
    Payee one = Payee.of("BTC", new byte[] {1}, BigInteger.ONE);
    Payee two = Payee.of("BTC", new byte[] {2}, BigInteger.ONE);
    assertThat(Payee.digest(List.of(one, two))).isEqualTo(Payee.digest(List.of(two, one)));
    assertThat(Payee.digest(List.of(one, one))).isNotEqualTo(Payee.digest(List.of(one)));
    assertThat(Payee.digest(List.of(one))).isNotEqualTo(Payee.digest(List.of(two)));
    assertThat(Payee.digest(List.of(Payee.of("BT", new byte[] {'C', 1}, BigInteger.ONE))))
        .isNotEqualTo(Payee.digest(List.of(one)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Payee.of("BTC", new byte[1], BigInteger.valueOf(-1)));
  }

  @Test
  void twoProcessesDoNotShareIt() throws Exception {
    try (Guard guard = Guard.open(file)) {
      assertThat(guard.size()).isZero();
      assertThatExceptionOfType(GuardException.class)
          .isThrownBy(() -> Guard.open(file))
          .extracting(GuardException::reason)
          .isEqualTo(Reason.LOCKED);
      assertThat(Guard.verify(file, entry -> {})).isEqualTo(new Guard.Opening(0, 0));
    }
  }

  @Test
  void aClosedGuardPermitsNothing() throws Exception {
    Guard guard = Guard.open(file);
    guard.append(entry(NONCE, ALICE, 0, "a"));
    guard.close();
    assertThat(guard.permits(Digest.sha256("a"))).isFalse();
    assertThatExceptionOfType(GuardException.class)
        .isThrownBy(() -> guard.append(entry(NONCE, ALICE, 1, "b")))
        .extracting(GuardException::reason)
        .isEqualTo(Reason.IO);
  }

  private byte[] written(int entries) throws Exception {
    try (Guard guard = Guard.open(file)) {
      for (int i = (int) guard.size(); i < entries; i++) {
        guard.append(entry(Anchor.inputs("BTC", List.of("aa:" + i, "bb:" + i)), ALICE, 0, "t" + i));
      }
    }
    return Files.readAllBytes(file);
  }

  /**
   * Power goes while the fourth entry is written, at every byte of the entry, and then of its mark.
   * What was acknowledged stays; what was not is whole or gone.
   */
  @Test
  void aPowerCutAtAnyByte() throws Exception {
    byte[] before = written(3);
    byte[] after = written(4);
    int mark = 512 * (1 + 4 % 2);
    for (int cut = 0; cut < after.length - before.length; cut++) {
      byte[] shorter = Arrays.copyOf(after, before.length + cut);
      System.arraycopy(before, 0, shorter, 0, before.length);
      assertThatThreeAreLeft(shorter, cut);
      byte[] zeros = Arrays.copyOf(shorter, after.length);
      assertThatThreeAreLeft(zeros, after.length - before.length);
    }
    for (int cut = 0; cut <= 80; cut++) {
      byte[] torn = after.clone();
      System.arraycopy(before, mark, torn, mark, 80);
      System.arraycopy(after, mark, torn, mark, cut);
      Files.write(file, torn);
      try (Guard guard = Guard.open(file)) {
        assertThat(guard.opening()).as("mark cut at %d", cut).isEqualTo(new Guard.Opening(4, 0));
        assertThat(guard.permits(Digest.sha256("t3"))).isTrue();
      }
      assertThat(Files.readAllBytes(file)).isEqualTo(after);
    }
  }

  private void assertThatThreeAreLeft(byte[] bytes, int cutBytes) throws Exception {
    Files.write(file, bytes);
    try (Guard guard = Guard.open(file)) {
      assertThat(guard.opening()).isEqualTo(new Guard.Opening(3, cutBytes));
      assertThat(guard.permits(Digest.sha256("t2"))).isTrue();
      assertThat(guard.permits(Digest.sha256("t3"))).isFalse();
    }
    assertThat(Files.size(file)).isEqualTo(bytes.length - cutBytes);
  }

  /** Every bit of the acknowledged part, except for the older mark and unused bytes. */
  @Test
  void aFlippedBitIsFound() throws Exception {
    byte[] whole = written(3);
    int newest = 512 * (1 + 3 % 2);
    int found = 0;
    for (int at = 0; at < whole.length; at++) {
      boolean checked = at < 44 || at >= 1536;
      boolean mark = at >= newest && at < newest + 80;
      if (!checked && !mark) {
        continue;
      }
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      Files.write(file, flipped);
      if (mark) {
        assertThat(Guard.verify(file, entry -> {})).isEqualTo(new Guard.Opening(3, 0));
        continue;
      }
      assertThatExceptionOfType(GuardException.class)
          .as("byte %d", at)
          .isThrownBy(() -> Guard.open(file))
          .withMessageContaining("damaged at offset")
          .extracting(GuardException::reason)
          .isEqualTo(Reason.DAMAGED);
      found++;
    }
    assertThat(found).isGreaterThan(500);
  }

  @Test
  void anEntryThatIsMissingIsMissed() throws Exception {
    byte[] three = written(3);
    byte[] four = written(4);
    Files.write(file, Arrays.copyOf(four, three.length));
    assertThatExceptionOfType(GuardException.class)
        .isThrownBy(() -> Guard.open(file))
        .withMessageContaining("4 entries were acknowledged and 3 are left");
    int length = ByteBuffer.wrap(four).getInt(1536) + 4 + 32;
    byte[] without = new byte[four.length - length];
    System.arraycopy(four, 0, without, 0, 1536);
    System.arraycopy(four, 1536 + length, without, 1536, four.length - 1536 - length);
    Files.write(file, without);
    assertThatExceptionOfType(GuardException.class)
        .isThrownBy(() -> Guard.verify(file, entry -> {}))
        .withMessageContaining("entry 1 is not what was written");
  }

  /** Version 1 for ever: the bytes that these entries have always had. */
  @Test
  void theGoldenFile() throws Exception {
    byte[] identity = new byte[32];
    Arrays.fill(identity, (byte) 7);
    Files.write(file, GuardFile.fresh(identity));
    List<GuardEntry> entries =
        List.of(
            entry(NONCE, ALICE, 0, "a"),
            entry(NONCE, GuardEntry.NOBODY, 1, "cancel"),
            new GuardEntry(
                Anchor.inputs("LTC", List.of("cc:1", "cc:0")),
                BOB,
                0,
                Digest.sha256("u"),
                List.of(Digest.sha256("input 0"), Digest.sha256("input 1"))));
    try (Guard guard = Guard.open(file)) {
      entries.forEach(guard::append);
    }
    try (var in = GuardTest.class.getResourceAsStream("guard-1.hex")) {
      assertThat(HexFormat.of().formatHex(Files.readAllBytes(file)))
          .isEqualTo(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
    }
    List<GuardEntry> read = new ArrayList<>();
    Guard.verify(file, read::add);
    assertThat(read).isEqualTo(entries);
  }

  /** Random entries against the rule in one sentence: who is paid from a part is paid alone. */
  @Test
  void noTwoPayeeSetsWhateverIsTried() throws Exception {
    Random random = new Random(SEED);
    List<GuardEntry> accepted = new ArrayList<>();
    try (Guard guard = Guard.open(file)) {
      for (int i = 0; i < 600; i++) {
        List<String> inputs =
            random.ints(1 + random.nextInt(2), 0, 30).mapToObj(n -> "aa:" + n).toList();
        Digest payees = List.of(ALICE, BOB, GuardEntry.NOBODY).get(random.nextInt(3));
        GuardEntry entry =
            entry(Anchor.inputs("BTC", inputs), payees, random.nextInt(4), "t" + i % 250);
        try {
          guard.append(entry);
          accepted.add(entry);
        } catch (GuardException e) {
          assertThat(e.reason())
              .isIn(Reason.OTHER_PAYEES, Reason.OTHER_ANCHOR, Reason.OTHER_TRANSACTION);
        }
      }
    }
    assertThat(accepted).as("seed %d", SEED).hasSizeGreaterThan(30);
    for (GuardEntry one : accepted) {
      for (GuardEntry other : accepted) {
        boolean share = one.anchor().parts().stream().anyMatch(other.anchor().parts()::contains);
        if (share) {
          assertThat(one.anchor()).isEqualTo(other.anchor());
          assertThat(
                  one.payees().equals(other.payees())
                      || one.payees().equals(GuardEntry.NOBODY)
                      || other.payees().equals(GuardEntry.NOBODY))
              .as("seed %d", SEED)
              .isTrue();
        }
      }
    }
  }
}
