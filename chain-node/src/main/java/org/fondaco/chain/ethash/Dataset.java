package org.fondaco.chain.ethash;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** All items of an epoch in memory, or in a file as if it were. Safe for any thread. */
final class Dataset {
  private static final ValueLayout.OfInt WORD =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment bytes;
  private final int pages;

  /**
   * Takes over a segment.
   *
   * @param from where the items begin
   */
  Dataset(MemorySegment all, long from) {
    bytes = all.asSlice(from);
    pages = Math.toIntExact(bytes.byteSize() / EthashEpoch.MIX_BYTES);
  }

  /** Pairs of items: what one access of the hash reads. */
  int pages() {
    return pages;
  }

  /** Reads from both ends of a page, so that memory is on its way before {@link #page} waits. */
  int touch(int index) {
    long at = (long) index * EthashEpoch.MIX_BYTES;
    return bytes.get(WORD, at) ^ bytes.get(WORD, at + EthashEpoch.MIX_BYTES - Integer.BYTES);
  }

  /** Copies the 32 words of a page to {@code at}. */
  void page(int index, int[] to, int at) {
    MemorySegment.copy(
        bytes, WORD, (long) index * EthashEpoch.MIX_BYTES, to, at, Hashimoto.MIX_WORDS);
  }
}
