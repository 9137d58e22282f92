package org.fondaco.chain.pool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fondaco.chain.rlp.Rlp;
import org.fondaco.chain.rlp.RlpException;
import org.fondaco.chain.rlp.RlpItem;
import org.fondaco.chain.rlp.RlpWriter;
import org.fondaco.chain.transaction.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * Local transactions in a file, as geth's {@code transactions.rlp}: one RLP item after another, a
 * legacy transaction as its list, a typed one as a string. What is appended survives the end of
 * this process; only {@link #rotate} waits for the disk, so a power cut may take the last ones.
 */
final class LocalJournal implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LocalJournal.class.getName());

  private final Path file;
  private @Nullable FileChannel channel;

  LocalJournal(Path file) {
    this.file = file;
  }

  /**
   * Every transaction that can be read: a broken one in the middle is left out, an end in the
   * middle of one ends the list.
   */
  List<Transaction> load() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    byte[] bytes = Files.readAllBytes(file);
    List<Transaction> transactions = new ArrayList<>();
    int at = 0;
    while (at < bytes.length) {
      int end = endOfItem(bytes, at);
      if (end < 0) {
        LOG.log(
            System.Logger.Level.WARNING,
            "{0}: the last {1} bytes are no whole transaction and are dropped",
            file,
            bytes.length - at);
        break;
      }
      try {
        transactions.add(decode(Arrays.copyOfRange(bytes, at, end)));
      } catch (RlpException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "{0}: no transaction at byte {1}: {2}",
            file,
            at,
            e.getMessage());
      }
      at = end;
    }
    return transactions;
  }

  /** Where the RLP item that begins at {@code at} ends; negative if not within the bytes. */
  private static int endOfItem(byte[] bytes, int at) {
    int prefix = bytes[at] & 0xff;
    long length;
    int head = 1;
    if (prefix < 0x80) {
      length = 0;
    } else if (prefix < 0xb8) {
      length = prefix - 0x80L;
    } else if (prefix >= 0xc0 && prefix < 0xf8) {
      length = prefix - 0xc0L;
    } else {
      int size = prefix < 0xc0 ? prefix - 0xb7 : prefix - 0xf7;
      head += size;
      length = 0;
      for (int i = 1; i <= size; i++) {
        if (at + i >= bytes.length || length > Integer.MAX_VALUE) {
          return -1;
        }
        length = length << 8 | bytes[at + i] & 0xff;
      }
    }
    long end = at + head + length;
    return end <= bytes.length ? (int) end : -1;
  }

  private static Transaction decode(byte[] encoded) {
    return switch (Rlp.decode(encoded)) {
      case RlpItem.Items items -> Transaction.decode(items.encoded());
      case RlpItem.Bytes(byte[] bytes) -> Transaction.decode(bytes);
    };
  }

  private static byte[] encode(Transaction transaction) {
    byte[] encoded = transaction.encode();
    return transaction.type() == Transaction.LEGACY
        ? encoded
        : new RlpWriter().bytes(encoded).toBytes();
  }

  /** Adds one transaction at the end; before the first {@link #rotate} it does nothing. */
  void append(Transaction transaction) {
    FileChannel open = channel;
    if (open == null) {
      return;
    }
    try {
      write(open, encode(transaction));
    } catch (IOException e) {
      // The pool goes on: a lost journal costs a resubmission, a refused transaction costs more.
      LOG.log(System.Logger.Level.ERROR, "cannot write " + file, e);
    }
  }

  /** Replaces the file by these transactions; a crash leaves the old one or the new one. */
  void rotate(List<Transaction> transactions) {
    try {
      close();
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      try (FileChannel out =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        for (Transaction transaction : transactions) {
          write(out, encode(transaction));
        }
        out.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static void write(FileChannel out, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
  }

  @Override
  public void close() throws IOException {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }
}
