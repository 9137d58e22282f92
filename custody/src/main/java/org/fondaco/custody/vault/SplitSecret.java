package org.fondaco.custody.vault;

import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Function;
import org.fondaco.custody.key.Wipe;

/**
 * A secret in two halves that say nothing alone: random bytes in native memory, which no heap dump
 * has and which the kernel is asked to keep out of swap and core dumps, and on the heap the
 * exclusive or of them and the secret. In clear it is an array for the time of one use. Safe for
 * any thread.
 */
public final class SplitSecret implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SplitSecret.class.getName());
  private static final long PAGE_BYTES = 4096;
  private static final int MADV_DONTDUMP = 16;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment mask;
  private final byte[] masked;
  private boolean closed;

  /** Of bytes that are wiped. */
  public SplitSecret(byte[] secret) {
    masked = new byte[secret.length];
    mask = arena.allocate(Math.ceilDiv(secret.length, PAGE_BYTES) * PAGE_BYTES, PAGE_BYTES);
    keepFromDisk(mask);
    byte[] random = new byte[secret.length];
    new SecureRandom().nextBytes(random);
    for (int i = 0; i < secret.length; i++) {
      mask.set(ValueLayout.JAVA_BYTE, i, random[i]);
      masked[i] = (byte) (secret[i] ^ random[i]);
    }
    Wipe.bytes(random, secret);
  }

  /**
   * Gives the secret to a function and wipes it when that returns.
   *
   * @throws IllegalStateException after {@link #close}
   */
  public synchronized <T> T use(Function<byte[], T> function) {
    if (closed) {
      throw new IllegalStateException("the secret is forgotten");
    }
    byte[] clear = new byte[masked.length];
    try {
      for (int i = 0; i < clear.length; i++) {
        clear[i] = (byte) (masked[i] ^ mask.get(ValueLayout.JAVA_BYTE, i));
      }
      return function.apply(clear);
    } finally {
      Wipe.bytes(clear);
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      mask.fill((byte) 0);
      Wipe.bytes(masked);
      arena.close();
    }
  }

  /** Best effort: a system without these calls, or with a limit on them, is only logged. */
  private static void keepFromDisk(MemorySegment pages) {
    call(
        "mlock",
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG),
        pages,
        pages.byteSize());
    call(
        "madvise",
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT),
        pages,
        pages.byteSize(),
        MADV_DONTDUMP);
  }

  private static void call(String name, FunctionDescriptor type, Object... arguments) {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> function = linker.defaultLookup().find(name);
    try {
      if (function.isPresent()
          && (int) linker.downcallHandle(function.get(), type).invokeWithArguments(arguments)
              == 0) {
        return;
      }
    } catch (Throwable e) {
      LOG.log(Level.DEBUG, name, e);
    }
    LOG.log(Level.WARNING, "the system does not protect the vault''s memory by {0}", name);
  }
}
