package org.fondaco.chain.store;

import org.jspecify.annotations.Nullable;

/** Dies before any of its writes, as a process that is killed or a machine without power. */
public final class DyingStore implements KeyValueStore {
  /** What dies. */
  public enum Death {
    /** The process: what was written is on the disk. */
    PROCESS,
    /** The machine: what was not written durably, and nothing durable came after, is lost. */
    MACHINE
  }

  private final Death death;
  private final MemoryStore disk;
  private MemoryStore synced;
  private int writesLeft;

  public DyingStore(MemoryStore disk, int writesLeft, Death death) {
    this.disk = disk.copy();
    synced = disk.copy();
    this.writesLeft = writesLeft;
    this.death = death;
  }

  /** What the next process finds. */
  public MemoryStore found() {
    return death == Death.PROCESS ? disk : synced;
  }

  /** Batches that may still be written. */
  public int writesLeft() {
    return writesLeft;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return disk.get(key);
  }

  @Override
  public void write(Batch batch) {
    if (writesLeft == 0) {
      throw new StoreException("killed");
    }
    writesLeft--;
    disk.write(batch);
    if (death == Death.MACHINE && batch.isDurable()) {
      synced = disk.copy();
    }
  }

  @Override
  public void each(byte[] prefix, Visitor visitor) {
    disk.each(prefix, visitor);
  }

  @Override
  public void close() {
    // The disk outlives the process.
  }
}
