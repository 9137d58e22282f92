package org.fondaco.engine.journal;

import java.io.Closeable;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads commands and checkpoints in order, up to a limit that may move: the end of a scan, or the
 * synced position of a journal that is being written. One thread.
 */
public final class JournalReader implements Closeable {

  private final Storage storage;
  private final LongSupplier limit;
  private final long from;
  private @Nullable SegmentReader reader;
  private long position;
  private long lastSequence;
  private boolean command;

  /**
   * @param from the first command read is the one after this sequence
   * @param limit position (see {@link Journal#syncedPosition()}, {@link JournalScan#endPosition()})
   *     beyond which nothing is read
   * @throws JournalDamaged when the journal begins behind that sequence
   */
  public JournalReader(Storage storage, long from, LongSupplier limit) throws IOException {
    this.storage = storage;
    this.from = from;
    this.limit = limit;
    this.position = start();
    this.lastSequence = from;
  }

  private long start() throws IOException {
    int first = 0;
    for (int id : SegmentFiles.ids(storage)) {
      if (JournalPosition.of(id, 0) < limit.getAsLong() && beginsInTime(id)) {
        first = id;
      }
    }
    if (first == 0 && limit.getAsLong() != 0) {
      throw new JournalDamaged("The journal no longer has the command after sequence " + from);
    }
    return JournalPosition.of(first, 0);
  }

  private boolean beginsInTime(int id) throws IOException {
    try (SegmentReader candidate = new SegmentReader(storage, id)) {
      return candidate.look(0, candidate.size())
          && candidate.type() == Frame.SEGMENT
          && candidate.sequence() <= from;
    } catch (IOException gone) {
      // A segment out of use may become the next one under another name at any time.
      if (storage.names().contains(SegmentFiles.name(id))) {
        throw gone;
      }
      return false;
    }
  }

  /**
   * Moves to the next command or checkpoint.
   *
   * @return false when there is nothing more before the limit, for now
   * @throws JournalDamaged when a frame below the limit cannot be read
   */
  public boolean next() throws IOException {
    long end = limit.getAsLong();
    while (position < end) {
      int segment = JournalPosition.segment(position);
      int offset = JournalPosition.offset(position);
      SegmentReader at = reader(segment);
      long readable =
          JournalPosition.segment(end) == segment ? JournalPosition.offset(end) : at.size();
      if (!at.look(offset, readable)) {
        throw new JournalDamaged(
            "Damaged journal: "
                + storage.describe(SegmentFiles.name(segment))
                + " offset "
                + offset
                + " cannot be read.");
      }
      if (at.type() == Frame.END) {
        position = JournalPosition.of((int) at.buffer().getLong(at.payloadOffset()), 0);
        continue;
      }
      position += Frame.aligned(at.frameLength());
      if (at.type() == Frame.CHECKPOINT || at.type() == Frame.COMMAND && at.sequence() > from) {
        command = at.type() == Frame.COMMAND;
        if (command) {
          requireContiguous(at.sequence());
        }
        return true;
      }
    }
    return false;
  }

  /** Whether there is more before the limit. */
  public boolean behind() {
    return position < limit.getAsLong();
  }

  private void requireContiguous(long sequence) throws IOException {
    if (sequence != lastSequence + 1) {
      throw new JournalDamaged("Damaged journal: sequence " + sequence + " after " + lastSequence);
    }
    lastSequence = sequence;
  }

  private SegmentReader reader(int segment) throws IOException {
    SegmentReader present = reader;
    if (present == null || present.segment() != segment) {
      if (present != null) {
        present.close();
      }
      present = new SegmentReader(storage, segment);
      reader = present;
    }
    return present;
  }

  private SegmentReader present() {
    SegmentReader present = reader;
    if (present == null) {
      throw new IllegalStateException("next() was not called");
    }
    return present;
  }

  /** True at a command, false at a checkpoint. */
  public boolean isCommand() {
    return command;
  }

  /** Sequence of the command, or the one that the checkpoint speaks of. */
  public long sequence() {
    return present().sequence();
  }

  /** Stamp of the command, microseconds. */
  public long time() {
    return present().time();
  }

  public int semanticsVersion() {
    return present().semanticsVersion();
  }

  public int schemaVersion() {
    return present().schemaVersion();
  }

  /** Event hash of the checkpoint. */
  public long eventHash() {
    return present().buffer().getLong(present().payloadOffset());
  }

  /** Holds the encoded command until the next call of {@link #next()}. */
  public DirectBuffer buffer() {
    return present().buffer();
  }

  public int offset() {
    return present().payloadOffset();
  }

  public int length() {
    return present().payloadLength();
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }
}
