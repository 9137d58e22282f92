package org.fondaco.engine.journal;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The snapshots of a folder (docs/journal.md). A snapshot is written under a temporary name and
 * becomes one by {@link #publish}; the two newest are kept.
 */
public final class SnapshotStore {

  private static final Pattern NAME = Pattern.compile("snapshot-(\\d{19})\\.state");
  private static final String TEMPORARY = "snapshot.tmp";
  private static final int KEPT = 2;
  private static final int BUFFER = 64 * 1024;

  /** "FONDACOS" read as a little-endian long. */
  private static final long MAGIC = 0x534f4341444e4f46L;

  private static final int FORMAT_VERSION = 1;
  private static final int HEADER_LENGTH = 80;

  private final Storage storage;

  /**
   * @param semanticsVersion behaviour version that wrote it
   * @param sequence of the last command in it
   * @param time engine time, microseconds
   * @param eventHash rolling hash of all events up to it
   * @param stateHashHigh high half of the state hash
   * @param stateHashLow low half of the state hash
   */
  public record Header(
      int semanticsVersion,
      long sequence,
      long time,
      long eventHash,
      long stateHashHigh,
      long stateHashLow) {}

  /** A snapshot file; it may turn out to be damaged. */
  public record Candidate(String name, long sequence) {}

  /** Writes or reads the state itself. */
  @FunctionalInterface
  public interface Writer {
    void write(DataOutput out) throws IOException;
  }

  /** Reads the state itself. */
  @FunctionalInterface
  public interface Reader {
    void read(DataInput in) throws IOException;
  }

  public SnapshotStore(Storage storage) {
    this.storage = storage;
  }

  /** All snapshots, newest first. */
  public List<Candidate> candidates() throws IOException {
    List<Candidate> found = new ArrayList<>();
    for (String file : storage.names()) {
      Matcher matcher = NAME.matcher(file);
      if (matcher.matches()) {
        found.add(new Candidate(file, Long.parseLong(matcher.group(1))));
      }
    }
    found.sort(Comparator.comparingLong(Candidate::sequence).reversed());
    return found;
  }

  /**
   * Writes and syncs the state under a temporary name, replacing an unpublished one.
   *
   * @throws IOException also when the disk is full; what was published is untouched
   */
  public void write(Header header, Writer state) throws IOException {
    try {
      writeTemporary(header, state);
    } catch (IOException full) {
      storage.delete(TEMPORARY);
      throw full;
    }
  }

  private void writeTemporary(Header header, Writer state) throws IOException {
    try (Storage.StoredFile file = storage.create(TEMPORARY)) {
      FileOutput body = new FileOutput(file, HEADER_LENGTH);
      DataOutputStream out = new DataOutputStream(new BufferedOutputStream(body, BUFFER));
      state.write(out);
      out.flush();
      ByteBuffer head = ByteBuffer.allocate(HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
      head.putLong(MAGIC).putInt(FORMAT_VERSION).putInt(header.semanticsVersion());
      head.putLong(header.sequence()).putLong(header.time()).putLong(header.eventHash());
      head.putLong(header.stateHashHigh()).putLong(header.stateHashLow());
      head.putLong(body.position - HEADER_LENGTH).putLong(body.crc.getValue());
      CRC32C crc = new CRC32C();
      crc.update(head.array(), 0, head.position());
      head.putLong(crc.getValue()).flip();
      file.write(head, 0);
      file.sync();
    }
  }

  /** Gives the written snapshot its name, durably, and deletes all but the two newest. */
  public void publish(long sequence) throws IOException {
    storage.rename(TEMPORARY, String.format(Locale.ROOT, "snapshot-%019d.state", sequence));
    storage.syncFolder();
    List<Candidate> all = candidates();
    for (Candidate old : all.subList(Math.min(KEPT, all.size()), all.size())) {
      storage.delete(old.name());
    }
  }

  /** Sequence below which no command is needed any more: that of the older snapshot, else 0. */
  public long olderSequence() throws IOException {
    List<Candidate> all = candidates();
    return all.size() < KEPT ? 0 : all.get(KEPT - 1).sequence();
  }

  /**
   * Checks the whole file.
   *
   * @throws JournalDamaged when it is not a whole snapshot of a known format
   */
  public Header verify(Candidate candidate) throws IOException {
    try (Storage.StoredFile file = storage.open(candidate.name())) {
      ByteBuffer head = ByteBuffer.allocate(HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
      while (head.hasRemaining() && file.read(head, head.position()) >= 0) {
        // A read may return less than asked.
      }
      head.flip();
      if (head.limit() < HEADER_LENGTH) {
        throw damaged(candidate, "is cut off");
      }
      CRC32C crc = new CRC32C();
      crc.update(head.array(), 0, HEADER_LENGTH - 8);
      if (head.getLong(0) != MAGIC || head.getLong(HEADER_LENGTH - 8) != crc.getValue()) {
        throw damaged(candidate, "has a damaged header");
      }
      if (head.getInt(8) != FORMAT_VERSION) {
        throw damaged(candidate, "has snapshot format " + head.getInt(8));
      }
      long bodyLength = head.getLong(56);
      if (bodyCrc(file, bodyLength) != head.getLong(64)) {
        throw damaged(candidate, "has a damaged body");
      }
      return new Header(
          head.getInt(12),
          head.getLong(16),
          head.getLong(24),
          head.getLong(32),
          head.getLong(40),
          head.getLong(48));
    }
  }

  /** Reads the state of a snapshot that was verified. */
  public void read(Candidate candidate, Reader state) throws IOException {
    try (Storage.StoredFile file = storage.open(candidate.name())) {
      InputStream body = new FileInput(file, HEADER_LENGTH);
      state.read(new DataInputStream(new BufferedInputStream(body, BUFFER)));
    }
  }

  private static long bodyCrc(Storage.StoredFile file, long length) throws IOException {
    if (file.size() < HEADER_LENGTH + length) {
      return -1; // no CRC-32C is negative
    }
    CRC32C crc = new CRC32C();
    ByteBuffer chunk = ByteBuffer.allocate(BUFFER);
    for (long at = 0; at < length; ) {
      chunk.clear().limit((int) Math.min(BUFFER, length - at));
      int read = file.read(chunk, HEADER_LENGTH + at);
      if (read < 0) {
        return -1;
      }
      crc.update(chunk.flip());
      at += read;
    }
    return crc.getValue();
  }

  private JournalDamaged damaged(Candidate candidate, String what) {
    return new JournalDamaged("Snapshot " + storage.describe(candidate.name()) + " " + what);
  }

  private static final class FileOutput extends OutputStream {
    private final Storage.StoredFile file;
    private final CRC32C crc = new CRC32C();
    private long position;

    FileOutput(Storage.StoredFile file, long position) {
      this.file = file;
      this.position = position;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      file.write(ByteBuffer.wrap(bytes, offset, length), position);
      crc.update(bytes, offset, length);
      position += length;
    }
  }

  private static final class FileInput extends InputStream {
    private final Storage.StoredFile file;
    private long position;

    FileInput(Storage.StoredFile file, long position) {
      this.file = file;
      this.position = position;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = file.read(ByteBuffer.wrap(bytes, offset, length), position);
      position += Math.max(read, 0);
      return read;
    }
  }
}
