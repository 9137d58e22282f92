package org.fondaco.engine.journal;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/**
 * A disk in memory that behaves as badly as the contract of {@link Storage} allows. At a power cut
 * each unsynced sector is there, not there, half there or garbled, each by itself, so that order
 * means nothing; and only a first part of the unsynced creations, renames and deletions happened.
 * Thread-safe.
 */
public final class SimulatedDisk implements Storage {

  private static final int SECTOR = 512;

  private final Random random;
  private Map<String, Content> names = new TreeMap<>();
  private Map<String, Content> durableNames = new TreeMap<>();
  private final List<Map<String, Content>> namesSinceSync = new ArrayList<>();
  private long capacity = Long.MAX_VALUE;
  private long operationsLeft = Long.MAX_VALUE;
  private boolean failSyncs;
  private boolean off;
  private boolean locked;
  private volatile CountDownLatch held = new CountDownLatch(0);

  private record Write(long position, byte[] bytes) {}

  private static final class Content {
    byte[] live = new byte[0];
    byte[] durable = new byte[0];
    final List<Write> unsynced = new ArrayList<>();
  }

  /** The machine has lost its power; nothing works until {@link SimulatedDisk#powerOn()}. */
  public static final class PowerCut extends IOException {
    private static final long serialVersionUID = 1L;

    PowerCut() {
      super("power cut");
    }
  }

  public SimulatedDisk(long seed) {
    this.random = new Random(seed);
  }

  /** Cuts the power at the n-th operation from now. */
  public synchronized void cutPowerAfter(long operations) {
    operationsLeft = operations;
  }

  /** Bytes that all files together may have. */
  public synchronized void capacity(long bytes) {
    capacity = bytes;
  }

  /** From now on every sync fails, and what it should have made durable is lost or not. */
  public synchronized void failSyncs() {
    failSyncs = true;
  }

  /** Present length of a file. */
  public synchronized int length(String name) {
    return content(names, name).live.length;
  }

  /** Turns one bit of durable content. */
  public synchronized void flip(String name, int offset, int bit) {
    Content content = content(names, name);
    content.live[offset] ^= (byte) (1 << bit);
    content.durable[offset] ^= (byte) (1 << bit);
  }

  /** From now on every sync waits until the latch is open. */
  public void holdSyncs(CountDownLatch latch) {
    held = latch;
  }

  /** What a restart finds. */
  public synchronized void powerOn() {
    off = false;
    failSyncs = false;
    locked = false;
    operationsLeft = Long.MAX_VALUE;
    int happened = random.nextInt(namesSinceSync.size() + 1);
    names = new TreeMap<>(happened == 0 ? durableNames : namesSinceSync.get(happened - 1));
    durableNames = new TreeMap<>(names);
    namesSinceSync.clear();
    for (Content content : names.values()) {
      for (Write write : content.unsynced) {
        survive(content, write);
      }
      content.unsynced.clear();
      content.live = content.durable.clone();
    }
  }

  private void survive(Content content, Write write) {
    long position = write.position();
    int done = 0;
    while (done < write.bytes().length) {
      int length =
          Math.min(write.bytes().length - done, SECTOR - (int) ((position + done) % SECTOR));
      byte[] sector = Arrays.copyOfRange(write.bytes(), done, done + length);
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          // It is there.
        }
        case 3 -> sector = Arrays.copyOf(sector, random.nextInt(length));
        case 4 -> {
          // A garbled sector: only in bytes that were not durable before.
          int at = random.nextInt(length);
          sector[at] ^= (byte) (1 << random.nextInt(8));
        }
        default -> sector = new byte[0];
      }
      content.durable = put(content.durable, position + done, sector);
      done += length;
    }
  }

  private static byte[] put(byte[] into, long position, byte[] bytes) {
    byte[] target = into;
    int end = (int) position + bytes.length;
    if (bytes.length > 0 && end > target.length) {
      target = Arrays.copyOf(target, end);
    }
    System.arraycopy(bytes, 0, target, Math.min((int) position, target.length), bytes.length);
    return target;
  }

  private void awaitHeld() throws IOException {
    try {
      held.await();
    } catch (InterruptedException stopped) {
      throw new IOException(stopped);
    }
  }

  private void operation() throws IOException {
    if (off || operationsLeft-- <= 0) {
      off = true;
      throw new PowerCut();
    }
  }

  private void namesChanged() {
    namesSinceSync.add(new TreeMap<>(names));
  }

  private static Content content(Map<String, Content> in, String name) {
    Content content = in.get(name);
    if (content == null) {
      throw new IllegalArgumentException(name);
    }
    return content;
  }

  @Override
  public synchronized Closeable lock() throws IOException {
    operation();
    if (locked) {
      throw new FolderInUse("in use");
    }
    locked = true;
    return () -> {
      synchronized (this) {
        locked = false;
      }
    };
  }

  @Override
  public synchronized List<String> names() throws IOException {
    operation();
    return List.copyOf(names.keySet());
  }

  @Override
  public synchronized StoredFile open(String name) throws IOException {
    operation();
    Content content = names.get(name);
    if (content == null) {
      throw new FileNotFoundException(name);
    }
    return new Handle(content);
  }

  @Override
  public synchronized StoredFile create(String name) throws IOException {
    operation();
    Content content = new Content();
    names.put(name, content);
    namesChanged();
    return new Handle(content);
  }

  @Override
  public synchronized void rename(String from, String to) throws IOException {
    operation();
    Content content = names.remove(from);
    if (content == null) {
      throw new FileNotFoundException(from);
    }
    names.put(to, content);
    namesChanged();
  }

  @Override
  public synchronized void delete(String name) throws IOException {
    operation();
    if (names.remove(name) != null) {
      namesChanged();
    }
  }

  @Override
  public synchronized void syncFolder() throws IOException {
    operation();
    durableNames = new TreeMap<>(names);
    namesSinceSync.clear();
  }

  @Override
  public String describe(String name) {
    return "disk/" + name;
  }

  private long used() {
    return names.values().stream().mapToLong(content -> content.live.length).sum();
  }

  private final class Handle implements StoredFile {

    private final Content content;

    Handle(Content content) {
      this.content = content;
    }

    @Override
    public long size() throws IOException {
      synchronized (SimulatedDisk.this) {
        operation();
        return content.live.length;
      }
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      synchronized (SimulatedDisk.this) {
        operation();
        int length = (int) Math.min(into.remaining(), content.live.length - position);
        if (length <= 0) {
          return -1;
        }
        into.put(content.live, (int) position, length);
        return length;
      }
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
      synchronized (SimulatedDisk.this) {
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        boolean cut = off || operationsLeft <= 0;
        long growth = Math.max(0, position + bytes.length - content.live.length);
        if (used() + growth > capacity) {
          throw new IOException("No space left on device");
        }
        content.live = put(content.live, position, bytes);
        content.unsynced.add(new Write(position, bytes));
        if (cut) {
          operation();
        }
        operationsLeft--;
      }
    }

    @Override
    public void sync() throws IOException {
      awaitHeld();
      synchronized (SimulatedDisk.this) {
        operation();
        if (failSyncs) {
          // As a kernel does: the pages count as clean now, whether they arrived or not.
          content.unsynced.forEach(write -> survive(content, write));
          content.unsynced.clear();
          throw new IOException("Input/output error");
        }
        content.durable = content.live.clone();
        content.unsynced.clear();
      }
    }

    @Override
    public void close() {
      // Closing makes nothing durable.
    }
  }
}
