package org.fondaco.chain.blockchain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/** The hashes before a block, found from parent to parent as far as they are asked for. */
public final class Ancestors implements LongFunction<Hash> {
  private final Function<Hash, @Nullable BlockHeader> headers;
  private final long number;
  private final List<Hash> hashes = new ArrayList<>();

  /**
   * Of a block of this number and parent.
   *
   * @param headers by hash; must know every ancestor that is asked for
   */
  public Ancestors(long number, Hash parent, Function<Hash, @Nullable BlockHeader> headers) {
    this.number = number;
    this.headers = headers;
    hashes.add(parent);
  }

  @Override
  public Hash apply(long ancestor) {
    long back = number - 1 - ancestor;
    while (hashes.size() <= back) {
      BlockHeader header = headers.apply(hashes.getLast());
      if (header == null) {
        throw new IllegalStateException("no header " + hashes.getLast());
      }
      hashes.add(header.parentHash());
    }
    return hashes.get(Math.toIntExact(back));
  }
}
