package org.fondaco.chain.node;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.rlp.RlpException;
import org.jspecify.annotations.Nullable;

/**
 * Blocks in a file, one encoding after another, as geth's {@code export} writes them; compressed
 * where the name ends with {@code .gz}.
 */
public final class ChainFile {
  /** No block comes near; a length above it is damage, not a block. */
  private static final int BLOCK_BYTES_MAX = 64 << 20;

  /** How many blocks a file gave. */
  public record Imported(long blocks, long known) {}

  private ChainFile() {}

  /**
   * Writes the chain's blocks from {@code first} to {@code last}, both included.
   *
   * @throws IOException if the file exists or cannot be written
   * @throws IllegalArgumentException if the chain has no such blocks
   */
  public static void export(Blockchain chain, Path file, long first, long last) throws IOException {
    if (first < 0 || first > last || last > chain.head().number()) {
      throw new IllegalArgumentException(
          "export failed: the chain has blocks 0 to %d, not %d to %d"
              .formatted(chain.head().number(), first, last));
    }
    try (OutputStream raw = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
        OutputStream out =
            isCompressed(file) ? new GZIPOutputStream(raw) : new BufferedOutputStream(raw)) {
      for (long number = first; number <= last; number++) {
        Block block = chain.block(number);
        if (block == null) {
          throw new IOException("export failed on #" + number + ": not found");
        }
        out.write(block.encode());
      }
    }
  }

  /**
   * Gives every block of a file to the chain; the genesis and known blocks are passed over.
   *
   * @throws IOException if the file cannot be read, is cut off or damaged, or a block is not valid;
   *     the blocks before it stay
   */
  public static Imported importFrom(Blockchain chain, Path file) throws IOException {
    long blocks = 0;
    long known = 0;
    try (InputStream raw = Files.newInputStream(file);
        InputStream in =
            new BufferedInputStream(isCompressed(file) ? new GZIPInputStream(raw) : raw)) {
      for (long index = 0; ; index++) {
        byte[] encoded = next(in, index);
        if (encoded == null) {
          return new Imported(blocks, known);
        }
        Block block = decode(encoded, index);
        if (block.number() == 0) {
          checkGenesis(chain, block);
          continue;
        }
        switch (chain.insert(block)) {
          case Blockchain.Insertion.Head head -> blocks++;
          case Blockchain.Insertion.Side side -> blocks++;
          case Blockchain.Insertion.Known same -> known++;
          case Blockchain.Insertion.UnknownParent orphan ->
              throw new IOException("block " + block.number() + ": unknown ancestor");
          case Blockchain.Insertion.Invalid(String reason) ->
              throw new IOException("block " + block.number() + ": " + reason);
        }
      }
    }
  }

  private static void checkGenesis(Blockchain chain, Block block) throws IOException {
    if (!block.hash().equals(chain.genesis().hash())) {
      throw new IOException(
          "the file begins with the genesis %s, this chain with %s"
              .formatted(block.hash(), chain.genesis().hash()));
    }
  }

  private static Block decode(byte[] encoded, long index) throws IOException {
    try {
      return Block.decode(encoded);
    } catch (RlpException e) {
      throw new IOException("at block " + index + " of the file: " + e.getMessage(), e);
    }
  }

  /** The bytes of the next list; null at the end of the file. */
  private static byte @Nullable [] next(InputStream in, long index) throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    if (first < 0xc0) {
      throw new IOException("at block " + index + " of the file: not a list");
    }
    int lengthBytes = first > 0xf7 ? first - 0xf7 : 0;
    long length = lengthBytes == 0 ? first - 0xc0 : 0;
    byte[] prefix = new byte[1 + lengthBytes];
    prefix[0] = (byte) first;
    if (in.readNBytes(prefix, 1, lengthBytes) != lengthBytes) {
      throw cutOff(index);
    }
    for (int i = 1; i <= lengthBytes && length <= BLOCK_BYTES_MAX; i++) {
      length = length << 8 | prefix[i] & 0xff;
    }
    if (length > BLOCK_BYTES_MAX) {
      throw new IOException("at block " + index + " of the file: longer than any block");
    }
    byte[] body = in.readNBytes((int) length);
    if (body.length < length) {
      throw cutOff(index);
    }
    byte[] encoded = java.util.Arrays.copyOf(prefix, prefix.length + body.length);
    System.arraycopy(body, 0, encoded, prefix.length, body.length);
    return encoded;
  }

  private static IOException cutOff(long index) {
    return new EOFException("block " + index + " of the file is cut off");
  }

  private static boolean isCompressed(Path file) {
    return file.toString().endsWith(".gz");
  }
}
