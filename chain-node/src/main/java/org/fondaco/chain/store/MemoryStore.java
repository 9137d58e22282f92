package org.fondaco.chain.store;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** A store for tests and for chains that need not outlive the process. */
public final class MemoryStore implements KeyValueStore {
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final TreeMap<byte[], byte[]> pairs = new TreeMap<>(Arrays::compareUnsigned);

  /** A second store with the same pairs, as a disk would hold them after a crash. */
  public MemoryStore copy() {
    MemoryStore copy = new MemoryStore();
    lock.readLock().lock();
    try {
      copy.pairs.putAll(pairs);
    } finally {
      lock.readLock().unlock();
    }
    return copy;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    lock.readLock().lock();
    try {
      byte[] value = pairs.get(key);
      return value == null ? null : value.clone();
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void write(Batch batch) {
    lock.writeLock().lock();
    try {
      for (Batch.Change change : batch.changes()) {
        byte[] value = change.value();
        if (value == null) {
          pairs.remove(change.key());
        } else {
          pairs.put(change.key(), value);
        }
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public void each(byte[] prefix, Visitor visitor) {
    TreeMap<byte[], byte[]> found = new TreeMap<>(Arrays::compareUnsigned);
    lock.readLock().lock();
    try {
      for (Map.Entry<byte[], byte[]> pair : pairs.tailMap(prefix).entrySet()) {
        if (!startsWith(pair.getKey(), prefix)) {
          break;
        }
        found.put(pair.getKey().clone(), pair.getValue().clone());
      }
    } finally {
      lock.readLock().unlock();
    }
    for (Map.Entry<byte[], byte[]> pair : found.entrySet()) {
      if (!visitor.visit(pair.getKey(), pair.getValue())) {
        return;
      }
    }
  }

  static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  @Override
  public void close() {
    // What is in memory goes with the last reference to it.
  }
}
