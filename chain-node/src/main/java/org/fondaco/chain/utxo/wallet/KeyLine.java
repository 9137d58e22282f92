package org.fondaco.chain.utxo.wallet;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.chain.utxo.descriptor.Descriptor;
import org.fondaco.chain.utxo.descriptor.Expanded;
import org.jspecify.annotations.Nullable;

/** One descriptor of a wallet with how far it is used; under the lock of the wallet. */
final class KeyLine {
  /** Scripts known beyond the last one used, so that a restored seed finds its coins. */
  static final int AHEAD = 100;

  private final int number;
  private final Descriptor source;
  private final Descriptor shortened;
  private final @Nullable AddressType type;
  private final boolean internal;
  private final boolean active;
  private final long timestampSeconds;
  private int next;
  private int filled;

  /**
   * A line of keys.
   *
   * @param number among the wallet's
   * @param type null if it was imported
   * @param internal whether it is for change
   * @param active whether new addresses come from it
   * @param next the first index that is not used
   */
  KeyLine(
      int number,
      Descriptor source,
      @Nullable AddressType type,
      boolean internal,
      boolean active,
      long timestampSeconds,
      int next) {
    this.number = number;
    this.source = source;
    this.shortened = source.shortened();
    this.type = type;
    this.internal = internal;
    this.active = active;
    this.timestampSeconds = timestampSeconds;
    this.next = next;
  }

  int number() {
    return number;
  }

  Descriptor source() {
    return source;
  }

  @Nullable AddressType type() {
    return type;
  }

  boolean isInternal() {
    return internal;
  }

  boolean isActive() {
    return active;
  }

  long timestampSeconds() {
    return timestampSeconds;
  }

  int next() {
    return next;
  }

  /** Takes an index as used; true if it was not. */
  boolean use(int index) {
    boolean isNew = index >= next;
    next = Math.max(next, index + 1);
    return isNew;
  }

  List<Expanded> expand(int index) {
    return shortened.expand(index);
  }

  /** One past the last index whose scripts are known. */
  int filled() {
    return filled;
  }

  /** The scripts that are to be known now and were not. */
  List<Owned> fill() {
    int end = source.isRange() ? next + AHEAD : 1;
    List<Owned> more = new ArrayList<>();
    for (; filled < end; filled++) {
      for (Expanded expanded : expand(filled)) {
        more.add(new Owned(this, filled, expanded));
      }
    }
    return more;
  }
}
