package org.fondaco.chain.blockchain;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.blockchain.Blockchain.Insertion;
import org.fondaco.chain.rlp.RlpException;
import org.jspecify.annotations.Nullable;

/**
 * Chains in files, as {@code geth export} writes them and {@code geth import} reads them: the
 * blocks' RLP one after another; compressed where the name ends in {@code .gz}.
 */
public final class ChainFile {
  private static final int BUFFER_BYTES = 1 << 20;

  /** A block's gas bounds its size far below this; a damaged length must not take the memory. */
  private static final int BLOCK_BYTES_MAX = 1 << 28;

  private ChainFile() {}

  /** What an import did: how many blocks the file had, and how many of them were new. */
  public record Imported(long blocks, long added) {}

  /**
   * Writes the chain's blocks from one height to another, both with it.
   *
   * @return how many
   * @throws ChainException if the chain is not that high
   */
  public static long write(Blockchain chain, Path file, long from, long to) throws IOException {
    if (from < 0 || from > to || to > chain.head().number()) {
      throw new ChainException(
          "no blocks from " + from + " to " + to + ": the head is " + chain.head().number());
    }
    try (OutputStream output = output(file)) {
      for (long number = from; number <= to; number++) {
        Block block = chain.block(number);
        if (block == null) {
          throw new ChainException("the chain became shorter than " + number + " meanwhile");
        }
        output.write(block.encode());
      }
    }
    return to - from + 1;
  }

  /**
   * Inserts a file's blocks; those that are there already are passed over, the first too.
   *
   * @param progress hears of each block's number
   * @throws ChainException at the first block that is refused or unreadable; those before it stay
   */
  public static Imported read(Blockchain chain, Path file, LongConsumer progress)
      throws IOException {
    long blocks = 0;
    long added = 0;
    try (InputStream input = input(file)) {
      for (byte[] encoded = next(input, blocks); encoded != null; encoded = next(input, blocks)) {
        Block block;
        try {
          block = Block.decode(encoded);
        } catch (RlpException e) {
          throw new ChainException("block " + blocks + " of the file: " + e.getMessage(), e);
        }
        String which = "block " + block.number() + " (" + block.hash() + "): ";
        switch (chain.insert(block)) {
          case Insertion.Head _, Insertion.Side _ -> added++;
          case Insertion.Known _ -> {}
          case Insertion.UnknownParent _ -> {
            throw new ChainException(
                block.number() == 0
                    ? which + "the file is of another chain than the data folder"
                    : which + "its parent is not known");
          }
          case Insertion.Invalid(String reason) -> throw new ChainException(which + reason);
        }
        blocks++;
        progress.accept(block.number());
      }
    }
    return new Imported(blocks, added);
  }

  /** The next list of the stream with its prefix; null at the end. */
  private static byte @Nullable [] next(InputStream input, long index) throws IOException {
    int prefix = input.read();
    if (prefix < 0) {
      return null;
    }
    if (prefix < 0xc0) {
      throw new ChainException("block " + index + " of the file: not a list");
    }
    int lengthBytes = prefix < 0xf8 ? 0 : prefix - 0xf7;
    byte[] size = exactly(input, lengthBytes, index);
    long length = lengthBytes == 0 ? prefix - 0xc0 : 0;
    for (byte each : size) {
      length = length << 8 | each & 0xff;
      if (length > BLOCK_BYTES_MAX) {
        throw new ChainException("block " + index + " of the file: longer than any block");
      }
    }
    byte[] body = exactly(input, (int) length, index);
    byte[] encoded = new byte[1 + size.length + body.length];
    encoded[0] = (byte) prefix;
    System.arraycopy(size, 0, encoded, 1, size.length);
    System.arraycopy(body, 0, encoded, 1 + size.length, body.length);
    return encoded;
  }

  private static byte[] exactly(InputStream input, int length, long index) throws IOException {
    byte[] bytes = input.readNBytes(length);
    if (bytes.length < length) {
      throw new ChainException("block " + index + " of the file: the file ends within it");
    }
    return bytes;
  }

  private static boolean isCompressed(Path file) {
    return file.getFileName().toString().endsWith(".gz");
  }

  private static OutputStream output(Path file) throws IOException {
    OutputStream output = Files.newOutputStream(file);
    return new BufferedOutputStream(
        isCompressed(file) ? new GZIPOutputStream(output, BUFFER_BYTES) : output, BUFFER_BYTES);
  }

  private static InputStream input(Path file) throws IOException {
    InputStream input = Files.newInputStream(file);
    try {
      return new BufferedInputStream(
          isCompressed(file) ? new GZIPInputStream(input, BUFFER_BYTES) : input, BUFFER_BYTES);
    } catch (EOFException e) {
      input.close();
      throw new ChainException(file + " is no compressed file", e);
    }
  }
}
