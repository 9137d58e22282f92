package org.fondaco.chain.store;

import org.jspecify.annotations.Nullable;

/**
 * Bytes by bytes, in the unsigned order of the keys. Reads are safe for any thread; batches are
 * written one after another. Whatever fails on the disk is a {@link StoreException}.
 */
public interface KeyValueStore extends AutoCloseable {
  /** What error messages call it; names the folder if there is one. */
  default String description() {
    return "the database";
  }

  /** The value of a key, the caller's own copy; null if there is none. */
  byte @Nullable [] get(byte[] key);

  /**
   * Does everything in the batch or nothing. A batch that asks for it is on the disk when this
   * returns; others may be lost to a power failure, with all that followed them, but not to the
   * death of the process.
   */
  void write(Batch batch);

  /**
   * Visits the pairs whose keys begin with {@code prefix}, in the order of the keys, as they were
   * when this was called.
   */
  void each(byte[] prefix, Visitor visitor);

  /** Waits for reads and writes to end; later ones fail. Does nothing the second time. */
  @Override
  void close();

  /** Is shown pairs. */
  interface Visitor {
    /** Both arrays are the visitor's own; false ends the visit. */
    boolean visit(byte[] key, byte[] value);
  }
}
