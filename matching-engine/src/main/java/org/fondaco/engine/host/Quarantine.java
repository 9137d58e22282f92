package org.fondaco.engine.host;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.fondaco.engine.journal.FolderStorage;
import org.fondaco.engine.journal.Journal;
import org.fondaco.engine.journal.JournalDamaged;
import org.fondaco.engine.journal.JournalScan;
import org.fondaco.engine.journal.JournalSettings;
import org.fondaco.engine.journal.SnapshotStore;
import org.fondaco.engine.journal.Storage;
import org.fondaco.engine.sbe.MessageHeaderDecoder;

/**
 * Takes a command that no engine can apply out of the history of a stopped venue. From then on
 * every replay lets time pass instead (a Tick with the command's stamp). A command whose outcome
 * was acknowledged cannot be taken out: a checkpoint behind it would disagree.
 */
public final class Quarantine {

  private Quarantine() {}

  /**
   * Records the quarantine durably.
   *
   * @param config of the stopped venue
   * @param sequence the command, as the failed start named it
   * @param first who decides, as it shall stand in the journal
   * @param second another person who agrees
   * @param reason why
   * @throws IllegalArgumentException when the persons are not two, or the sequence is not a command
   *     that a start would replay
   * @throws Storage.FolderInUse when the venue is running
   */
  public static void record(
      HostConfig config, long sequence, String first, String second, String reason)
      throws IOException {
    record(config, new FolderStorage(config.folder()), sequence, List.of(first, second), reason);
  }

  static void record(
      HostConfig config, Storage storage, long sequence, List<String> persons, String reason)
      throws IOException {
    requireTwo(persons.get(0).strip(), persons.get(1).strip());
    try (Closeable lock = storage.lock()) {
      long snapshot = newestSnapshot(new SnapshotStore(storage));
      JournalScan scan = JournalScan.scan(storage, snapshot, snapshot);
      if (sequence <= snapshot || sequence > scan.lastSequence()) {
        throw new IllegalArgumentException(
            "Sequence "
                + sequence
                + " would not be replayed: the snapshot has "
                + snapshot
                + ", the journal ends with "
                + scan.lastSequence());
      }
      if (scan.skips().containsKey(sequence)) {
        throw new IllegalArgumentException("Sequence " + sequence + " is quarantined already");
      }
      JournalSettings settings =
          new JournalSettings(
              config.segmentBytes(), 0, Long.MAX_VALUE, MessageHeaderDecoder.SCHEMA_VERSION, 0);
      try (Journal journal = Journal.open(storage, scan, settings, Runnable::run)) {
        journal.appendSkip(sequence, String.join("\n", persons.get(0), persons.get(1), reason));
        journal.flush();
      }
    }
  }

  private static void requireTwo(String first, String second) {
    if (first.isEmpty() || second.isEmpty() || first.equalsIgnoreCase(second)) {
      throw new IllegalArgumentException("A quarantine needs two different persons");
    }
  }

  private static long newestSnapshot(SnapshotStore snapshots) throws IOException {
    for (SnapshotStore.Candidate candidate : snapshots.candidates()) {
      try {
        return snapshots.verify(candidate).sequence();
      } catch (JournalDamaged damaged) {
        // The start passes over it too.
      }
    }
    return 0;
  }
}
