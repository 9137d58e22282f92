package org.fondaco.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Test 2 of ENGINE.md: whatever an unreliable disk does at a power cut, what is recovered is a
 * prefix of what was appended, and contains everything that was acknowledged.
 */
class JournalCrashTest {

  private static final int SEGMENT_BYTES = 32 * 1024;
  private static final JournalSettings SETTINGS =
      new JournalSettings(SEGMENT_BYTES, 0, Long.MAX_VALUE, 0, 1);

  /** One venue's life on one disk, through many power cuts. */
  private static final class Life {
    final Random random;
    final SimulatedDisk disk;
    final SnapshotStore snapshots;

    /** Payload of each sequence, from 1. */
    final List<byte[]> appended = new ArrayList<>();

    long acknowledged;
    long cuts;

    Life(long seed) {
      random = new Random(seed);
      disk = new SimulatedDisk(seed * 31 + 7);
      snapshots = new SnapshotStore(disk);
    }

    void run(int lives) throws IOException {
      for (int life = 0; life < lives; life++) {
        disk.cutPowerAfter(life == 0 ? 40 + random.nextInt(400) : random.nextInt(400));
        try {
          live(recover());
        } catch (SimulatedDisk.PowerCut cut) {
          cuts++;
        }
        disk.powerOn();
      }
      recover().close();
    }

    /** Checks what is there against what was promised, and opens it again. */
    private Journal recover() throws IOException {
      long base = 0;
      List<SnapshotStore.Candidate> candidates = snapshots.candidates();
      for (SnapshotStore.Candidate candidate : candidates) {
        assertThat(snapshots.verify(candidate).sequence()).isEqualTo(candidate.sequence());
        base = Math.max(base, candidate.sequence());
      }
      long older = snapshots.olderSequence();
      JournalScan scan = JournalScan.scan(disk, older, base);
      assertThat(scan.lastSequence()).isBetween(acknowledged, (long) appended.size());
      try (JournalReader reader = new JournalReader(disk, older, scan::endPosition)) {
        long sequence = older;
        while (reader.next()) {
          if (reader.isCommand()) {
            sequence++;
            assertThat(reader.sequence()).isEqualTo(sequence);
            byte[] payload = new byte[reader.length()];
            reader.buffer().getBytes(reader.offset(), payload);
            assertThat(payload).isEqualTo(appended.get((int) sequence - 1));
          } else {
            assertThat(reader.eventHash()).isEqualTo(reader.sequence() * 3);
          }
        }
        assertThat(sequence).isEqualTo(scan.lastSequence());
      }
      Journal journal = Journal.open(disk, scan, SETTINGS, Runnable::run);
      // What was recovered is from now on answered for; the rest never was.
      appended.subList((int) scan.lastSequence(), appended.size()).clear();
      acknowledged = scan.lastSequence();
      return journal;
    }

    private void live(Journal journal) throws IOException {
      while (true) {
        switch (random.nextInt(10)) {
          case 0 -> journal.appendSync();
          case 1 -> {
            if (!appended.isEmpty()) {
              long sequence = 1L + random.nextInt(appended.size());
              journal.appendCheckpoint(sequence, sequence * 3);
            }
          }
          case 2, 3 -> {
            journal.flush();
            acknowledged = appended.size();
            if (random.nextInt(20) == 0) {
              snapshot(journal);
            }
          }
          default -> append(journal);
        }
      }
    }

    private void append(Journal journal) throws IOException {
      for (int i = random.nextInt(12); i >= 0; i--) {
        byte[] payload = new byte[random.nextInt(random.nextInt(20) == 0 ? 4000 : 200)];
        random.nextBytes(payload);
        appended.add(payload);
        journal.append(
            appended.size(), random.nextLong(), new UnsafeBuffer(payload), 0, payload.length);
      }
    }

    private void snapshot(Journal journal) throws IOException {
      SnapshotStore.Header header = new SnapshotStore.Header(1, acknowledged, 0, 0, 0, 0);
      snapshots.write(header, out -> out.writeLong(acknowledged));
      snapshots.publish(acknowledged);
      journal.snapshotted(acknowledged, snapshots.olderSequence());
    }
  }

  @Test
  void everyPowerCutLeavesAPrefixWithEverythingAcknowledged() throws IOException {
    long cuts = 0;
    long acknowledged = 0;
    for (long seed = 1; seed <= 600; seed++) {
      Life life = new Life(seed);
      try {
        life.run(8);
      } catch (AssertionError | RuntimeException | IOException broken) {
        throw new AssertionError("seed " + seed, broken);
      }
      cuts += life.cuts;
      acknowledged += life.acknowledged;
    }
    assertThat(cuts).isGreaterThan(4_000);
    assertThat(acknowledged).isGreaterThan(100_000);
  }

  /** A journal of three synced batches, each proved by the next. */
  private static SimulatedDisk threeBatches(List<Integer> ends) throws IOException {
    SimulatedDisk disk = new SimulatedDisk(1);
    Journal journal = open(disk);
    UnsafeBuffer payload = new UnsafeBuffer(new byte[100]);
    for (int batch = 0; batch < 3; batch++) {
      for (int i = 1; i <= 5; i++) {
        journal.append(batch * 5L + i, 1, payload, 0, 100);
      }
      journal.flush();
      ends.add(JournalPosition.offset(journal.syncedPosition()));
    }
    journal.close();
    return disk;
  }

  private static Journal open(SimulatedDisk disk) throws IOException {
    return Journal.open(disk, JournalScan.scan(disk, 0, 0), SETTINGS, Runnable::run);
  }

  @Test
  void anyBitLostBelowAProvenPointStopsTheStart() throws IOException {
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      List<Integer> ends = new ArrayList<>();
      SimulatedDisk disk = threeBatches(ends);
      int offset = random.nextInt(ends.get(1));
      // Padding and the spare bytes of a frame are under the checksum or unused: hit the fields.
      disk.flip(SegmentFiles.name(1), offset & -8, random.nextInt(8));

      assertThatThrownBy(() -> JournalScan.scan(disk, 0, 0))
          .as("offset %s", offset)
          .isInstanceOf(JournalDamaged.class)
          .hasMessageContaining(SegmentFiles.name(1) + " offset");
    }
  }

  @Test
  void aBadTailThatNothingProvesIsCutAndReported() throws IOException {
    List<Integer> ends = new ArrayList<>();
    SimulatedDisk disk = threeBatches(ends);
    disk.flip(SegmentFiles.name(1), ends.get(1) + 16, 3);

    JournalScan scan = JournalScan.scan(disk, 0, 0);

    assertThat(scan.lastSequence()).isEqualTo(10);
    assertThat(scan.discardedFrames()).isEqualTo(4);
    assertThat(scan.endsAt()).isEqualTo("disk/" + SegmentFiles.name(1) + " offset " + ends.get(1));
    assertThatThrownBy(() -> JournalScan.scan(disk, 0, 11))
        .isInstanceOf(JournalDamaged.class)
        .hasMessageContaining("proves sequence 11");
  }

  @Test
  void bytesBehindACutNeverComeBack() throws IOException {
    List<Integer> ends = new ArrayList<>();
    SimulatedDisk disk = threeBatches(ends);
    disk.flip(SegmentFiles.name(1), ends.get(1) + 16, 3);
    Journal journal = open(disk);
    byte[] other = new byte[100];
    Arrays.fill(other, (byte) 9);
    journal.append(11, 1, new UnsafeBuffer(other), 0, 100);
    journal.flush();
    journal.close();

    JournalScan scan = JournalScan.scan(disk, 0, 0);

    assertThat(scan.lastSequence()).isEqualTo(11);
  }

  @Test
  void aFailedSyncIsNeverRetried() throws IOException {
    SimulatedDisk disk = new SimulatedDisk(1);
    Journal journal = open(disk);
    UnsafeBuffer payload = new UnsafeBuffer(new byte[100]);
    journal.append(1, 1, payload, 0, 100);
    journal.flush();
    journal.append(2, 1, payload, 0, 100);
    disk.failSyncs();

    assertThatThrownBy(journal::flush).hasMessage("Input/output error");
    disk.powerOn();
    assertThatThrownBy(journal::flush).hasMessageContaining("failed before");
    assertThatThrownBy(() -> journal.append(3, 1, payload, 0, 100))
        .hasMessageContaining("failed before");
    assertThat(journal.syncedSequence()).isEqualTo(1);
  }

  @Test
  void ordersAreRefusedBeforeTheDiskIsFull() throws IOException {
    SimulatedDisk disk = new SimulatedDisk(1);
    disk.capacity(2 * SEGMENT_BYTES + 100);
    JournalSettings settings = new JournalSettings(SEGMENT_BYTES, 8_000, Long.MAX_VALUE, 0, 1);
    Journal journal = Journal.open(disk, JournalScan.scan(disk, 0, 0), settings, Runnable::run);
    UnsafeBuffer payload = new UnsafeBuffer(new byte[1000]);
    long sequence = 0;
    long ordersUntil = 0;
    while (journal.room() != Journal.Room.NOTHING) {
      journal.append(++sequence, 1, payload, 0, 1000);
      journal.flush();
      if (journal.room() == Journal.Room.ALL) {
        ordersUntil = sequence;
      }
    }
    // What was in flight when the refusal came still has room.
    for (int i = 0; i < 7; i++) {
      journal.append(++sequence, 1, payload, 0, 1000);
    }
    journal.flush();

    assertThat(ordersUntil).isBetween(40L, sequence - 8);
    assertThat(JournalScan.scan(disk, 0, 0).lastSequence()).isEqualTo(sequence);
  }
}
