package org.fondaco.custody.guard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.fondaco.custody.guard.GuardException.Reason;
import org.fondaco.custody.key.Digest;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of the guard file, version 1: a header that never changes, two marks that take turns in
 * saying how much has been acknowledged, and records that are only ever appended. A record's link
 * is SHA-256 of the link before it and the record, so that none can be altered, left out or put in
 * between.
 *
 * <pre>
 *      0  "FNDGUARD", int version, 32 random bytes; SHA-256 of these 44 is the first link
 *    512  mark of even counts: long count, long end, link; SHA-256 of these 48
 *   1024  mark of odd counts
 *   1536  records: int length of the entry, entry, link
 * </pre>
 */
final class GuardFile {
  static final int RECORDS_AT = 1536;
  static final int LENGTH_BYTES = 4;

  private static final byte[] MAGIC = "FNDGUARD".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int IDENTITY_BYTES = 32;
  private static final int HEADER_BYTES = 8 + 4 + IDENTITY_BYTES;
  private static final int MARK_AT = 512;
  private static final int MARK_BYTES = 8 + 8 + Digest.BYTES;
  private static final int ENTRY_BYTES_MAX = 16 << 20;

  private GuardFile() {}

  /**
   * How far the file has been acknowledged.
   *
   * @param count entries
   * @param end offset after the last of them
   * @param link of the last of them
   */
  record Mark(long count, long end, Digest link) {}

  /** A new file's bytes. */
  static byte[] fresh(byte[] identity) {
    ByteBuffer bytes = ByteBuffer.allocate(RECORDS_AT);
    bytes.put(MAGIC).putInt(VERSION).put(identity);
    Mark mark = new Mark(0, RECORDS_AT, firstLink(bytes.array()));
    bytes.put(MARK_AT, encode(mark));
    bytes.put(2 * MARK_AT, encode(mark));
    return bytes.array();
  }

  private static Digest firstLink(byte[] header) {
    return Digest.sha256(Arrays.copyOf(header, HEADER_BYTES));
  }

  static long markAt(Mark mark) {
    return MARK_AT * (1 + mark.count() % 2);
  }

  static byte[] encode(Mark mark) {
    ByteBuffer bytes = ByteBuffer.allocate(MARK_BYTES + Digest.BYTES);
    bytes.putLong(mark.count()).putLong(mark.end()).put(mark.link().toBytes());
    bytes.put(Digest.sha256(Arrays.copyOf(bytes.array(), MARK_BYTES)).toBytes());
    return bytes.array();
  }

  static Digest link(Digest before, byte[] entry) {
    MessageDigest sha256 = Digest.sha256();
    sha256.update(before.toBytes());
    sha256.update(ByteBuffer.allocate(LENGTH_BYTES).putInt(entry.length).array());
    return Digest.of(sha256.digest(entry));
  }

  static byte[] record(byte[] entry, Digest link) {
    return ByteBuffer.allocate(LENGTH_BYTES + entry.length + Digest.BYTES)
        .putInt(entry.length)
        .put(entry)
        .put(link.toBytes())
        .array();
  }

  /**
   * Reads every whole entry and says where they end. What lies between the acknowledged end and the
   * end of the file was being written, and nothing of it was signed.
   *
   * @throws GuardException if the acknowledged part is damaged
   */
  static Mark scan(FileChannel channel, Consumer<GuardEntry> entries) throws IOException {
    byte[] header = read(channel, 0, RECORDS_AT);
    if (header.length < RECORDS_AT || !Arrays.equals(Arrays.copyOf(header, 8), MAGIC)) {
      throw damaged(0, "this is no guard file");
    }
    int version = ByteBuffer.wrap(header).getInt(MAGIC.length);
    if (version != VERSION) {
      throw damaged(MAGIC.length, "version " + version + " is not known");
    }
    Mark proven = newest(header);
    long size = channel.size();
    Mark at = new Mark(0, RECORDS_AT, firstLink(header));
    while (at.end() < size) {
      byte[] entry = next(channel, at);
      if (entry == null) {
        if (at.count() < proven.count()) {
          throw damaged(at.end(), "entry " + (at.count() + 1) + " is not what was written");
        }
        return at;
      }
      entries.accept(decode(entry, at));
      at =
          new Mark(
              at.count() + 1,
              at.end() + LENGTH_BYTES + entry.length + Digest.BYTES,
              link(at.link(), entry));
      if (at.count() == proven.count() && !at.equals(proven)) {
        throw damaged(at.end(), "entry " + at.count() + " is not the one that was acknowledged");
      }
    }
    if (at.count() < proven.count()) {
      throw damaged(
          at.end(), proven.count() + " entries were acknowledged and " + at.count() + " are left");
    }
    return at;
  }

  private static GuardEntry decode(byte[] entry, Mark at) {
    try {
      return GuardEntryCodec.decode(entry);
    } catch (IllegalArgumentException e) {
      throw damaged(at.end(), String.valueOf(e.getMessage()));
    }
  }

  /** The entry that begins where {@code at} ends; null where none is whole. */
  private static byte @Nullable [] next(FileChannel channel, Mark at) throws IOException {
    byte[] prefix = read(channel, at.end(), LENGTH_BYTES);
    if (prefix.length < LENGTH_BYTES) {
      return null;
    }
    int length = ByteBuffer.wrap(prefix).getInt();
    if (length <= 0 || length > ENTRY_BYTES_MAX) {
      return null;
    }
    byte[] rest = read(channel, at.end() + LENGTH_BYTES, length + Digest.BYTES);
    if (rest.length < length + Digest.BYTES) {
      return null;
    }
    byte[] entry = Arrays.copyOf(rest, length);
    Digest link = Digest.of(Arrays.copyOfRange(rest, length, rest.length));
    return link.equals(link(at.link(), entry)) ? entry : null;
  }

  /** The later of the marks that are whole; the other may have been torn while it was written. */
  private static Mark newest(byte[] header) {
    Mark even = mark(header, MARK_AT);
    Mark odd = mark(header, 2 * MARK_AT);
    if (even == null && odd == null) {
      throw damaged(MARK_AT, "neither mark says how much was acknowledged");
    }
    if (even == null || odd == null) {
      return even == null ? Objects.requireNonNull(odd) : even;
    }
    return even.count() >= odd.count() ? even : odd;
  }

  private static @Nullable Mark mark(byte[] header, int at) {
    byte[] bytes = Arrays.copyOfRange(header, at, at + MARK_BYTES + Digest.BYTES);
    Digest sum = Digest.of(Arrays.copyOfRange(bytes, MARK_BYTES, bytes.length));
    if (!sum.equals(Digest.sha256(Arrays.copyOf(bytes, MARK_BYTES)))) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new Mark(
        buffer.getLong(), buffer.getLong(), Digest.of(Arrays.copyOfRange(bytes, 16, MARK_BYTES)));
  }

  /** At most {@code length} bytes; fewer at the end of the file. */
  private static byte[] read(FileChannel channel, long from, int length) throws IOException {
    int there = (int) Math.max(0, Math.min(length, channel.size() - from));
    ByteBuffer buffer = ByteBuffer.allocate(there);
    while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {}
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private static GuardException damaged(long offset, String what) {
    return new GuardException(
        Reason.DAMAGED, "the guard file is damaged at offset " + offset + ": " + what);
  }
}
