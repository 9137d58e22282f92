package org.fondaco.custody.guard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.fondaco.custody.guard.GuardException.Reason;
import org.fondaco.custody.key.Digest;
import org.fondaco.custody.signer.SigningPermits;
import org.fondaco.custody.vault.PrivateFile;
import org.jspecify.annotations.Nullable;

/**
 * The signer's memory, in a file beside the vault that no backup of the database can take back. An
 * entry is on disk, and the mark that acknowledges it too, before {@link #append} returns; only
 * then may its digests be signed. Of an anchor it takes one payee set, beside attempts that pay
 * nobody, and of an attempt one transaction. After a failed write it takes nothing more and permits
 * nothing until it is opened anew. Safe for any thread.
 */
public final class Guard implements SigningPermits, AutoCloseable {
  /**
   * What opening found.
   *
   * @param cutBytes of entries that were being written when power or process went; nothing of them
   *     was signed
   */
  public record Opening(long entries, long cutBytes) {}

  private final FileChannel channel;
  private final Opening opening;
  private final Rules rules = new Rules();
  private final Set<Digest> digests = new HashSet<>();
  private GuardFile.Mark mark;
  private @Nullable GuardEntry newest;
  private boolean failed;

  private Guard(FileChannel channel) throws IOException {
    this.channel = channel;
    lock();
    mark = GuardFile.scan(channel, this::remember);
    long cut = channel.size() - mark.end();
    if (cut > 0) {
      channel.truncate(mark.end());
    }
    acknowledge(mark);
    opening = new Opening(mark.count(), cut);
  }

  /**
   * Makes an empty file, readable by its owner only.
   *
   * @throws IOException if it exists or cannot be written
   */
  public static void create(Path file) throws IOException {
    byte[] identity = new byte[32];
    new SecureRandom().nextBytes(identity);
    PrivateFile.create(file, GuardFile.fresh(identity));
  }

  /**
   * Opens a file, checks each entry of it, and locks it.
   *
   * @throws GuardException if an acknowledged entry is damaged, or another process has the file
   * @throws IOException if it cannot be read
   */
  public static Guard open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      return new Guard(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Reads a file that another process may have open, and leaves it as it is.
   *
   * @param entries is given each whole entry, oldest first
   * @throws GuardException if an acknowledged entry is damaged
   */
  public static Opening verify(Path file, Consumer<GuardEntry> entries) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      Rules rules = new Rules();
      GuardFile.Mark end =
          GuardFile.scan(
              channel,
              entry -> {
                rules.check(entry);
                rules.remember(entry);
                entries.accept(entry);
              });
      return new Opening(end.count(), channel.size() - end.end());
    }
  }

  private void lock() throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw new GuardException(Reason.LOCKED, "another process has the guard file");
    }
  }

  /** What {@link #open} found. */
  public Opening opening() {
    return opening;
  }

  /** The youngest entry: it must be known to the database, or that is older than this file. */
  public synchronized Optional<GuardEntry> newest() {
    return Optional.ofNullable(newest);
  }

  /** How many entries there are. */
  public synchronized long size() {
    return mark.count();
  }

  /** Whether an attempt with this unsigned transaction is recorded. */
  public synchronized boolean contains(Digest unsigned) {
    return rules.contains(unsigned);
  }

  /**
   * Records an attempt; returns when it is durable. An attempt that is there already is left alone.
   *
   * @throws GuardException if the attempt must not be signed, or could not be recorded
   */
  public void append(GuardEntry entry) {
    append(List.of(entry));
  }

  /**
   * As {@link #append(GuardEntry)} for attempts of different payouts, which are durable together.
   *
   * @throws GuardException if one of them must not be signed, or they could not be recorded; then
   *     none may be signed that was not before
   */
  public synchronized void append(List<GuardEntry> entries) {
    if (failed) {
      throw new GuardException(Reason.IO, "the guard file failed and must be opened anew");
    }
    Set<String> parts = new HashSet<>();
    Set<Digest> transactions = new HashSet<>();
    List<GuardEntry> fresh = new ArrayList<>();
    for (GuardEntry entry : entries) {
      rules.check(entry);
      if (!Collections.disjoint(parts, entry.anchor().parts())
          || !transactions.add(entry.unsigned())) {
        throw new IllegalArgumentException("attempts of one payout are appended one by one");
      }
      parts.addAll(entry.anchor().parts());
      if (!rules.contains(entry.unsigned())) {
        fresh.add(entry);
      }
    }
    if (!fresh.isEmpty()) {
      write(fresh);
      fresh.forEach(this::remember);
    }
  }

  private void write(List<GuardEntry> entries) {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    GuardFile.Mark before = mark;
    GuardFile.Mark next = mark;
    for (GuardEntry entry : entries) {
      byte[] encoded = GuardEntryCodec.encode(entry);
      Digest link = GuardFile.link(next.link(), encoded);
      byte[] record = GuardFile.record(encoded, link);
      records.writeBytes(record);
      before = next;
      next = new GuardFile.Mark(next.count() + 1, next.end() + record.length, link);
    }
    try {
      write(records.toByteArray(), mark.end());
      channel.force(true);
      if (entries.size() % 2 == 0) {
        // The last mark is where this one will be: it must not be torn before another says as much.
        acknowledge(before);
      }
      acknowledge(next);
    } catch (IOException e) {
      failed = true;
      throw new GuardException(Reason.IO, "the guard file could not be written", e);
    }
    mark = next;
  }

  private void acknowledge(GuardFile.Mark next) throws IOException {
    write(GuardFile.encode(next), GuardFile.markAt(next));
    channel.force(true);
  }

  private void write(byte[] bytes, long at) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer, at + buffer.position());
    }
  }

  private void remember(GuardEntry entry) {
    rules.remember(entry);
    digests.addAll(entry.digests());
    newest = entry;
  }

  @Override
  public synchronized boolean permits(Digest digest) {
    return !failed && digests.contains(digest);
  }

  @Override
  public synchronized void close() throws IOException {
    failed = true;
    channel.close();
  }

  /** What may stand beside what. */
  private static final class Rules {
    private final Map<String, Anchor> anchors = new HashMap<>();
    private final Map<Anchor, Digest> payees = new HashMap<>();
    private final Map<Anchor, Map<Integer, Digest>> attempts = new HashMap<>();
    private final Set<Digest> unsigned = new HashSet<>();

    boolean contains(Digest digest) {
      return unsigned.contains(digest);
    }

    void check(GuardEntry entry) {
      for (String part : entry.anchor().parts()) {
        Anchor other = anchors.get(part);
        if (other != null && !other.equals(entry.anchor())) {
          throw new GuardException(
              Reason.OTHER_ANCHOR, part + " belongs to another payout: " + other.parts());
        }
      }
      Digest paid = payees.get(entry.anchor());
      if (paid != null
          && !entry.payees().equals(GuardEntry.NOBODY)
          && !entry.payees().equals(paid)) {
        throw new GuardException(
            Reason.OTHER_PAYEES,
            "the payout of " + entry.anchor().parts() + " already has other payees: " + paid);
      }
      Digest same = attempts.getOrDefault(entry.anchor(), Map.of()).get(entry.attempt());
      if (same != null && !same.equals(digest(entry))) {
        throw new GuardException(
            Reason.OTHER_TRANSACTION,
            "attempt " + entry.attempt() + " of " + entry.anchor().parts() + " is another");
      }
      if (same == null && unsigned.contains(entry.unsigned())) {
        throw new GuardException(
            Reason.OTHER_TRANSACTION, entry.unsigned() + " already is another attempt");
      }
    }

    void remember(GuardEntry entry) {
      entry.anchor().parts().forEach(part -> anchors.put(part, entry.anchor()));
      if (!entry.payees().equals(GuardEntry.NOBODY)) {
        payees.put(entry.anchor(), entry.payees());
      }
      attempts
          .computeIfAbsent(entry.anchor(), anchor -> new HashMap<>())
          .put(entry.attempt(), digest(entry));
      unsigned.add(entry.unsigned());
    }

    private static Digest digest(GuardEntry entry) {
      return Digest.sha256(GuardEntryCodec.encode(entry));
    }
  }
}
