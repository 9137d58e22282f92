package org.fondaco.chain.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes that happen together, in their order. One thread; written once. */
public final class Batch {
  /**
   * One change.
   *
   * @param value null removes the key
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Change(byte[] key, byte @Nullable [] value) {}

  private final List<Change> changes = new ArrayList<>();
  private final boolean durable;

  private Batch(boolean durable) {
    this.durable = durable;
  }

  /** A batch that survives a power failure once it is written. */
  public static Batch durable() {
    return new Batch(true);
  }

  /** A batch that survives the process, but perhaps not the machine. */
  public static Batch buffered() {
    return new Batch(false);
  }

  /** The batch owns both arrays from here on. */
  public Batch put(byte[] key, byte[] value) {
    changes.add(new Change(key, value));
    return this;
  }

  /** Removes a key; nothing happens if it is not there. */
  public Batch remove(byte[] key) {
    changes.add(new Change(key, null));
    return this;
  }

  public boolean isDurable() {
    return durable;
  }

  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** A view, in the order of the calls. */
  public List<Change> changes() {
    return Collections.unmodifiableList(changes);
  }
}
