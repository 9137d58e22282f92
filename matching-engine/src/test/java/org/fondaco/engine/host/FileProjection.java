package org.fondaco.engine.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.EventCodec;
import org.jspecify.annotations.Nullable;

/** A history store in one file: each group behind length, sequence and checksum. */
final class FileProjection implements Projection {

  private static final int HEADER = 20;

  private final FileChannel channel;
  private long delivered;
  private long committed;
  private long end;

  /** A group as it stands in the file. */
  record StoredGroup(long sequence, List<EngineEvent> events) {}

  FileProjection(Path file) throws IOException {
    channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    for (ByteBuffer group = read(end); group != null; group = read(end)) {
      delivered = group.getLong(4);
      end += group.capacity();
    }
    committed = delivered;
  }

  private @Nullable ByteBuffer read(long at) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    if (channel.read(header, at) < HEADER) {
      return null;
    }
    ByteBuffer group = ByteBuffer.allocate(HEADER + header.getInt(0));
    if (channel.read(group, at) < group.capacity()) {
      return null;
    }
    CRC32C crc = new CRC32C();
    crc.update(group.array(), HEADER, group.capacity() - HEADER);
    return crc.getValue() == group.getLong(12) ? group : null;
  }

  /** Everything in the file. */
  List<StoredGroup> groups() throws IOException {
    List<StoredGroup> groups = new ArrayList<>();
    EventCodec codec = new EventCodec();
    long at = 0;
    for (ByteBuffer group = read(at); group != null; group = read(at)) {
      UnsafeBuffer events = new UnsafeBuffer(group.array());
      List<EngineEvent> decoded = new ArrayList<>();
      for (int i = HEADER; i < group.capacity(); i += 4 + events.getInt(i)) {
        decoded.add(codec.decode(events, i + 4));
      }
      groups.add(new StoredGroup(group.getLong(4), decoded));
      at += group.capacity();
    }
    return groups;
  }

  @Override
  public long watermark() {
    return committed;
  }

  @Override
  public void group(long sequence, long time, DirectBuffer events, int offset, int length) {
    if (sequence != delivered + 1) {
      throw new IllegalStateException("group " + sequence + " after " + delivered);
    }
    ByteBuffer group = ByteBuffer.allocate(HEADER + length);
    events.getBytes(offset, group, HEADER, length);
    CRC32C crc = new CRC32C();
    crc.update(group.array(), HEADER, length);
    group.putInt(0, length).putLong(4, sequence).putLong(12, crc.getValue());
    try {
      end += channel.write(group.rewind(), end);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    delivered = sequence;
  }

  @Override
  public void commit() {
    try {
      channel.force(false);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    committed = delivered;
  }
}
