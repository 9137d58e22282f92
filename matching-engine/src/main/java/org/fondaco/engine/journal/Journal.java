package org.fondaco.engine.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The append side. One thread appends frames and calls {@link #flush}, after which they are
 * durable; {@link #syncedPosition}, {@link #room} and {@link #snapshotted} are for any thread.
 *
 * <p>After any error of the disk nothing is known about what is durable: every later call throws,
 * and the venue must stop (never retry an fdatasync: the kernel may have dropped the pages).
 */
public final class Journal implements Closeable {

  /** What may still be accepted without risk of a full disk. */
  public enum Room {
    ALL,
    /** Orders are refused; cancels, kills and sources go on. */
    NO_ORDERS,
    NOTHING
  }

  private static final int BATCH_BYTES = 1 << 20;
  private static final int RECYCLED_MAX = 4;
  private static final long ALLOCATION_RETRY_NANOS = 1_000_000_000L;

  private final Storage storage;
  private final JournalSettings settings;
  private final Executor allocator;
  private final Frame frame = new Frame();
  private final Frame.Window batch = Frame.Window.ofLength(BATCH_BYTES);
  private final Object segmentsLock = new Object();
  private final Deque<Segment> segments = new ArrayDeque<>();
  private final Deque<Integer> recyclable = new ArrayDeque<>();

  private Storage.StoredFile file;
  private int segment;
  private int writeOffset;
  private int batchLength;
  private boolean unsynced;
  private boolean failed;
  private long lastSequence;
  private long lastTime;

  private final Object spareLock = new Object();
  private int lastSegmentId;
  private volatile @Nullable Spare spare;
  private volatile boolean allocating;
  private volatile long allocationFailedNanos;
  private volatile boolean allocationFailed;

  private volatile long syncedPosition;
  private volatile long syncedSequence;
  private volatile Room room = Room.ALL;
  private volatile long totalBytes;
  private volatile long newestSnapshot;

  private record Spare(int id, Storage.StoredFile file) {}

  /**
   * @param before sequence of the last command before the segment
   */
  private record Segment(int id, long before) {}

  /**
   * Starts a new segment behind what a scan found, after cutting what the scan rejected.
   *
   * @param allocator runs the allocation of the next segment; a thread of its own in production
   */
  public static Journal open(
      Storage storage, JournalScan scan, JournalSettings settings, Executor allocator)
      throws IOException {
    return new Journal(storage, scan, settings, allocator);
  }

  private Journal(Storage storage, JournalScan scan, JournalSettings settings, Executor allocator)
      throws IOException {
    this.storage = storage;
    this.settings = settings;
    this.allocator = allocator;
    this.lastSequence = scan.lastSequence();
    this.lastTime = scan.lastTime();
    this.lastSegmentId = scan.highestSegment();
    for (JournalScan.SegmentStart start : scan.segments()) {
      segments.add(new Segment(start.id(), start.before()));
    }
    for (int id : scan.unused()) {
      retire(id);
    }
    Spare first = allocate();
    this.file = first.file();
    this.segment = first.id();
    if (!scan.empty()) {
      fence(scan.endPosition(), first.id());
    }
    beginSegment(first);
    flush();
    maintain();
  }

  /** Ends the old tail for good, so that bytes behind it can never be read again. */
  private void fence(long endPosition, int next) throws IOException {
    int id = JournalPosition.segment(endPosition);
    Storage.StoredFile newest = file;
    try (Storage.StoredFile old = storage.open(SegmentFiles.name(id))) {
      // Frames that a killed process wrote may sit in the page cache only: prove them first.
      old.sync();
      file = old;
      segment = id;
      writeOffset = JournalPosition.offset(endPosition);
      syncedPosition = endPosition;
      if (writeOffset == 0) {
        appendSegmentHeader();
      }
      appendEnd(next);
      writeOut();
      old.sync();
    } finally {
      file = newest;
      segment = next;
    }
  }

  /** Appends a command; sequence must be one more than the last. */
  public void append(long sequence, long time, DirectBuffer command, int offset, int length)
      throws IOException {
    if (sequence != lastSequence + 1) {
      throw new IllegalStateException("sequence " + sequence + " after " + lastSequence);
    }
    ensureFits(length);
    int at = begin(Frame.COMMAND, sequence, time, length);
    batch.buffer().putBytes(at, command, offset, length);
    end(length);
    lastSequence = sequence;
    lastTime = time;
  }

  /** Appends the event hash after a command at or below the last. */
  public void appendCheckpoint(long sequence, long eventHash) throws IOException {
    ensureFits(Long.BYTES);
    int at = begin(Frame.CHECKPOINT, sequence, lastTime, Long.BYTES);
    batch.buffer().putLong(at, eventHash);
    end(Long.BYTES);
  }

  /** Appends a frame whose only content is the synced position that it proves. */
  public void appendSync() throws IOException {
    ensureFits(0);
    begin(Frame.SYNC, lastSequence, lastTime, 0);
    end(0);
  }

  /** Appends the quarantine of a command that was journalled before. */
  public void appendSkip(long sequence, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > Frame.MAX_PAYLOAD_LENGTH) {
      throw new IllegalArgumentException("text of " + bytes.length + " bytes");
    }
    ensureFits(bytes.length);
    int at = begin(Frame.SKIP, sequence, lastTime, bytes.length);
    batch.buffer().putBytes(at, bytes);
    end(bytes.length);
  }

  private void appendSegmentHeader() throws IOException {
    int length = Long.BYTES + 2 * Integer.BYTES;
    int at = begin(Frame.SEGMENT, lastSequence, lastTime, length);
    UnsafeBuffer buffer = batch.buffer();
    buffer.putLong(at, Frame.MAGIC);
    buffer.putInt(at + 8, Frame.FORMAT_VERSION);
    buffer.putInt(at + 12, segment);
    end(length);
  }

  private void appendEnd(int next) throws IOException {
    int at = begin(Frame.END, lastSequence, lastTime, Long.BYTES);
    batch.buffer().putLong(at, next);
    end(Long.BYTES);
  }

  private int begin(byte type, long sequence, long time, int payloadLength) throws IOException {
    if (failed) {
      throw new IOException("The journal failed before and stays closed");
    }
    int length = Frame.aligned(Frame.HEADER_LENGTH + payloadLength);
    if (batchLength + length > BATCH_BYTES) {
      writeOut();
    }
    UnsafeBuffer buffer = batch.buffer();
    int at = batchLength;
    buffer.putLong(at + length - Long.BYTES, 0); // padding is part of the file, so make it zero
    buffer.putInt(at + Frame.LENGTH, Frame.HEADER_LENGTH + payloadLength);
    buffer.putShort(at + Frame.TYPE, type);
    buffer.putShort(at + Frame.SCHEMA_VERSION, (short) settings.schemaVersion());
    buffer.putInt(at + Frame.SEMANTICS_VERSION, settings.semanticsVersion());
    buffer.putLong(at + Frame.SEQUENCE, sequence);
    buffer.putLong(at + Frame.TIME, time);
    buffer.putLong(at + Frame.SYNCED_POSITION, syncedPosition);
    return at + Frame.HEADER_LENGTH;
  }

  private void end(int payloadLength) {
    frame.seal(batch.bytes(), batchLength, segment);
    batchLength += Frame.aligned(Frame.HEADER_LENGTH + payloadLength);
  }

  private void ensureFits(int payloadLength) throws IOException {
    int length = Frame.aligned(Frame.HEADER_LENGTH + payloadLength);
    int end = writeOffset + batchLength + length + Frame.END_LENGTH;
    if (end > settings.segmentBytes()) {
      rollOver();
    }
  }

  private void rollOver() throws IOException {
    Spare next = ensureSpare();
    appendEnd(next.id());
    flush();
    file.close();
    spare = null;
    beginSegment(next);
    maintain();
  }

  private void beginSegment(Spare next) throws IOException {
    file = next.file();
    segment = next.id();
    writeOffset = 0;
    syncedPosition = JournalPosition.of(segment, 0);
    synchronized (segmentsLock) {
      segments.add(new Segment(segment, lastSequence));
    }
    appendSegmentHeader();
  }

  /** Bytes appended and not yet handed to the operating system. */
  public int batchLength() {
    return batchLength;
  }

  /**
   * Makes everything appended durable.
   *
   * @throws IOException once: whatever was appended since the last success may or may not be there
   */
  public void flush() throws IOException {
    writeOut();
    if (unsynced) {
      boolean synced = false;
      try {
        file.sync();
        synced = true;
      } finally {
        failed |= !synced;
      }
      unsynced = false;
      syncedSequence = lastSequence;
      syncedPosition = JournalPosition.of(segment, writeOffset);
    }
    updateRoom();
  }

  private void writeOut() throws IOException {
    if (failed) {
      throw new IOException("The journal failed before and stays closed");
    }
    if (batchLength == 0) {
      return;
    }
    boolean written = false;
    try {
      batch.bytes().limit(batchLength).position(0);
      file.write(batch.bytes(), writeOffset);
      batch.bytes().clear();
      written = true;
    } finally {
      failed |= !written;
    }
    writeOffset += batchLength;
    batchLength = 0;
    unsynced = true;
  }

  /** Has the next segment allocated when it is missing; cheap otherwise. */
  public void maintain() {
    if (spare != null || allocating) {
      return;
    }
    if (allocationFailed && System.nanoTime() - allocationFailedNanos < ALLOCATION_RETRY_NANOS) {
      return;
    }
    allocating = true;
    allocator.execute(this::allocateAhead);
  }

  private void allocateAhead() {
    try {
      ensureSpare();
      allocationFailed = false;
    } catch (IOException full) {
      // Not an error of the journal yet: room() refuses orders before the present segment is full.
      allocationFailedNanos = System.nanoTime();
      allocationFailed = true;
    } finally {
      allocating = false;
      updateRoom();
    }
  }

  private Spare ensureSpare() throws IOException {
    synchronized (spareLock) {
      Spare present = spare;
      if (present == null) {
        present = allocate();
        spare = present;
      }
      return present;
    }
  }

  private Spare allocate() throws IOException {
    int id = lastSegmentId + 1;
    Integer old;
    synchronized (segmentsLock) {
      old = recyclable.poll();
    }
    if (old != null) {
      storage.rename(SegmentFiles.name(old), SegmentFiles.name(id));
      storage.syncFolder();
      lastSegmentId = id;
      return new Spare(id, storage.open(SegmentFiles.name(id)));
    }
    Storage.StoredFile allocated = SegmentFiles.allocate(storage, id, settings.segmentBytes());
    lastSegmentId = id;
    return new Spare(id, allocated);
  }

  private void updateRoom() {
    int all;
    int behind = 0;
    int ahead = spare == null ? 0 : 1;
    synchronized (segmentsLock) {
      all = segments.size() + ahead;
      // A segment is needed by a start from the newest snapshot unless the next begins before it.
      Iterator<Segment> iterator = segments.iterator();
      iterator.next();
      while (iterator.hasNext() && iterator.next().before() <= newestSnapshot) {
        behind++;
      }
    }
    totalBytes = (long) all * settings.segmentBytes();
    long used = (long) (all - behind) * settings.segmentBytes();
    long free =
        (long) settings.segmentBytes() - JournalPosition.offset(syncedPosition) - Frame.MAX_LENGTH;
    if (spare != null) {
      free += settings.segmentBytes();
    }
    if (free < settings.inFlightBytes()) {
      room = Room.NOTHING;
    } else if (free < 2 * settings.inFlightBytes() || used > settings.limitBytes()) {
      room = Room.NO_ORDERS;
    } else {
      room = Room.ALL;
    }
  }

  /**
   * A snapshot was published. Segments below the older one are deleted or recycled; the limit
   * counts from the newest, or a full journal without commands could never become less full.
   *
   * @param newest sequence of the newest snapshot
   * @param older sequence of the one before it, 0 = none
   */
  public void snapshotted(long newest, long older) throws IOException {
    newestSnapshot = newest;
    deleteBelow(older);
  }

  private void deleteBelow(long sequence) throws IOException {
    List<Integer> passed = new ArrayList<>();
    synchronized (segmentsLock) {
      Iterator<Segment> iterator = segments.iterator();
      Segment first = iterator.next();
      while (iterator.hasNext()) {
        Segment following = iterator.next();
        if (following.before() > sequence) {
          break;
        }
        passed.add(first.id());
        first = following;
      }
      for (int i = 0; i < passed.size(); i++) {
        segments.poll();
      }
    }
    for (int id : passed) {
      retire(id);
    }
    storage.syncFolder();
    updateRoom();
  }

  private void retire(int id) throws IOException {
    boolean sameLength;
    try (Storage.StoredFile old = storage.open(SegmentFiles.name(id))) {
      sameLength = old.size() == settings.segmentBytes();
    }
    synchronized (segmentsLock) {
      if (sameLength && recyclable.size() < RECYCLED_MAX) {
        recyclable.add(id);
        return;
      }
    }
    storage.delete(SegmentFiles.name(id));
  }

  /** Everything before this position is durable; the limit for readers. */
  public long syncedPosition() {
    return syncedPosition;
  }

  /** Sequence of the last durable command. */
  public long syncedSequence() {
    return syncedSequence;
  }

  /** What the gateway may accept now. */
  public Room room() {
    return room;
  }

  /** Length of all segments together, the spare one included. */
  public long totalBytes() {
    return totalBytes;
  }

  /** Closes the files; flushes nothing. */
  @Override
  public void close() throws IOException {
    synchronized (spareLock) {
      Spare unused = spare;
      if (unused != null) {
        unused.file().close();
        spare = null;
      }
    }
    file.close();
  }
}
