package org.fondaco.engine.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/**
 * What a look through the journal found.
 *
 * @param empty no command and no segment was ever written
 * @param highestSegment greatest segment id in the folder, 0 = none
 * @param segments those in use, ascending, also below the start of the scan
 * @param unused ids of segment files that hold nothing of value
 * @param endPosition where the valid part ends
 * @param endsAt the same for people: file and offset
 * @param lastSequence of the last valid command
 * @param lastTime its stamp, microseconds
 * @param discardedFrames valid frames behind the end, never acknowledged, cut off
 * @param skips quarantined sequences and who did it
 */
public record JournalScan(
    boolean empty,
    int highestSegment,
    List<SegmentStart> segments,
    List<Integer> unused,
    long endPosition,
    String endsAt,
    long lastSequence,
    long lastTime,
    int discardedFrames,
    SortedMap<Long, String> skips) {

  /**
   * @param before sequence of the last command before the segment
   */
  public record SegmentStart(int id, long before) {}

  /**
   * Reads from the segment that holds the command after a sequence, to the end.
   *
   * @param from a sequence at or below which nothing is needed
   * @param proven a sequence that a snapshot or a watermark proves to have been durable
   * @throws JournalDamaged when durable frames cannot be read; the message names file and offset
   */
  public static JournalScan scan(Storage storage, long from, long proven) throws IOException {
    return new Scanner(storage, from, proven).scan();
  }

  private static final class Scanner {

    private final Storage storage;
    private final long from;
    private final long proven;
    private final List<Integer> ids;
    private final List<SegmentStart> starts = new ArrayList<>();
    private final TreeMap<Long, String> skips = new TreeMap<>();
    private long lastSequence;
    private long lastTime;
    private int segment;
    private long offset;
    private int discarded;

    Scanner(Storage storage, long from, long proven) throws IOException {
      this.storage = storage;
      this.from = from;
      this.proven = proven;
      this.ids = SegmentFiles.ids(storage);
    }

    JournalScan scan() throws IOException {
      if (ids.isEmpty()) {
        requireProven("the folder has no journal");
        return result(true);
      }
      for (int id : ids) {
        header(id);
      }
      int first = firstNeeded();
      segment = first;
      if (first == 0) {
        segment = ids.getFirst();
        judge();
        return result(true);
      }
      follow();
      judge();
      return result(false);
    }

    private JournalScan result(boolean empty) {
      int end = segment;
      List<SegmentStart> used =
          empty ? List.of() : starts.stream().filter(start -> start.id() <= end).toList();
      List<Integer> usedIds = used.stream().map(SegmentStart::id).toList();
      boolean endsBeforeHeader = !empty && !usedIds.contains(end);
      List<Integer> unused =
          ids.stream()
              .filter(id -> !usedIds.contains(id) && !(endsBeforeHeader && id == end))
              .toList();
      if (endsBeforeHeader) {
        used = new ArrayList<>(used);
        used.add(new SegmentStart(end, lastSequence));
      }
      return new JournalScan(
          empty,
          ids.isEmpty() ? 0 : ids.getLast(),
          used,
          unused,
          empty ? 0 : JournalPosition.of(segment, (int) offset),
          place(),
          lastSequence,
          lastTime,
          discarded,
          skips);
    }

    private void header(int id) throws IOException {
      try (SegmentReader reader = new SegmentReader(storage, id)) {
        if (reader.look(0, reader.size()) && reader.type() == Frame.SEGMENT) {
          requireFormat(reader, id);
          starts.add(new SegmentStart(id, reader.sequence()));
        }
      }
    }

    private void requireFormat(SegmentReader reader, int id) throws IOException {
      DirectBuffer buffer = reader.buffer();
      int at = reader.payloadOffset();
      int version = buffer.getInt(at + 8);
      if (buffer.getLong(at) != Frame.MAGIC
          || version != Frame.FORMAT_VERSION
          || buffer.getInt(at + 12) != id) {
        throw new JournalDamaged(
            storage.describe(SegmentFiles.name(id))
                + " has journal format "
                + version
                + "; this program reads format "
                + Frame.FORMAT_VERSION);
      }
    }

    private int firstNeeded() {
      int first = 0;
      for (SegmentStart start : starts) {
        if (start.before() <= from) {
          first = start.id();
        }
      }
      return first;
    }

    /** Walks valid frames until the first bad one. */
    private void follow() throws IOException {
      boolean begun = false;
      while (true) {
        int next = 0;
        if (!ids.contains(segment)) {
          // A segment is allocated durably before the END frame that names it.
          throw new JournalDamaged(
              "Damaged journal: "
                  + storage.describe(SegmentFiles.name(segment))
                  + " is missing; restore it from a copy.");
        }
        try (SegmentReader reader = new SegmentReader(storage, segment)) {
          long size = reader.size();
          if (!begun && reader.look(0, size)) {
            lastSequence = reader.sequence();
            lastTime = reader.time();
            begun = true;
          }
          while (next == 0 && reader.look(offset, size) && accept(reader)) {
            if (reader.type() == Frame.END) {
              next = (int) reader.buffer().getLong(reader.payloadOffset());
            } else {
              offset += Frame.aligned(reader.frameLength());
            }
          }
        }
        if (next == 0) {
          return;
        }
        segment = next;
        offset = 0;
      }
    }

    /** Takes one valid frame, or refuses one that is not the next of its kind. */
    private boolean accept(SegmentReader reader) {
      if ((offset == 0) != (reader.type() == Frame.SEGMENT)) {
        return false;
      }
      switch (reader.type()) {
        case Frame.SEGMENT -> {
          return reader.sequence() == lastSequence;
        }
        case Frame.COMMAND -> {
          if (reader.sequence() != lastSequence + 1) {
            return false;
          }
          lastSequence = reader.sequence();
          lastTime = reader.time();
        }
        case Frame.SKIP ->
            skips.put(
                reader.sequence(),
                reader
                    .buffer()
                    .getStringWithoutLengthUtf8(reader.payloadOffset(), reader.payloadLength()));
        default -> {
          // Checkpoint, sync and end carry nothing that the scan collects.
        }
      }
      return true;
    }

    /** Decides whether the end found is a tail to cut or damage to stop for. */
    private void judge() throws IOException {
      long end = JournalPosition.of(segment, (int) offset);
      for (int id : ids) {
        if (id >= segment) {
          searchBehind(id, id == segment ? offset + 8 : 0, end);
        }
      }
      requireProven("the journal ends at " + place());
    }

    private void searchBehind(int id, long start, long end) throws IOException {
      try (SegmentReader reader = new SegmentReader(storage, id)) {
        long size = reader.size();
        long at = start;
        while (at + Frame.HEADER_LENGTH <= size) {
          if (reader.zero(at, size) || !reader.look(at, size)) {
            at += 8;
            continue;
          }
          if (reader.syncedPosition() > end) {
            throw new JournalDamaged(
                "Damaged journal: "
                    + place()
                    + " was durable (proved by a frame in "
                    + storage.describe(SegmentFiles.name(id))
                    + " at offset "
                    + at
                    + ") but cannot be read; restore the file from a copy.");
          }
          discarded++;
          at += Frame.aligned(reader.frameLength());
        }
      }
    }

    private void requireProven(String what) throws IOException {
      if (proven > lastSequence) {
        throw new JournalDamaged(
            "Damaged journal: "
                + what
                + " with sequence "
                + lastSequence
                + ", but a snapshot or the database proves sequence "
                + proven
                + "; restore the journal from a copy, or the database from an older one.");
      }
    }

    private String place() {
      return segment == 0
          ? "the start"
          : storage.describe(SegmentFiles.name(segment)) + " offset " + offset;
    }
  }
}
