package org.fondaco.custody.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.fondaco.custody.guard.GuardException.Reason;
import org.fondaco.custody.key.Digest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries that are made durable together keep every promise of entries one by one. */
class GuardBatchTest {
  private static final long SEED = 20261128;
  private static final int MARK_BYTES = 80;
  private static final Digest ALICE =
      Payee.digest(List.of(Payee.of("ETH", new byte[20], BigInteger.TEN)));

  @TempDir Path folder;
  private Path file;
  private int made;

  @BeforeEach
  void create() throws Exception {
    file = folder.resolve("guard");
    Guard.create(file);
  }

  private GuardEntry next() {
    int number = ++made;
    return entry(number, "transaction " + number);
  }

  private static GuardEntry entry(int nonce, String transaction) {
    return new GuardEntry(
        Anchor.nonce("ETH", "0xaa", BigInteger.valueOf(nonce)),
        ALICE,
        0,
        Digest.sha256("unsigned " + transaction),
        List.of(Digest.sha256(transaction)));
  }

  private List<GuardEntry> batch(int size) {
    List<GuardEntry> batch = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      batch.add(next());
    }
    return batch;
  }

  @Test
  void aTornMarkNeverForgetsWhatAnEarlierBatchAcknowledged() throws Exception {
    Random random = new Random(SEED);
    for (int round = 0; round < 30; round++) {
      byte[] before = Files.readAllBytes(file);
      List<GuardEntry> batch = batch(1 + random.nextInt(5));
      try (Guard guard = Guard.open(file)) {
        guard.append(batch);
        assertThat(guard.size()).as("seed %d", SEED).isEqualTo(made);
        assertThat(batch).allMatch(one -> guard.permits(one.digests().getFirst()));
      }
      byte[] after = Files.readAllBytes(file);
      assertThat(opened(after)).isEqualTo(new Guard.Opening(made, 0));
      if (round > 0) {
        byte[] torn = after.clone();
        int at = 512 * (1 + made % 2);
        Arrays.fill(torn, at, at + MARK_BYTES, (byte) 0);
        assertThat(opened(torn).entries()).isEqualTo(made);
        byte[] lost = Arrays.copyOf(torn, before.length - 1);
        assertThatExceptionOfType(GuardException.class)
            .as("batch of %d", batch.size())
            .isThrownBy(() -> opened(lost))
            .extracting(GuardException::reason)
            .isEqualTo(Reason.DAMAGED);
      }
    }
  }

  private Guard.Opening opened(byte[] bytes) throws Exception {
    Path copy = folder.resolve("copy");
    Files.write(copy, bytes);
    try (Guard guard = Guard.open(copy)) {
      return guard.opening();
    }
  }

  @Test
  void powerMayGoAnywhereInABatch() throws Exception {
    try (Guard guard = Guard.open(file)) {
      guard.append(next());
    }
    byte[] before = Files.readAllBytes(file);
    try (Guard guard = Guard.open(file)) {
      guard.append(batch(3));
    }
    byte[] after = Files.readAllBytes(file);
    int record = (after.length - before.length) / 3;
    for (int end = before.length; end <= after.length; end += 7) {
      byte[] cut = Arrays.copyOf(after, end);
      System.arraycopy(before, 0, cut, 0, GuardFile.RECORDS_AT);
      int whole = (end - before.length) / record;
      assertThat(opened(cut))
          .as("cut at %d", end)
          .isEqualTo(new Guard.Opening(1 + whole, (end - before.length) % record));
    }
  }

  @Test
  void whereOneIsRefusedNoneIsRecorded() throws Exception {
    try (Guard guard = Guard.open(file)) {
      GuardEntry first = next();
      guard.append(first);
      GuardEntry good = next();
      GuardEntry other = entry(1, "another transaction of the first nonce");
      assertThatExceptionOfType(GuardException.class)
          .isThrownBy(() -> guard.append(List.of(good, other)))
          .extracting(GuardException::reason)
          .isEqualTo(Reason.OTHER_TRANSACTION);
      assertThat(guard.size()).isEqualTo(1);
      assertThat(guard.permits(good.digests().getFirst())).isFalse();
      guard.append(List.of(first, good));
      assertThat(guard.size()).as("what is there is left alone").isEqualTo(2);
    }
  }

  @Test
  void attemptsOfOnePayoutAreNotABatch() throws Exception {
    try (Guard guard = Guard.open(file)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> guard.append(List.of(entry(1, "a"), entry(1, "b"))));
      assertThat(guard.size()).isZero();
    }
  }
}
