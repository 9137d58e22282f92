package org.fondaco.chain.blockchain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/** The headers and blocks asked for last; neither ever changes. Safe for any thread. */
final class EntryCache {
  private static final int ENTRIES_MAX = 1_024;
  private static final int BLOCKS_MAX = 64;

  private final ChainStore store;
  private final Map<Hash, ChainStore.Entry> entries = bounded(ENTRIES_MAX);
  private final Map<Hash, Block> blocks = bounded(BLOCKS_MAX);

  EntryCache(ChainStore store) {
    this.store = store;
  }

  ChainStore.@Nullable Entry entry(Hash hash) {
    return cached(entries, hash, store::entry);
  }

  @Nullable Block block(Hash hash) {
    return cached(blocks, hash, store::block);
  }

  private static <T> @Nullable T cached(
      Map<Hash, T> cache, Hash hash, Function<Hash, @Nullable T> read) {
    T known = cache.get(hash);
    if (known == null) {
      known = read.apply(hash);
      if (known != null) {
        cache.put(hash, known);
      }
    }
    return known;
  }

  private static <T> Map<Hash, T> bounded(int size) {
    return Collections.synchronizedMap(
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Hash, T> eldest) {
            return size() > size;
          }
        });
  }
}
