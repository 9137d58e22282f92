package org.fondaco.chain.blockchain;

import org.fondaco.chain.store.Batch;
import org.fondaco.chain.store.KeyValueStore;
import org.fondaco.chain.store.MemoryStore;
import org.fondaco.chain.store.StoreException;
import org.jspecify.annotations.Nullable;

/** Fails at one write, without having done anything of it. */
final class FailingStore implements KeyValueStore {
  private final MemoryStore disk;
  private int left;

  FailingStore(MemoryStore disk, int writes) {
    this.disk = disk;
    left = writes;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return disk.get(key);
  }

  @Override
  public void write(Batch batch) {
    if (left-- == 0) {
      throw new StoreException("the disk is full");
    }
    disk.write(batch);
  }

  @Override
  public void each(byte[] prefix, Visitor visitor) {
    disk.each(prefix, visitor);
  }

  @Override
  public void close() {
    disk.close();
  }
}
