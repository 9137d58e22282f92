package org.fondaco.api.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes the head of the audit log in a file beside the database, every second in which it moved. A
 * chain of hashes alone does not tell that its last rows were removed; this file does, unless
 * whoever removed them can write it, too. Only the rows of the last second are not covered.
 */
public final class AuditAnchor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditAnchor.class);
  private static final String FILE = "audit-anchor";
  private static final Pattern LINE = Pattern.compile("([0-9]{1,18}) ([0-9a-f]{64})\\n");

  private final Path file;
  private final AuditLog log;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private AuditLog.Head noted;

  private AuditAnchor(Path file, AuditLog log, AuditLog.Head noted) {
    this.file = file;
    this.log = log;
    this.noted = noted;
    this.thread = Thread.ofVirtual().name("audit-anchor").start(this::run);
  }

  /** Begins to note. */
  public static AuditAnchor keep(Path data, DSLContext database) throws IOException {
    AuditLog.Head noted = read(data).orElse(new AuditLog.Head(0, ""));
    return new AuditAnchor(data.resolve(FILE), new AuditLog(database), noted);
  }

  /**
   * What was noted last, empty when nothing was.
   *
   * @throws IOException when the file cannot be read or holds something else
   */
  public static Optional<AuditLog.Head> read(Path data) throws IOException {
    Path file = data.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Matcher line = LINE.matcher(Files.readString(file));
    if (!line.matches()) {
      throw new IOException(file + " does not hold the head of an audit log");
    }
    return Optional.of(new AuditLog.Head(Long.parseLong(line.group(1)), line.group(2)));
  }

  private void run() {
    try {
      do {
        note();
      } while (!closing.await(1, TimeUnit.SECONDS));
      note();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void note() {
    try {
      AuditLog.Head head = log.head();
      // A head that went back is what the file is there to tell: it stays.
      if (head.seq() > noted.seq()) {
        write(head);
        noted = head;
      }
    } catch (DataAccessException e) {
      LOG.debug("the head of the audit log is not known for now", e);
    } catch (IOException e) {
      LOG.warn("cannot note the head of the audit log: {}", e.getMessage());
    }
  }

  private void write(AuditLog.Head head) throws IOException {
    Path fresh = file.resolveSibling(FILE + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer line =
          ByteBuffer.wrap(
              (head.seq() + " " + head.hash() + "\n").getBytes(StandardCharsets.US_ASCII));
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Notes once more what was appended last. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
